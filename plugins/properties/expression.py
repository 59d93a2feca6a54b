"""Coefficient given by a formula in the case file."""

from fvtransport import Formula, Property, View, parameter, plugin


@plugin("expression")
class Expression(Property):
    """A formula in fields, named parameters, position x, y, z and time t:  p = formula(T, x_A, ..., x, t)

    Any text that is not a number with a unit is read as one: `diffusivity: "D0*(1 + x_A)"`. Numbers in it are SI.
    """

    shorthand = "formula"
    formula: Formula = parameter(unit="{property}", meaning="the formula; its value is in the unit of the property")

    def __call__(self, at: View):
        formula = self.formula
        return formula.function(*[at[handle] for handle in formula.handles])

    @property
    def constant(self) -> float | None:
        return self.formula.constant
