"""A closed form says nothing unless it states it."""

import numpy as np

from fvtransport.model.parameters import parameter
from fvtransport.model.solution import Solution


class Straight(Solution):
    """u = slope x"""

    slope: float = parameter(meaning="the slope")

    def fields(self, x, t):
        return {"u": self.slope * x}


def test_a_bare_solution_has_nothing_to_compare():
    bare = Solution()
    assert bare.fields(np.zeros(2), 0.0) == {} and bare.observables() == {} and bare.measured() == {}


def test_fields_are_by_name():
    found = Straight(slope=2.0)
    assert found.fields(np.array([1.0, 3.0]), 0.0)["u"].tolist() == [2.0, 6.0] and not found.observables()
