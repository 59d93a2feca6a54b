"""Layers in time, in two dimensions, on cylinders and spheres: second order; three materials at a corner: measured."""

from __future__ import annotations

import numpy as np
import pytest

from tests.tools.cases import binary, case_text
from tests.tools.layers import checked, errors, refined, solved

FACTORS = (1, 2, 4, 8)
_PROPERTIES = "{conductivity: {by_region: {a: 1.0 + 0.3*T, b: 20.0}}, heat_capacity: {by_region: {a: 1.0, b: 3.0}}}"
ENDS = "{left: {T: {dirichlet: 2.0}}, right: {T: {dirichlet: 1.0}}}"
IN_TIME = "{transient: {until: 0.1, rtol: 1e-9}}"
CURVED = "regions: {a: x < 1.5, b: x >= 1.5}}"
MESHES = {
    "line": "{type: Grid1D, length: 2, cells: 20, regions: {a: x < 1, b: x >= 1}}",
    "cylinder": "{type: CylindricalGrid1D, length: 2, inner_radius: 0.5, cells: 20, " + CURVED,
    "sphere": "{type: SphericalGrid1D, length: 2, inner_radius: 0.5, cells: 20, " + CURVED,
}
PLANE = "{type: Grid2D, length: [2, 1], cells: [8, 4], regions: {a: x < 1, b: x >= 1}}"


def heat(mesh: str, solve: str, **blocks: str) -> str:
    """Conduction in two layers."""
    given = {
        "units": "reduced", "mesh": mesh, "mixture": "pure", "properties": _PROPERTIES, "laws": "[conduction]",
        "initial": "{T: 1.0}", "boundaries": ENDS, "solve": solve,
    }  # fmt: skip
    return case_text({}, **{**given, **blocks})


def at_interface(snapshot) -> np.ndarray:
    """The states at the interface, then the flows through both ends."""
    (interface,) = snapshot.system.geometry.interfaces
    states = snapshot.values[:, interface.left_nodes].mean(axis=1)
    flows = [snapshot.outflow(balance, end) for balance in snapshot.system.balances for end in ("left", "right")]
    return np.concatenate([states, flows])


def slowest(off: np.ndarray) -> float:
    """The lowest order; between the coarser meshes it may be less by a tenth."""
    judged = off[:, off[-1] > 1e-8]
    orders = np.log2(judged[:-1] / judged[1:]).min(axis=1, initial=np.inf)
    return float(min(orders[-1], orders[:-1].min() + 0.1))


@pytest.mark.slow
@pytest.mark.parametrize("solve", ["steady", IN_TIME], ids=["steady", "in_time"])
@pytest.mark.parametrize("mesh", MESHES.values(), ids=MESHES)
def test_layers_on_lines_cylinders_and_spheres_are_of_second_order(tmp_path, mesh, solve):
    coarsest = checked(tmp_path, heat(mesh, solve))
    *coarse, fine = (at_interface(refined(coarsest, factor)) for factor in FACTORS)
    assert slowest(errors(coarse, fine)) > 1.9


@pytest.mark.slow
@pytest.mark.parametrize("contrast", [1.5, 1e2, 1e4, 1e6])
def test_two_layers_in_a_plane_are_of_second_order_at_every_contrast(tmp_path, contrast):
    """T = 2 + cos(pi y) f(x) with f a sinh and a cosh in each layer, f(0) = 1, f(2) = 0."""
    text = heat(
        PLANE, "steady", properties=f"{{conductivity: {{by_region: {{a: 1.0, b: {contrast!r}}}}}, heat_capacity: 1}}",
        boundaries='{left: {T: {dirichlet: "2 + cos(pi*y)"}}, right: {T: {dirichlet: 2.0}}, '
        "bottom: {T: no_flux}, top: {T: no_flux}}",
    )  # fmt: skip
    coarsest, off = checked(tmp_path, text), []
    middle = 1.0 / (np.cosh(np.pi) + contrast * np.cosh(np.pi))
    for factor in FACTORS:
        found = refined(coarsest, factor)
        geometry = found.system.geometry
        (interface,) = geometry.interfaces
        y = geometry.position[1, interface.left_nodes]
        states = np.abs(found.values[0, interface.left_nodes] - 2.0 - middle * np.cos(np.pi * y)).max()
        slope = np.pi * (middle - np.cosh(np.pi)) / np.sinh(np.pi)
        left = geometry.boundaries["left"]
        exact = -slope * np.cos(np.pi * geometry.position[1, left.nodes])
        off.append([states, np.abs(found.evaluation.flux[0, left.faces] - exact).max()])
    off = np.array(off)
    assert slowest(off[1:]) > 1.9, off
    assert off[-1, 0] < 5e-4 and off[-1, 1] < 3e-2


def test_fick_in_time_has_the_right_value(tmp_path):
    """c 1|2 and D 1|3, absent at the start: the flux through the right boundary at t = 0.2."""
    text = heat(
        MESHES["line"].replace("cells: 20", "cells: 80"), "{transient: {until: 0.2, rtol: 1e-8}}",
        mixture=binary("{by_region: {a: 1.0, b: 2.0}}", temperature=1.0), laws="[fick]", initial="{x_A: 0}",
        properties="{diffusivity: {by_region: {a: 1.0, b: 3.0}}}",
        boundaries="{left: {x_A: {dirichlet: 0.5}}, right: {x_A: {dirichlet: 0.0}}}",
    )  # fmt: skip
    found = solved(tmp_path, text)
    assert found.evaluation.flux[0, -1] == pytest.approx(0.0872260, rel=1e-3)


CORNER = "{type: Grid2D, length: [2, 2], cells: [8, 8], regions: {a: x < 1, b: x >= 1 and y < 1, c: x >= 1 and y >= 1}}"


@pytest.mark.slow
def test_three_materials_at_a_corner(tmp_path):
    """Conductivities 1, 10 and 100 meet at (1, 1), where the gradient is singular: the flow is of order 1.67."""
    text = heat(
        CORNER, "steady", properties="{conductivity: {by_region: {a: 1.0, b: 10.0, c: 100.0}}, heat_capacity: 1}",
        boundaries="{left: {T: {dirichlet: 2.0}}, right: {T: {dirichlet: 1.0}}, default: {T: no_flux}}",
    )  # fmt: skip
    coarsest = checked(tmp_path, text)
    flows = np.array([refined(coarsest, factor).outflow(_energy(coarsest), "left") for factor in (1, 2, 4, 8)])
    steps = np.abs(np.diff(flows))
    orders = np.log2(steps[:-1] / steps[1:])
    assert 1.6 < orders[-1] < 1.75, (flows, orders)


def _energy(case):
    return case.mixture.balances[0]
