"""Constant coefficient."""

from fvtransport import Property, View, parameter, plugin


@plugin("constant")
class Constant(Property):
    """The same number everywhere:  p = value"""

    shorthand = "value"
    value: float = parameter(unit="{property}", meaning="the number, in the unit of the property")

    def __call__(self, at: View) -> float:
        return self.value

    @property
    def constant(self) -> float:
        return self.value
