"""Figures 3 to 10 of the heat-pump paper from the cases of `cases/heat_pump/`: `python -m
docs.figures`, or `make figures`.
"""
