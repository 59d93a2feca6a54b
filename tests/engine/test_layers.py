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


@every_case
def test_layers_cut_at_the_interface_are_the_single_layers(case: Layered, tmp_path):
    """With the states of the interface as given values, cells and fluxes of each layer are those of the layer alone."""
    cells = 6
    both = solved(tmp_path, case.text(cells))
    middle = interface_states(both)
    inside, flux = both.values[:, both.system.geometry.cells], flux_between(both)
    for number in (0, 1):
        ends = {
            name: (pair[0], middle[name]) if number == 0 else (middle[name], pair[1])
            for name, pair in case.ends.items()
        }
        alone = solved(tmp_path, case.layer(number, cells, ends))
        own = slice(number * cells, (number + 1) * cells)
        assert np.abs(alone.values[:, alone.system.geometry.cells] - inside[:, own]).max() < 1e-10
        at_outer_end = flux_between(alone)[:, number]
        assert np.abs(at_outer_end - flux[:, number]).max() < 1e-10 * max(1.0, np.abs(flux).max())
