"""The text of a case: YAML with the place of every value, units, expressions, overrides."""
