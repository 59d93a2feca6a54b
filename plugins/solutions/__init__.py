"""Closed forms to hold results against."""
