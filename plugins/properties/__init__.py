"""Coefficients as functions of state, position and time."""
