"""Laws: one term of the balances per file."""
