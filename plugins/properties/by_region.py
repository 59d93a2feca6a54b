"""One value for each region of the mesh."""

from collections.abc import Iterable, Mapping

import numpy as np

from fvtransport import Context, Issue, Property, RegionName, View, parameter, plugin


@plugin("by_region")
class ByRegion(Property):
    """A coefficient that differs between the regions of the mesh:  p = p_region

    {by_region: {core: 1.0, shell: 100.0}}; every part of the domain must lie in one of the regions that are given.
    """

    shorthand = "values"
    values: Mapping[RegionName, Property] = parameter(unit="{property}", meaning="the coefficient in each region")

    def __call__(self, at: View):
        value = np.nan
        for region, coefficient in self.values.items():
            value = np.where(at.inside(region), coefficient(at), value)
        return value

    @property
    def tensor_dimension(self) -> int | None:
        return max((each.tensor_dimension or 0 for each in self.values.values()), default=0) or None

    def tensor(self, at: View):
        size = self.tensor_dimension
        if size is None:
            return None
        rows = [[np.nan] * size for _ in range(size)]
        for region, coefficient in self.values.items():
            own, inside = coefficient.tensor(at), at.inside(region)
            if own is None:
                own = [[coefficient(at) if i == j else 0.0 for j in range(size)] for i in range(size)]
            rows = [[np.where(inside, own[i][j], rows[i][j]) for j in range(size)] for i in range(size)]
        return rows

    def validate(self, context: Context) -> Iterable[Issue]:
        if context.state is None:
            return
        at = context.state
        outside = ~np.logical_or.reduce([at.inside(region) for region in self.values])
        if not outside.any():
            yield from super().validate(context)
            return
        position = ", ".join(f"{at.coordinate(axis)[outside][0]:g}" for axis in range(3))
        count = f"{outside.sum()} of {outside.size} positions lie in none of the regions {', '.join(self.values)}"
        yield Issue(f"{count}, the first at ({position})")
