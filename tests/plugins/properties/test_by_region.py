"""One value for each region: numbers and tensors by place, and places that lie in none."""

import numpy as np
from fvtransport.plugins.properties.by_region import ByRegion
from fvtransport.plugins.properties.tensor import Tensor

from fvtransport import Constant, Context
from fvtransport.model.views import CellView
from tests.tools.views import binary, medium

MEDIUM = medium(binary())
MEDIUM.regions = {"core": 1, "shell": 2}


def places(*regions: float) -> CellView:
    position = np.zeros((4, len(regions)))
    position[3] = regions
    return CellView(MEDIUM, 0.0, np.full((2, len(regions)), 0.5), position)


def by_region(**given) -> ByRegion:
    return ByRegion(
        values={name: Constant(value=each) if isinstance(each, float) else each for name, each in given.items()}
    )


def test_each_place_has_the_value_of_its_region():
    assert by_region(core=1.0, shell=100.0)(places(1, 2, 1)).tolist() == [1.0, 100.0, 1.0]


def test_a_place_outside_has_none_and_is_named():
    given = by_region(core=1.0)
    assert np.isnan(given(places(1, 2))).tolist() == [False, True]
    (issue,) = given.validate(Context(state=places(1, 2)))
    assert issue.text.startswith("1 of 2 positions lie in none of the regions core")
    assert not list(given.validate(Context(state=places(1, 1))))


def test_a_number_beside_a_tensor_is_isotropic():
    one, four, five = (Constant(value=value) for value in (1.0, 4.0, 5.0))
    mixed = by_region(core=2.0, shell=Tensor(rows=((five, one), (one, four))))
    rows = mixed.tensor(places(1, 2))
    assert mixed.tensor_dimension == 2
    assert np.array(rows)[:, :, 0].tolist() == [[2.0, 0.0], [0.0, 2.0]]
    assert np.array(rows)[:, :, 1].tolist() == [[5.0, 1.0], [1.0, 4.0]]
    assert by_region(core=2.0).tensor(places(1)) is None
