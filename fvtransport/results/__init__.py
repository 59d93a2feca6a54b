"""Results: readings, balances, audit, entropy, comparison, files."""
