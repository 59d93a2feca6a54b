"""The values that a medium gives to views from the start."""

import numpy as np
from fvtransport.plugins.handles import concentration, diffusivity, heat_capacity, temperature
from fvtransport.plugins.mixtures.binary import Binary

from fvtransport.model.elementary import Constant
from fvtransport.model.medium import Medium
from fvtransport.model.views import CellView

MIXTURE = Binary(species=("A", "B"), concentration=Constant(value=2.0), temperature=300.0)


def _medium(given=None):
    properties = {diffusivity: Constant(value=3.0), heat_capacity: Constant(value=5.0)}
    return Medium(MIXTURE, properties, {}, given or {})


def test_numbers_are_the_known_fields_and_the_constant_properties():
    medium = _medium()
    assert medium.numbers[temperature] == 300.0 and medium.numbers[diffusivity] == 3.0
    cell = CellView(medium, 0.0, np.array([[0.25, 0.5]]), None)
    assert all(cell[handle] == number for handle, number in medium.numbers.items())
    assert cell.where({diffusivity: 4.0})[diffusivity] == 4.0 and cell.where({})[concentration] == 2.0


def test_what_a_law_states_is_not_a_number_of_the_medium():
    medium = _medium({diffusivity: lambda view: 7.0})
    assert diffusivity not in medium.numbers and medium.numbers[heat_capacity] == 5.0
    assert CellView(medium, 0.0, np.array([[0.25, 0.5]]), None)[diffusivity] == 7.0
