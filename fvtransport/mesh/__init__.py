"""The mesh: from its specification through FiPy to plain arrays."""
