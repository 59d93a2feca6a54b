"""The audit of what was solved: reciprocity, second law, reactions, boundaries and interfaces."""
