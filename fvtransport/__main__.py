"""`python -m fvtransport`: the command line."""

from .cli.app import main

main()
