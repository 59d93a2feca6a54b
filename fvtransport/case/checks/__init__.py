"""Checks of a case whose blocks have been read: terms, bounds, steady states, storage, phases."""
