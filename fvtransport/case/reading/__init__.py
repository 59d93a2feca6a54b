"""How a value of a case file is read as a declared type, and what is known of the case so far."""
