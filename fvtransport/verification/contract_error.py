"""What a contract check raises."""

__all__ = ["ContractError"]


class ContractError(AssertionError):
    """A plugin breaks its contract; the message lists every breach."""
