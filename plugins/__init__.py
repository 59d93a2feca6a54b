"""The physics that comes with fvtransport: laws, properties, mixtures, boundaries, solutions and observables."""
