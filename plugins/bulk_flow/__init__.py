"""Bulk flow: what fixes the total molar flux of a gas, one closure per file."""
