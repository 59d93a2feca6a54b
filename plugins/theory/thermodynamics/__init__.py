"""Irreversible thermodynamics: the same transport coefficients in the forms that texts give them in."""
