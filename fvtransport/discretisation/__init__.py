"""The discrete balances: unknowns, residual, Jacobian, boundary states, initial state."""
