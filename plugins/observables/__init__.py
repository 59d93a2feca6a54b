"""Observables: numbers read off the solution, with their signs."""
