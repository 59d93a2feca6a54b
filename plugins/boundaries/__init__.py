"""Conditions on the boundary of the domain."""
