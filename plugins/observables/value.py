"""A field at a point."""

from fvtransport import Field, Observable, SolvedState, parameter, plugin


@plugin("value")
class Value(Observable):
    """Value of a field at a point:  u(x, y, z), linear between nodes, of second order.

    On structured meshes exact on the boundaries. On cylinders and spheres x is the radius and y the height.
    """

    of: Field = parameter(meaning="the field, such as T or x_A")
    x: float = parameter(unit="m", meaning="position along x, or the radius")
    y: float | None = parameter(None, unit="m", meaning="position along y, or the height; in two dimensions and more")
    z: float | None = parameter(None, unit="m", meaning="position along z; in three dimensions")

    @property
    def point(self) -> tuple[float | None, float | None, float | None]:
        return self.x, self.y, self.z

    def measure(self, state: SolvedState) -> float:
        return state.value(self.of, self.x, self.y or 0.0, self.z or 0.0)

    @property
    def reading_unit(self) -> str:
        return self.of.unit
