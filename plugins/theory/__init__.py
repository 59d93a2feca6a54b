"""Theory that several plugins use; no plugin stands here."""
