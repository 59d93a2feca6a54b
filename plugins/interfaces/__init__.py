"""Conditions on the interfaces between two materials."""
