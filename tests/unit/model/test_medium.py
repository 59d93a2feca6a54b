"""Rows, closures, known fields, shared properties and constants of a mixture."""

import numpy as np
import pytest
from fvtransport.plugins.handles import (
    concentration,
    conductivity,
    diffusivity,
    gas_constant,
    heat_capacity,
    molar_forces,
    temperature,
    thermodynamic_factor,
)
from fvtransport.plugins.mixtures.binary import Binary

from fvtransport.errors import PluginError
from fvtransport.model.elementary import Constant
from fvtransport.model.handles import COORDINATES, Field
from fvtransport.model.medium import Medium
from fvtransport.model.property import Property
from fvtransport.model.state import State
from fvtransport.model.views import CellView
from tests.tools.views import R, binary, cells, face, medium


class Placed(Property):
    """x T"""

    def __call__(self, at):
        return at[COORDINATES[0]] * at[temperature]


def test_a_balance_and_its_field_have_one_row():
    own = medium(binary())
    assert [own.row[each] for each in (*own.balances, *own.fields)] == [0, 1, 0, 1] and len(own.row) == 4


def test_a_field_that_follows_from_others():
    view = face(medium(binary()), [300.0, 0.2], [320.0, 0.6], 0.5)
    A, B = view.species
    assert view[B].item() == pytest.approx(0.6) and view.grad(B).item() == pytest.approx(-view.grad(A).item())


def test_a_known_field_has_no_gradient():
    view = face(medium(binary(temperature=350.0)), [0.2], [0.6])
    assert view[temperature] == 350.0 and view.grad(temperature) == 0.0


def test_an_unknown_field_is_named():
    with pytest.raises(PluginError, match="the mixture has no field q"):
        cells(medium(binary()), [300.0, 0.5])[Field("q")]


def test_shared_properties():
    view = cells(medium(binary(40.0), {diffusivity: 2.0}), [300.0, 0.5])
    assert view[diffusivity] == 2.0 and view[concentration] == 40.0 and view[thermodynamic_factor] is None
    with pytest.raises(PluginError, match="no value for the property conductivity"):
        _ = view[conductivity]


def test_what_laws_give_comes_first():
    own = Medium(binary(), {diffusivity: Constant(value=2.0)}, {}, {molar_forces: lambda view: (1.0, 2.0)})
    assert cells(own, [300.0, 0.5])[molar_forces] == (1.0, 2.0)
    assert cells(own.without_forces, [300.0, 0.5])[molar_forces] is None


def test_constants_of_nature():
    assert cells(medium(binary()), [300.0, 0.5])[gas_constant] == R


def test_what_depends_on_position_is_found():
    own = medium(binary(), {diffusivity: Placed(), conductivity: 3.0})
    values, position = np.full((2, 3), 0.5), np.ones((4, 3))
    assert own.depends_on("position", Placed(), values, position)
    assert not own.depends_on("position", Constant(value=1.0), values, position)
    own.trace_dependencies(values, position, (diffusivity, conductivity))
    assert own.placed == {diffusivity}


def test_a_reference_state_is_made_once_where_nothing_depends_on_position():
    own, state = medium(binary(), {diffusivity: 2.0}), State(((temperature, 200.0),))
    view = cells(own, [300.0, 0.5])
    assert own.reference(state, view) is own.reference(state, view) and view.at(state)[temperature] == 200.0


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
