"""Mixtures: which fields there are and how they are stored."""
