"""Transport coefficients of dilute gases from the forces between their molecules, by the
method of Chapman and Enskog.
"""
