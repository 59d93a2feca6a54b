"""Order of accuracy by a manufactured solution, cross-diffusion on: fields and wall fluxes, second order."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
import sympy
from fvtransport.plugins.handles import energy

import fvtransport
from fvtransport import Law
from fvtransport.model.handles import COORDINATES
from tests.tools.cases import case_text

X = sympy.Symbol("x")
T_EXACT = 1 + sympy.sin(2 * X) / 5
XA_EXACT = sympy.Rational(1, 2) + sympy.cos(3 * X) / 5
D = 1 / (1 + XA_EXACT / 2)
KAPPA, D_CROSS = sympy.Rational(4, 5) * T_EXACT, sympy.Rational(3, 10)
HEAT = -KAPPA * T_EXACT.diff(X) - T_EXACT**2 * D_CROSS * XA_EXACT.diff(X)
MOLES = -D * XA_EXACT.diff(X) - XA_EXACT * (1 - XA_EXACT) * D_CROSS * T_EXACT.diff(X)

CASE = case_text(
    title="manufactured",
    mesh="{{type: Grid1D, length: 1.0, cells: {cells}, grading: {{ratio: {ratio}, towards: both}}}}",
    mixture="{{binary: {{species: [A, B], concentration: 1.0}}}}",
    properties="""
  diffusivity: {{inverse_linear: {{at_infinite_dilution: 1.0, beta: 0.5}}}}
  conductivity: 0.8*T
  thermal_diffusion_coefficient: 0.3""",
    initial="{{T: 1.0, x_A: 0.5}}",
    boundaries="""
  left: {{T: {left_T}, x_A: {left_x}}}
  right: {{T: {right_T}, x_A: {right_x}}}""",
)
KINDS = [
    ("dirichlet", "dirichlet", "dirichlet", "dirichlet"),
    ("dirichlet", "neumann", "robin", "dirichlet"),
    ("robin", "dirichlet", "neumann", "robin"),
    ("neumann", "robin", "dirichlet", "neumann"),
    ("robin", "robin", "robin", "robin"),
]


class Manufactured(Law):
    """Sources that make the exact fields a solution."""

    heat: Any
    moles: Any

    def source(self, cell) -> Mapping[Any, Any]:
        x = cell[COORDINATES[0]]
        return {energy: self.heat(x), cell.species[0]: self.moles(x)}


def number(expression: sympy.Expr, at: float) -> float:
    return float(expression.subs(X, at))


def function(expression: sympy.Expr) -> Callable[[np.ndarray], np.ndarray]:
    return sympy.lambdify(X, expression, "numpy")


def condition(kind: str, field: sympy.Expr, flux: sympy.Expr, at: float) -> str:
    """The boundary condition of a kind that the exact solution satisfies, outward fluxes positive."""
    value, outward = number(field, at), number(flux, at) * (1 if at else -1)
    if kind == "robin":
        return f"{{robin: {{coefficient: 2.0, reference: {value - outward / 2.0!r}}}}}"
    return f"{{{kind}: {value if kind == 'dirichlet' else outward!r}}}"


def errors(path, kinds: tuple[str, ...], ratio: float, cells: int) -> np.ndarray:
    """Largest errors of both fields, inside and on the walls, and of the four wall fluxes."""
    positions = [
        ("left_T", T_EXACT, HEAT, 0),
        ("left_x", XA_EXACT, MOLES, 0),
        ("right_T", T_EXACT, HEAT, 1),
        ("right_x", XA_EXACT, MOLES, 1),
    ]
    boundaries = {name: condition(kind, *rest) for kind, (name, *rest) in zip(kinds, positions)}
    path.write_text(CASE.format(cells=cells, ratio=ratio, **boundaries))
    case = fvtransport.check(path)
    law = Manufactured(heat=function(HEAT.diff(X)), moles=function(MOLES.diff(X)))
    result = fvtransport.run(dataclasses.replace(case, laws={**case.laws, "manufactured": law}))
    assert result.ending.succeeded
    snapshot = result.snapshots[-1]
    x = snapshot.system.geometry.position[0]
    fields = [np.abs(row - function(exact)(x)) for row, exact in zip(snapshot.values, (T_EXACT, XA_EXACT))]
    inside, on_boundaries = [row[1:-1].max() for row in fields], [row[[0, -1]].max() for row in fields]
    fluxes = [
        abs(snapshot.flux(balance, boundary) - number(flux, at))
        for balance, flux in zip(snapshot.system.balances, (HEAT, MOLES))
        for boundary, at in (("left", 0), ("right", 1))
    ]
    return np.array([*inside, *on_boundaries, *fluxes])


@pytest.mark.parametrize("ratio", [1.0, 6.0])
@pytest.mark.parametrize("kinds", KINDS, ids=["".join(kind[0] for kind in kinds) for kinds in KINDS])
def test_fields_and_wall_fluxes_are_of_second_order(tmp_path, kinds, ratio):
    coarse, fine = (errors(tmp_path / "case.yaml", kinds, ratio, cells) for cells in (80, 160))
    imposed = fine < 1e-10
    order = np.log2(coarse[~imposed] / fine[~imposed])
    assert order.size >= 4 and order.min() >= 1.9, order
    assert np.all(fine < 2e-3)
