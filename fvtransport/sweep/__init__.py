"""Parameter sweeps: the points, their solution on several processes, and the table of results."""
