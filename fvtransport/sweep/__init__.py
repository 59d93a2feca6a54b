"""Many runs of one case: which points, on which processes, and the table that they make."""
