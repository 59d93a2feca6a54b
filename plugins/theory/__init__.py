"""Theory that several plugins use; it has no plugin."""
