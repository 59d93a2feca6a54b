"""Two layers of unlike coefficients, for every registered law and bulk flow."""

from __future__ import annotations

import numpy as np
import pytest

from fvtransport import Law
from fvtransport.model.registry import Registry
from tests.tools.layered_cases import CASES
from tests.tools.layers import Layered, flux_between, interface_states, solved

KINDS = ("law", "bulk_flow")
EXACT_IN_ONE, EXACT_IN_TWO = 1e-12, 1e-10
every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name.replace(" ", "_"))


def without_case(registry: Registry) -> set[str]:
    """The laws and bulk flows of a registry, those of other packages too, that no case of two layers has."""
    return {entry.name for entry in registry if entry.kind in KINDS} - {case.plugin for case in CASES}


def test_every_registered_law_and_bulk_flow_has_a_case():
    assert not without_case(Registry.installed())


def test_a_law_of_somebody_else_is_missed():
    registry = Registry.installed()
    registry.add("theirs", type("Theirs", (Law,), {"__doc__": "J = 0", "__module__": __name__}), "another package")
    assert without_case(registry) == {"theirs"}


def _ends_of(case: Layered, number: int, middle: dict[str, float]) -> dict[str, tuple[float, float]]:
    """The states at both ends of a layer, 0 or 1, given those at the interface."""
    return {
        name: (pair[0], middle[name]) if number == 0 else (middle[name], pair[1]) for name, pair in case.ends.items()
    }


@every_case
def test_layers_cut_at_the_interface_are_the_single_layers(case: Layered, tmp_path):
    """With the states of the interface as given values, cells and fluxes of each layer are those of the layer alone."""
    cells = 6
    both = solved(tmp_path, case.text(cells))
    middle = interface_states(both)
    inside, flux = both.values[:, both.system.geometry.cells], flux_between(both)
    for number in (0, 1):
        ends = _ends_of(case, number, middle)
        alone = solved(tmp_path, case.layer(number, cells, ends))
        own = slice(number * cells, (number + 1) * cells)
        assert np.abs(alone.values[:, alone.system.geometry.cells] - inside[:, own]).max() < 1e-10
        at_outer_end = flux_between(alone)[:, number]
        assert np.abs(at_outer_end - flux[:, number]).max() < 1e-10 * max(1.0, np.abs(flux).max())


EXACT = {
    "conduction", "fick", "soret_dufour linearised", "mass_fraction_form of equal masses", "heat_of_mixing", "storage",
    "maxwell_stefan of two species", "maxwell_stefan of equal pairs", "phenomenological linearised", "advection",
    "darcy of uniform composition",
}  # fmt: skip


@every_case
def test_what_is_exact_in_one_layer_is_exact_in_two(case: Layered, tmp_path):
    """On any number of cells; what is exact in one layer is found by trying."""
    both = solved(tmp_path, case.text(5))
    middle, flux = interface_states(both), flux_between(both)
    is_exact = all(_is_exact_alone(case, number, middle, tmp_path) for number in (0, 1))
    assert is_exact or case.name not in EXACT
    for cells in (2, 20) if is_exact else ():
        again = solved(tmp_path, case.text(cells))
        assert interface_states(again) == pytest.approx(middle, rel=EXACT_IN_TWO, abs=0.0)
        assert np.abs(flux_between(again) - flux).max() < EXACT_IN_TWO * np.abs(flux).max()


def _is_exact_alone(case: Layered, number: int, middle: dict[str, float], folder) -> bool:
    """Whether the fluxes through a layer alone do not depend on the number of its cells."""
    ends, first = _ends_of(case, number, middle), None
    for cells in (2, 5, 20):
        flux = flux_between(solved(folder, case.layer(number, cells, ends)))
        first = flux if first is None else first
        if np.abs(flux - first).max() > EXACT_IN_ONE * np.abs(first).max():
            return False
    return True


def _case(name: str) -> Layered:
    return next(case for case in CASES if case.name == name)


@pytest.mark.parametrize("cells", [2, 5, 20])
def test_layers_in_series_have_closed_forms(cells, tmp_path):
    """J = (u_left - u_right)/(1/g_left + 1/g_right) with the conductances of both layers, products of coefficients."""
    for name, ends, one, other in (
        ("conduction", (2.0, 1.0), 1.0, 6.0),
        ("fick", (0.6, 0.1), 1.0 * 1.0, 2.0 * 3.0 * 3.0),
        ("maxwell_stefan of equal pairs", (0.5, 0.1), 1.0, 1.5),
    ):
        found = solved(tmp_path, _case(name).text(cells))
        flux = (ends[0] - ends[1]) / (1.0 / one + 1.0 / other)
        assert flux_between(found)[0] == pytest.approx([flux, flux], rel=1e-12, abs=0.0)
        first = next(iter(interface_states(found).values()))
        assert first == pytest.approx(ends[0] - flux / one, rel=1e-12, abs=0.0)
