"""States that the contract checks use, and comparisons that find what is hidden or not element-wise."""

import numpy as np
import pytest

import fvtransport
from fvtransport.model.handles import Balance, Field
from fvtransport.verification.contract_trial import STATES, ContractTrial, name_of, same, stacking
from tests.tools.cases import COUPLED, case_text, line


@pytest.fixture
def trial(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text(
        case_text(COUPLED, mesh=line(1, 5), boundaries="{default: {T: no_flux, x_A: no_flux}}", solve="{transient: 1}")
    )
    return ContractTrial(fvtransport.check(path))


def test_states_differ_everywhere_and_one_cell_is_changed(trial):
    assert trial.states.shape[1] == STATES and len(np.unique(trial.states[0])) == trial.states[0].size
    changed = (trial.states != trial.changed).any(axis=(0, 1))
    assert changed.sum() == 1 and trial.other_cells.sum() == 4 and trial.other_faces.sum() == 4
    assert trial.until == 1.0 and trial.beyond_data == ""


def test_swapped_faces_have_the_other_sides_and_normals(trial):
    plain, turned = trial.faces(trial.states), trial.faces(trial.states, swapped=True)
    T = trial.system.medium.fields[0]
    assert np.array_equal(plain.left[T], turned.right[T]) and np.array_equal(plain.normal, -turned.normal)
    assert np.allclose(plain.grad(T), -turned.grad(T))


BREACHES = {
    "nothing": (lambda s: s[0], ()),
    "mean": (lambda s: s[0] - s[0].mean(), ("it is not element-wise: stacked",)),
    "neighbour": (lambda s: np.roll(s[0], 1, axis=-1), ("it is not element-wise: it depends on nodes",)),
    "shape": (lambda s: s[0][..., :2], ("it has shape",)),
    "nan": (lambda s: s[0] * np.nan, ("it is not finite",)),
}


@pytest.mark.parametrize(("term", "says"), BREACHES.values(), ids=BREACHES)
def test_breaches(trial, term, says):
    cells = trial.system.geometry.cells
    found = list(stacking("it", lambda s: {None: term(s[..., cells])}, trial, trial.other_cells))
    assert len(found) == len(says) and all(text.startswith(start) for text, start in zip(found, says))


def test_what_is_hidden_or_changes_the_state_is_found(trial):
    count = iter(range(100))
    assert any(
        "differs when it is evaluated again" in each
        for each in stacking("it", lambda s: {None: s[0] + next(count)}, trial, 7)
    )

    def spoils(s):
        s += 1.0
        return {None: s[0]}

    assert "it changes the state it is given" in list(stacking("it", spoils, trial, 7))


def test_equal_but_for_round_off():
    assert (
        same(1.0, 1.0 + 1e-14) and not same(1.0, 1.0 + 1e-10) and same(np.array([1.0, np.nan]), np.array([1.0, np.nan]))
    )
    assert same(np.array([1.0, 0.0]), np.array([1.0, 1e-14]))


def test_names_of_keys():
    T = Field("T")
    assert (name_of(T), name_of(Balance("energy", T, "", "")), name_of(3)) == ("T", "energy", "3")
