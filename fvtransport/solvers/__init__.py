"""Solvers of the discrete balances: Newton, pseudo-transient continuation, integration in time, cycles."""
