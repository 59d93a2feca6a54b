"""Layers of every kind of coupling in time, on cylinders and spheres and in a plane: of second order on all meshes."""

from __future__ import annotations

import numpy as np
import pytest

from tests.tools.cases import PURE, binary, case_text
from tests.tools.layers import checked, errors, refined

FACTORS = (1, 2, 4, 8)
NOISE = 1e-8
LAST, FIRST = 1.9, 1.75
"""Least orders between the two finest and between the coarser meshes; half-cells let them approach 2 from below."""
_BINARY = binary("{by_region: {a: 1.0, b: 2.0}}")
KINDS = {
    "fick": (
        {
            "mixture": binary("{by_region: {a: 1.0, b: 2.0}}", temperature=1.0), "laws": "[fick]",
            "properties": '{diffusivity: {by_region: {a: "1.0 + 0.3*x_A", b: "3.0"}}}',
        },
        {"x_A": (0.6, 0.1)},
    ),
    "soret_dufour": (
        {
            "mixture": _BINARY, "laws": "[conduction, fick, soret_dufour]",
            "properties": "{diffusivity: {by_region: {a: 1.0, b: 2.0}}, conductivity: {by_region: {a: 0.8, b: 3.0}}, "
            "thermal_diffusion_coefficient: {by_region: {a: 0.3, b: -0.2}}, heat_capacity: {by_region: {a: 1, b: 2}}}",
        },
        {"T": (1.2, 0.9), "x_A": (0.6, 0.3)},
    ),
    "maxwell_stefan": (
        {
            "mixture": "{gas: {species: [A, B, C], pressure: 1.0, temperature: 1.0, bulk_flow: equimolar}}",
            "laws": "[maxwell_stefan: {diffusivities: {A-B: {by_region: {a: 1.0, b: 0.5}}, "
            "A-C: {by_region: {a: 0.7, b: 2.0}}, B-C: {by_region: {a: 0.3, b: 0.9}}}}]",
            "properties": None,
        },
        {"x_A": (0.5, 0.1), "x_B": (0.2, 0.4)},
    ),
}  # fmt: skip
CURVED = "regions: {a: x < 1.5, b: x >= 1.5}}"
MESHES = {
    "line": "{type: Grid1D, length: 2, cells: 20, regions: {a: x < 1, b: x >= 1}}",
    "cylinder": "{type: CylindricalGrid1D, length: 2, inner_radius: 0.5, cells: 20, " + CURVED,
    "sphere": "{type: SphericalGrid1D, length: 2, inner_radius: 0.5, cells: 20, " + CURVED,
    "plane": "{type: Grid2D, length: [2, 1], cells: [8, 4], regions: {a: x < 1, b: x >= 1}}",
}
SOLVES = {"steady": "steady", "in_time": "{transient: {until: 0.15, rtol: 1e-9}}"}


def text(kind: str, mesh: str, solve: str) -> str:
    """A case whose left end has a profile along the interface in the plane."""
    blocks, ends = KINDS[kind]
    bump = "*(1 + 0.2*cos(pi*y))" if mesh == "plane" else ""
    left = ", ".join(f'{name}: {{dirichlet: "{pair[0]}{bump}"}}' for name, pair in ends.items())
    right = ", ".join(f"{name}: {{dirichlet: {pair[1]}}}" for name, pair in ends.items())
    closed = ", ".join(f"{name}: no_flux" for name in ends)
    default = f"default: {{{closed}}}, " if mesh == "plane" else ""
    return case_text(
        PURE, mesh=MESHES[mesh], boundaries=f"{{{default}left: {{{left}}}, right: {{{right}}}}}", solve=SOLVES[solve],
        initial=f"{{{', '.join(f'{name}: {pair[1]}' for name, pair in ends.items())}}}", **blocks,
    )  # fmt: skip


def quantities(snapshot) -> np.ndarray:
    """Mean and first harmonic of the states at the interface, and the flows through both ends."""
    geometry = snapshot.system.geometry
    (interface,) = geometry.interfaces
    states, y = snapshot.values[:, interface.left_nodes], geometry.position[1, interface.left_nodes]
    flows = [snapshot.outflow(balance, end) for balance in snapshot.system.balances for end in ("left", "right")]
    return np.concatenate([states.mean(axis=1), (states * np.cos(np.pi * y)).mean(axis=1), flows])


def judged(tmp_path, kind: str, mesh: str, solve: str, factors=FACTORS) -> np.ndarray:
    """Orders of the states and of the flows, each as a vector, between all meshes, (pairs, 2); NaN below round-off."""
    coarsest = checked(tmp_path, text(kind, mesh, solve))
    *coarse, fine = (quantities(refined(coarsest, factor)) for factor in factors)
    states, flows = np.split(errors(coarse, fine), 2, axis=1)
    off = np.stack([np.linalg.norm(states, axis=1), np.linalg.norm(flows, axis=1)], axis=1)
    off[:, off[-1] < NOISE] = np.nan
    return np.log2(off[:-1] / off[1:])


LONG = {(kind, mesh, "in_time") for kind in KINDS for mesh in MESHES} - {("soret_dufour", "cylinder", "in_time")}
ALL = [
    pytest.param(kind, mesh, solve, marks=[pytest.mark.slow] if (kind, mesh, solve) in LONG else [])
    for kind in KINDS
    for mesh in MESHES
    for solve in SOLVES
]


@pytest.mark.parametrize("kind, mesh, solve", ALL)
def test_layers_are_of_second_order_on_all_meshes(tmp_path, kind, mesh, solve):
    """In a plane the total flows have errors of 1e-6 and come to their order late: finer meshes in the steady state."""
    orders = judged(tmp_path, kind, mesh, solve, (2, 4, 8, 16) if (mesh, solve) == ("plane", "steady") else FACTORS)
    orders = orders[:, np.isfinite(orders).all(axis=0)]
    if (kind, mesh, solve) == ("fick", "line", "steady"):
        assert not orders.size  # exact
    else:
        assert orders.size and (orders[-1] > LAST).all() and (orders > FIRST).all(), orders
