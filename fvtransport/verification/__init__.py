"""Verification: manufactured solutions, orders of convergence, the contract of plugins."""
