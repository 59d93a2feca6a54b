"""Readers of the blocks of a case file, one file per block."""
