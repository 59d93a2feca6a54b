"""`python -m fvtransport`: the command line."""

from .cli import main

main()
