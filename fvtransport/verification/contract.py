"""The contract that any law must keep, as checks that the authors of plugins can use in their own tests.

from fvtransport import check, contract
contract.check_laws(check("my_case.yaml"))
contract.check_order(check("my_case.yaml"))
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from ..case.model import Case
from ..discretisation.build import build
from ..discretisation.system import System
from ..model.law import Law
from ..model.parameters import Declared
from ..model.views import CellView, FaceView
from .converge import convergence_of, measure, refined
from .convergence import Convergence
from .manufactured import manufacture

__all__ = ["ContractError", "check_declaration", "check_laws", "check_order", "violations"]

_STATES = 3
_COARSEST = {1: 20, 2: 8, 3: 4}
_MOST = {1: 7, 2: 4, 3: 4}
_COARSE_PECLET = 2.0


class ContractError(AssertionError):
    """A law breaks the contract; the message lists every breach."""


def check_laws(case: Case) -> None:
    """Hold every law of a case against the contract; raises ContractError with all breaches."""
    found = [f"{name}: {breach}" for name, law in case.laws.items() for breach in violations(case, law)]
    if found:
        raise ContractError("\n".join(found))


def check_order(
    case: Case, at_least: float = 1.9, levels: int = 3, fields: Mapping[str, Any] | None = None
) -> Convergence:
    """Measure the order of the laws and conditions of a case by a manufactured solution; returns the measured table.

    The meshes are those of the case with 20 cells (8 per axis in two dimensions, 4 in three) and twice as many for each
    further level; more levels follow while an order that is too low still changes, up to 1280 cells (64, 32 per axis). The
    errors of boundary fluxes fade towards edges of the domain (see `Convergence`). fields are exact fields by name as sympy
    expressions of x, y, z; without it smooth ones are chosen in the range of the case.
    Raises ContractError where a field (inside or on boundaries) or a flux through boundaries converges more slowly than
    at_least between the two finest meshes, not at all, or is not yet asymptotic on the finest mesh; IllPosed where a flux
    runs up its own gradient, NotFinite where a law has no value.
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
    return bool(found.unsettled()) or (found.levels[-1].cell_peclet or 0.0) > _COARSE_PECLET


def _judge(found: Convergence, at_least: float) -> None:
    """Raise ContractError with what converges too slowly, or what may still come closer to its order on finer meshes."""
    if not found.observed():
        raise ContractError(f"expected order {at_least:g}, but nothing has an error from which an order could be told")
    slow, unsettled, last = _slow(found, at_least), found.unsettled(), found.levels[-1]
    is_coarse = (last.cell_peclet or 0.0) > _COARSE_PECLET
    rising = {name for name in slow if name in unsettled and unsettled[name][-1] > unsettled[name][-2]}
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


def violations(case: Case, law: Law) -> Iterator[str]:
    """Every breach by one law of a case, in words."""
    problem = build(replace(case, laws={"law": law}))
    states = _states(problem.values, problem.scale)
    yield from check_declaration(type(law))
    if type(law).flux is not Law.flux:
        yield from _check_flux(problem.system, law, states)
    for name in ("source", "storage"):
        if getattr(type(law), name) is not getattr(Law, name):
            yield from _check_cells(problem.system, getattr(law, name), name, states)


def check_declaration(cls: type[Declared]) -> Iterator[str]:
    """What the documentation needs: a docstring with the equation, a sentence for every parameter."""
    if "=" not in (cls.__doc__ or ""):
        yield "its docstring gives no equation"
    for declaration in cls.declarations():
        if not declaration.meaning:
            yield f"parameter {declaration.name} has no meaning"


def _states(values: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """Admissible states around the start of the case, (balances, states, nodes), with gradients everywhere."""
    bumps = np.random.default_rng(1).uniform(0.5, 1.0, (values.shape[0], _STATES, values.shape[1]))
    return 0.2 * scale[:, None, None] * bumps + 0.6 * values[:, None]


def _face(system: System, states: np.ndarray, swapped: bool = False) -> FaceView:
    faces = system.geometry.faces
    left, right = states[..., faces.left], states[..., faces.right]
    if not swapped:
        return FaceView(system.medium, 0.0, left, right, faces)
    turned = replace(
        faces,
        left_weight=1.0 - faces.left_weight,
        normal=-faces.normal,
        left_position=faces.right_position,
        right_position=faces.left_position,
        material_positions=faces.material_positions[::-1],
    )
    return FaceView(system.medium, 0.0, right, left, turned)


def _check_flux(system: System, law: Law, states: np.ndarray) -> Iterator[str]:
    kept = states.copy()
    flux = law.flux(_face(system, states))
    yield from _check_terms(system, flux, "flux")
    if not np.array_equal(kept, states):
        yield "flux changes the state it is given"
    again, turned = law.flux(_face(system, states)), law.flux(_face(system, states, swapped=True))
    alone = law.flux(_face(system, np.ascontiguousarray(states[:, 1])))
    for key, term in flux.items():
        if not np.array_equal(term, again[key]):
            yield f"flux of {_name(key)} differs when it is evaluated again: it hangs on something hidden"
        if not _same(np.broadcast_to(term, np.shape(term))[..., 1, :] if np.ndim(term) > 1 else term, alone[key]):
            yield f"flux of {_name(key)} is not element-wise: stacked states give another value than one state alone"
        if not _same(term, -np.asarray(turned[key])):
            yield f"flux of {_name(key)} does not change sign with the face normal: the two cells would see two fluxes"
    yield from _check_local(system, law, states, flux)


def _check_local(system: System, law: Law, states: np.ndarray, flux: Mapping[Any, Any]) -> Iterator[str]:
    changed = states.copy()
    changed[..., -1] *= 0.9
    moved = law.flux(_face(system, changed))
    last = np.arange(system.geometry.nodes)[system.geometry.faces.right] == system.geometry.nodes - 1
    elsewhere = ~(last | (np.arange(system.geometry.nodes)[system.geometry.faces.left] == system.geometry.nodes - 1))
    for key, term in flux.items():
        before, after = (np.broadcast_to(f, (_STATES, elsewhere.size))[:, elsewhere] for f in (term, moved[key]))
        if not np.array_equal(before, after):
            yield f"flux of {_name(key)} on a face hangs on nodes that the face does not touch"


def _check_cells(system: System, term_of: Any, name: str, states: np.ndarray) -> Iterator[str]:
    cells, position = system.geometry.cells, system.geometry.cell_positions
    stacked = term_of(CellView(system.medium, 0.0, states[..., cells], position))
    alone = term_of(CellView(system.medium, 0.0, np.ascontiguousarray(states[:, 1, cells]), position))
    yield from _check_terms(system, stacked, name)
    for key, term in stacked.items():
        if not _same(term[..., 1, :] if np.ndim(term) > 1 else term, alone[key]):
            yield f"{name} of {_name(key)} is not element-wise: stacked states give another value than one state alone"


def _check_terms(system: System, terms: Mapping[Any, Any], name: str) -> Iterator[str]:
    if not terms:
        yield f"{name} moves nothing"
    for key, term in terms.items():
        if not hasattr(key, "name"):
            yield f"{name} is keyed by {key!r}, which is neither a field nor a balance"
        elif not np.isfinite(term).all():
            yield f"{name} of {_name(key)} is not finite at an admissible state"


def _same(one: Any, other: Any) -> bool:
    one, other = np.broadcast_arrays(one, other)
    return bool(np.allclose(one, other, rtol=1e-12, atol=1e-13 * max(np.abs(one).max(initial=0.0), 1e-300)))


def _name(key: Any) -> str:
    return getattr(key, "name", str(key))
