"""Heat of mixing: what a closed cell warms by, and what it refuses."""

from __future__ import annotations

import numpy as np
import pytest

from tests.tools.cases import case_text

CASE = case_text(
    {},
    title="two liquids mix in an insulated cell",
    mesh="{type: Grid1D, length: 0.01, cells: 40}",
    mixture="{binary: {species: [A, B], concentration: 20000}}",
    properties="{diffusivity: 1e-8, conductivity: 0.3, heat_capacity: 2e6}",
    laws="[conduction, fick, heat_of_mixing: {A-B: -2000}]",
    initial='{T: 300, x_A: "where(x < 0.004, 0.9, 0.1)"}',
    boundaries="{default: {T: no_flux, x_A: no_flux}}",
    solve="{transient: {until: 2e5, rtol: 1.0e-11}}",
    observe="{T: {mean: T}}",
)
LIQUID = "mixture={liquid: {species: [A, B, C], density: 900, molar_masses: {A: 0.046, B: 0.018, C: 0.06}}}"
TERNARY = (
    LIQUID,
    (
        "laws=[conduction, {maxwell_stefan: {diffusivities: {A-B: 1e-8, A-C: 2e-8, B-C: 0.5e-8}}}, "
        "{heat_of_mixing: {B-A: -2000, A-C: 900, B-C: -300}}]"
    ),
    "initial.x_B=where(x < 0.004, 0.05, 0.3)",
    "boundaries.default.x_B=no_flux",
)


def excess(result, W: dict) -> float:
    """c H^E in the cell, per cross-section."""
    snapshot, volume = result, result.system.geometry.volume
    x = [snapshot.cells(field) for field in snapshot.system.medium.species]
    from fvtransport.plugins.handles import concentration

    c = np.broadcast_to(snapshot.nodes[concentration], snapshot.values.shape[1:])[snapshot.system.geometry.cells]
    return float(sum(strength * c * x[i] * x[j] for (i, j), strength in W.items()) @ volume)


@pytest.mark.parametrize(
    ("changes", "W"),
    [((), {(0, 1): -2000.0}), (TERNARY, {(0, 1): -2000.0, (0, 2): 900.0, (1, 2): -300.0})],
    ids=["binary", "ternary liquid"],
)
def test_an_insulated_cell_warms_by_what_the_excess_enthalpy_loses(run_text, changes, W):
    result = run_text(CASE, *changes)
    first, last = result.snapshots[0], result.snapshots[-1]
    lost = excess(first, W) - excess(last, W)
    gained = 2e6 * float((last.cells(last.system.medium.fields[0]) - 300.0) @ last.system.geometry.volume)
    assert abs(lost) > 1e3
    content = 2e6 * 300.0 * 0.01
    assert gained == pytest.approx(lost, rel=0, abs=2e-9 * content)


def test_mixing_is_athermal_without_it(run_text):
    assert run_text(CASE, "laws=[conduction, fick]").observables["T"].value == pytest.approx(300.0, rel=1e-13)


@pytest.mark.parametrize(
    ("given", "words"),
    [("{A-C: 1}", "A-C is not a pair of species; expected A-B"), ("{A-B: 1, B-A: 1}", "are the same pair")],
)
def test_pairs_are_those_of_the_mixture(complaints, given, words):
    assert any(words in text for text in complaints(CASE, f"laws=[conduction, fick, {{heat_of_mixing: {given}}}]"))
