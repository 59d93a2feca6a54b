"""From the text of a case to checked data: reading with marks, overrides, schema."""
