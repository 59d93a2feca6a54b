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
