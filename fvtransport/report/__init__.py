"""Tables and figures of results and checked cases."""
