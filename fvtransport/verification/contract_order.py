"""The order of the laws and conditions of a case, measured on meshes as fine as it takes, and judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..case.model import Case
from .contract_error import ContractError
from .converge import convergence_of, measure, refined
from .convergence import Convergence
from .manufactured import manufacture

__all__ = ["check_order"]

_COARSEST = {1: 20, 2: 8, 3: 4}
_MOST = {1: 7, 2: 4, 3: 4}
_COARSE_PECLET = 2.0


def check_order(
    case: Case, at_least: float = 1.9, levels: int = 3, fields: Mapping[str, Any] | None = None
) -> Convergence:
    """Measure the order of the laws and conditions of a case by a manufactured solution; returns the measured table.

    The meshes are those of the case with 20 cells (8 per axis in two dimensions, 4 in three) and twice as many for each
    further level; more levels follow while an order that is too low still changes, up to 1280 cells (64, 32 per axis).
    The errors of boundary fluxes fade towards edges of the domain (see `Convergence`). fields are exact fields by
    name as sympy expressions of x, y, z; without it smooth ones are chosen in the range of the case.
    Raises ContractError where a field (inside or on boundaries) or a flux through boundaries converges more slowly than
    at_least between the two finest meshes, not at all, or is not yet asymptotic on the finest mesh; IllPosed where a
    flux runs up its own gradient, NotFinite where a law has no value.
    """
    dimension = max(len(case.mesh.axes), 1)
    mesh = replace(case.mesh, axes=tuple(replace(axis, cells=_COARSEST[dimension]) for axis in case.mesh.axes))
    made = manufacture(replace(case, mesh=mesh), fields)
    measured = [measure(made, refined(mesh, 2**level)) for level in range(levels)]
    found = convergence_of(made, measured)
    while _slow(found, at_least) and _may_improve(found) and len(measured) < _MOST[dimension]:
        measured.append(measure(made, refined(mesh, 2 ** len(measured))))
        found = convergence_of(made, measured)
    _judge(found, at_least)
    return found


def _slow(found: Convergence, at_least: float) -> dict[str, float]:
    return {name: order for name, order in found.observed().items() if not order >= at_least}


def _may_improve(found: Convergence) -> bool:
    """Whether finer meshes may show another order: one still changes, or convection outweighs diffusion over a cell."""
    return bool(found.not_yet_asymptotic()) or (found.levels[-1].cell_peclet or 0.0) > _COARSE_PECLET


def _judge(found: Convergence, at_least: float) -> None:
    """Raise ContractError with what converges too slowly, or what may come closer to its order on finer meshes."""
    if not found.observed():
        raise ContractError(f"expected order {at_least:g}, but no error is large enough to measure an order")
    slow, not_asymptotic, last = _slow(found, at_least), found.not_yet_asymptotic(), found.levels[-1]
    is_coarse = (last.cell_peclet or 0.0) > _COARSE_PECLET
    rising = {name for name in slow if name in not_asymptotic and not_asymptotic[name][-1] > not_asymptotic[name][-2]}
    if wrong := [
        f"{name} has order {order:.2f}" for name, order in slow.items() if name not in rising and not is_coarse
    ]:
        raise ContractError(f"expected order {at_least:g}, but " + ", ".join(wrong))
    if slow:
        orders = {name: [f"{order:.2f}" for order in found.orders(name) if order is not None] for name in slow}
        text = ", ".join(f"{name} ({', '.join(each)})" for name, each in orders.items())
        raise ContractError(
            f"not yet asymptotic: the orders of {text} are below {at_least:g}, but the largest cell Peclet number on"
            f" {' x '.join(map(str, last.cells))} cells is {last.cell_peclet:.3g}"
            f"{'' if is_coarse else ', and they still rise'}: test a case with weaker convection or drift"
        )
