"""Tensor coefficients: against closed forms, turned against the mesh, by region; what is no tensor is refused."""

from __future__ import annotations

import numpy as np
import pytest
from fvtransport.plugins.handles import energy, temperature

import fvtransport
from fvtransport.errors import CaseError
from tests.tools.skewed import quadrilaterals, write_skewed

GRID = "{{type: Grid2D, length: [1, 1], cells: [{cells}, {cells}]}}"
CASE = """
title: a coefficient that depends on direction
units: reduced
mesh: MESH
mixture: pure
properties: {heat_capacity: 1.0, conductivity: TENSOR}
laws: [conduction]
boundaries: BOUNDARIES
solve: steady
"""
WOOD = """
  left: {T: {dirichlet: 300}}
  right: {T: {dirichlet: 300}}
  bottom: {T: {dirichlet: 300}}
  top: {T: {dirichlet: "300 + 100*sin(pi*x)"}}
"""
# sin(p . x) exp(q . x) with p . K . q = 0 and p . K . p = q . K . q has no source in K = [[4, 1], [1, 1]].
RATE = float(np.pi / np.sqrt(3.0))
TURNED = f"2 + sin(pi*x)*exp({RATE!r}*(x - 4*y))"


def run(folder, mesh: str, tensor: str, boundaries: str):
    path = folder / "case.yaml"
    text = CASE.replace("MESH", mesh).replace("TENSOR", tensor).replace("BOUNDARIES", boundaries)
    path.write_text(text, encoding="utf-8")
    return fvtransport.run(path).snapshots[-1]


def errors_of(folder, cells: int, tensor: str = "{tensor: [[4, 1], [1, 1]]}") -> tuple[float, float]:
    """Error of the field (L2), and of the heat through the bottom relative to its exact value."""
    boundaries = f'{{default: {{T: {{dirichlet: "{TURNED}"}}}}}}'
    snapshot = run(folder, GRID.format(cells=cells), tensor, boundaries)
    x, y = snapshot.system.geometry.position[:2]
    exact = 2 + np.sin(np.pi * x) * np.exp(RATE * (x - 4 * y))
    off = np.sqrt(np.mean((snapshot.values[0] - exact)[snapshot.system.geometry.cells] ** 2))
    # Through the bottom  -q . n = integral of T_x + T_y  at y = 0, from 0 to 1.
    across = 1 - 4.0
    wave = np.pi * (1 + np.exp(RATE)) / (np.pi**2 + RATE**2)  # integral of sin(pi x) exp(RATE x)
    heat = RATE * across * wave + np.pi * (-RATE * (1 + np.exp(RATE)) / (np.pi**2 + RATE**2))
    return float(off), abs(snapshot.outflow(energy, "bottom") / heat - 1.0)


def test_a_tensor_turned_against_the_mesh_converges_to_the_closed_form(tmp_path):
    found = np.array([errors_of(tmp_path, cells) for cells in (16, 32, 64)])
    orders = np.log2(found[:-1] / found[1:])
    assert orders[-1, 0] > 1.9 and orders[-1, 1] > 1.5, (found, orders)
    assert found[-1, 0] < 1e-3 and found[-1, 1] < 5e-3, found


def test_wood_with_the_grain_along_x(tmp_path):
    """T(1/2, 1/2) = 304.313337 and -400.0028 per depth through the top, from sin(pi x) sinh(2 pi y)/sinh(2 pi)."""
    middle, heat = [], []
    for cells in (20, 40, 80):
        snapshot = run(tmp_path, GRID.format(cells=cells), "{tensor: [[4, 0], [0, 1]]}", WOOD)
        middle.append(snapshot.value(temperature, 0.5, 0.5) - 304.313337)
        heat.append(snapshot.outflow(energy, "top") + 400.0028)
    assert np.log2(np.abs(middle[:-1]) / np.abs(middle[1:])) == pytest.approx([2.0, 2.0], abs=0.05)
    assert np.log2(np.abs(heat[:-1]) / np.abs(heat[1:])) == pytest.approx([2.0, 2.0], abs=0.1)
    assert abs(middle[-1]) < 4e-3 and abs(heat[-1]) < 0.4


def test_an_isotropic_tensor_is_a_number(tmp_path):
    number, tensor = (
        run(tmp_path, GRID.format(cells=7), each, WOOD) for each in ("2.5", "{tensor: [[2.5, 0], [0, 2.5]]}")
    )
    np.testing.assert_allclose(tensor.values, number.values, rtol=1e-13)


@pytest.mark.gmsh
def test_a_tensor_turns_with_the_mesh(tmp_path):
    """A square that is turned, with the tensor turned alike, has the temperatures of the square along the axes."""
    angle = 0.5
    c, s = float(np.cos(angle)), float(np.sin(angle))
    turned = np.array([[c, -s], [s, c]]) @ np.diag([4.0, 1.0]) @ np.array([[c, s], [-s, c]])
    lines = quadrilaterals(8).splitlines()
    start = lines.index("$Nodes") + 2
    for i in range(start, start + 81):
        number, x, y, _ = map(float, lines[i].split())
        lines[i] = f"{int(number)} {c * x - s * y:.17g} {s * x + c * y:.17g} 0"
    file = write_skewed(tmp_path, "\n".join(lines) + "\n").name
    along = f"({c!r}*x + {s!r}*y)"
    other = run(
        tmp_path,
        f"{{type: Gmsh2D, file: {file}}}",
        f"{{tensor: {turned.tolist()}}}",
        WOOD.replace("pi*x", f"pi*{along}"),
    )
    straight = run(tmp_path, GRID.format(cells=8), "{tensor: [[4, 0], [0, 1]]}", WOOD)
    there = other.system.geometry.cell_positions
    order = np.lexsort([np.round(c * there[0] + s * there[1], 9), np.round(c * there[1] - s * there[0], 9)])
    np.testing.assert_allclose(other.cells(temperature)[order], straight.cells(temperature), rtol=1e-11)
    assert other.outflow(energy, "top") == pytest.approx(straight.outflow(energy, "top"), rel=1e-10)


def test_layers_across_the_flux_have_a_tensor_each(tmp_path):
    """Heat along x through k_xx = 4 and 1, uniform along y: q = 1/(0.5/4 + 0.5/1), exactly; K_xy sets no gradient."""
    mesh = "{type: Grid2D, length: [1, 1], cells: [6, 3], regions: {a: x < 0.5, b: x >= 0.5}}"
    tensor = "{by_region: {a: {tensor: [[4, 0], [0, 2]]}, b: 1.0}}"
    boundaries = "{left: {T: {dirichlet: 2.0}}, right: {T: {dirichlet: 1.0}}, default: {T: no_flux}}"
    snapshot = run(tmp_path, mesh, tensor, boundaries)
    assert snapshot.outflow(energy, "right") == pytest.approx(1 / (0.5 / 4 + 0.5), rel=1e-11)


def test_a_tensor_that_jumps_but_for_its_smallest_value_is_an_interface(tmp_path):
    mesh = "{type: Grid2D, length: [1, 1], cells: [6, 3], regions: {a: x < 0.5, b: x >= 0.5}}"
    tensor = "{by_region: {a: {tensor: [[4, 0], [0, 1]]}, b: 1.0}}"
    boundaries = "{left: {T: {dirichlet: 2.0}}, right: {T: {dirichlet: 1.0}}, default: {T: no_flux}}"
    snapshot = run(tmp_path, mesh, tensor, boundaries)
    assert snapshot.system.geometry.interfaces
    assert snapshot.outflow(energy, "right") == pytest.approx(1 / (0.5 / 4 + 0.5), rel=1e-11)


@pytest.mark.parametrize(
    ("tensor", "says"),
    [
        ("{tensor: [[4, 3], [3, 1]]}", "6:49: tensor: the tensor is not positive definite"),
        ("{tensor: [[4, 1], [2, 1]]}", "6:49: tensor: the tensor is not symmetric"),
        ("{tensor: [[4, 1], [1]]}", "6:49: tensor: rows of 2, 1 entries are no tensor"),
        ("{tensor: [[1, 0], [0, {tensor: [[1, 0], [0, 1]]}]]}", "6:49: tensor: an entry is a tensor itself"),
        ('{tensor: [["1 - 2*x", 0], [0, 1]]}', "not positive definite: its smallest principal value is"),
    ],
)
def test_what_is_no_tensor_is_refused_at_its_place(tmp_path, tensor, says):
    with pytest.raises(CaseError) as raised:
        run(tmp_path, GRID.format(cells=4), tensor, WOOD)
    assert says in str(raised.value) and "case.yaml:6:" in str(raised.value)


def test_a_number_cannot_be_a_tensor(tmp_path):
    path = tmp_path / "case.yaml"
    text = CASE.replace("MESH", GRID.format(cells=4)).replace("TENSOR", "1.0").replace("BOUNDARIES", WOOD)
    path.write_text(text.replace("heat_capacity: 1.0", "heat_capacity: {tensor: [[1, 0], [0, 1]]}"), encoding="utf-8")
    with pytest.raises(CaseError, match="heat_capacity is a number, not a tensor"):
        fvtransport.check(path)


def test_a_boundary_cannot_take_a_tensor(tmp_path):
    wall = "{default: {T: {robin: {coefficient: {tensor: [[1, 0], [0, 1]]}, reference: 1.0}}}}"
    with pytest.raises(CaseError, match="robin: found a tensor where a number is meant"):
        run(tmp_path, GRID.format(cells=4), "1.0", wall)


def test_a_tensor_has_a_row_for_every_axis(tmp_path):
    mesh = "{type: Grid3D, length: [1, 1, 1], cells: [2, 2, 2]}"
    with pytest.raises(CaseError, match="conductivity has 2 rows on a mesh of 3 dimensions"):
        run(tmp_path, mesh, "{tensor: [[1, 0], [0, 1]]}", "{default: {T: no_flux}}")


def test_species_diffuse_by_a_tensor(tmp_path):
    """Fick's law with a tensor: a linear field is exact, its flux is -c D . grad x."""
    path = tmp_path / "case.yaml"
    path.write_text(
        """
title: anisotropic diffusion
units: reduced
mesh: {type: Grid2D, length: [1, 1], cells: [5, 4]}
mixture: {binary: {species: [A, B], concentration: 2.0, temperature: 1.0}}
properties: {diffusivity: {tensor: [[3, 1], [1, 2]]}}
laws: [fick]
boundaries: {default: {x_A: {dirichlet: "0.2 + 0.3*x + 0.2*y"}}}
solve: steady
""",
        encoding="utf-8",
    )
    snapshot = fvtransport.run(path).snapshots[-1]
    x, y = snapshot.system.geometry.position[:2]
    np.testing.assert_allclose(snapshot.values[0], 0.2 + 0.3 * x + 0.2 * y, rtol=1e-12)
    assert snapshot.outflow(snapshot.system.balances[0], "right") == pytest.approx(-2.0 * (3 * 0.3 + 0.2), rel=1e-11)
