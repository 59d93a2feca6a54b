"""Terms of plugins are added by balance or by field, one plugin after another."""

import numpy as np

from fvtransport.discretisation.sum_terms import sum_terms
from fvtransport.model.handles import Balance, Field

T, P = Field("T"), Field("p")
ENERGY, MOLES = Balance("energy", T, "W/m^2", "J"), Balance("moles", P, "mol/m^2/s", "mol")
ROW = {T: 0, ENERGY: 0, P: 1, MOLES: 1}


def test_a_field_and_its_balance_mean_the_same_row():
    out = np.ones((2, 3))
    found = sum_terms(out, ROW, [{ENERGY: np.arange(3.0), MOLES: 2.0}, {T: 10.0}])
    assert found is out
    assert found.tolist() == [[11.0, 12.0, 13.0], [3.0, 3.0, 3.0]]


def test_what_is_not_solved_is_left_out():
    known = Field("x")
    assert not sum_terms(np.zeros((2, 3)), ROW, [{known: 5.0}, {}]).any()


def test_each_plugin_reads_what_was_added_before_it():
    out = np.zeros((2, 2))

    def doubling():
        yield {T: 3.0}
        yield {P: 2.0 * out[0]}

    assert sum_terms(out, ROW, doubling()).tolist() == [[3.0, 3.0], [6.0, 6.0]]


def test_perturbed_states_between_balances_and_faces():
    out = sum_terms(np.zeros((2, 4, 3)), ROW, [{MOLES: np.arange(4.0)[:, None]}])
    assert np.array_equal(out[1], np.repeat(np.arange(4.0)[:, None], 3, axis=1)) and not out[0].any()
