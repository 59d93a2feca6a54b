"""Smooth exact fields for manufactured solutions, and the divergence that belongs to each kind of mesh, as formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ..case.reading.unit_placeholders import out_of_range
from ..discretisation.build import Discretisation
from ..discretisation.initial_state import requested_values
from ..mesh.geometry import Geometry
from ..mesh.spec import Axis, MeshSpec
from ..model.handles import Field
from ..model.state import Closure
from .symbolic import expression_of, import_sympy

__all__ = ["divergence", "extents", "selection"]

_PART = 0.4  # of the distance to a bound
_TOGETHER = 0.8  # of the distance to a bound of what follows from several fields
_USUAL, _LEAST = 0.1, 0.01  # of the value of an unbounded field
Variation = tuple[float, float]
"""Centre and amplitude of an exact field."""


def extents(geometry: Geometry) -> tuple[Axis, ...]:
    """The box around an unstructured mesh, as axes."""
    low, high = geometry.position[:3].min(axis=1), geometry.position[:3].max(axis=1)
    return tuple(Axis("xyz"[i], float(high[i] - low[i]), 1, float(low[i])) for i in range(geometry.dimension))


def selection(
    mesh: MeshSpec, axes: Sequence[Axis], discretised: Discretisation, symbols: Sequence[Any]
) -> dict[Field, Any]:
    """Smooth fields inside the range of the case, which its initial and boundary values span.

    A composition of the order of an equal share of all species varies by 40 % about that, another one (a dilute
    species) by 40 % about the middle of its range in the case; other fields by 10 % from where the case starts, or
    less where the
    range of the case is smaller.
    """
    medium, exact = discretised.system.medium, {}
    ranges = {field: _range(discretised, field) for field in medium.fields}
    fractions = {field: ranges[field] for field in medium.fields if _is_fraction(field)}
    chosen = _shares(fractions)
    if not _is_near_equal(fractions, medium.mixture.closures):
        own = {field: _middle(field, *limits, chosen[field]) for field, limits in fractions.items()}
        chosen = _admissible(own, medium.mixture.closures) or chosen
    for k, (field, start) in enumerate(zip(medium.fields, discretised.values)):
        centre, amplitude = (
            chosen[field]
            if field in chosen
            else _off_bounds(field, _near_start(ranges[field], float(start.mean()), discretised.scale[k]))
        )
        exact[field] = centre + amplitude * _shape(mesh, axes, k, symbols)
    return exact


def _range(discretised: Discretisation, field: Field) -> Variation:
    """The smallest and the largest of the initial and boundary values of a field."""
    row = discretised.system.medium.row[field]
    asked = (value for value in requested_values(discretised.system, field) if not out_of_range(field, value))
    values = [*discretised.values[row], *asked]
    return float(min(values)), float(max(values))


def _is_fraction(field: Field) -> bool:
    return bool(np.isfinite([field.lower, field.upper]).all())


def _shares(fractions: Mapping[Field, Variation]) -> dict[Field, Variation]:
    share = {field: (field.upper - field.lower) / (len(fractions) + 1) for field in fractions}
    return {field: (field.lower + share[field], _PART * share[field]) for field in fractions}


def _is_near_equal(fractions: Mapping[Field, Variation], closures: Sequence[Closure]) -> bool:
    """Whether every fraction, those that follow from others included, comes within a factor of 3 of an equal share."""
    ranges = dict(fractions)
    for closure in closures:
        if all(field in fractions for field, _ in closure.terms):
            ends = [sorted(factor * end for end in fractions[field]) for field, factor in closure.terms]
            ranges[closure.field] = tuple(closure.offset + sum(side) for side in zip(*ends))
    for field, (low, high) in ranges.items():
        width = (field.upper - field.lower) / (len(fractions) + 1)
        least, most = field.lower + width / 3, field.upper - (field.upper - field.lower - width) / 3
        if high < least or low > most:
            return False
    return True


def _middle(field: Field, low: float, high: float, otherwise: Variation) -> Variation:
    """The middle of a range with 40 % of its distance to the nearer bound; otherwise where it lies on a bound."""
    centre = 0.5 * (low + high)
    room = min(centre - field.lower, field.upper - centre)
    return (centre, _PART * room) if room > 0.0 else otherwise


def _admissible(chosen: Mapping[Field, Variation], closures: Sequence[Closure]) -> dict[Field, Variation]:
    """The same with amplitudes so small that what follows from the fields stays in range; empty where none are."""
    found = dict(chosen)
    for closure in closures:
        if not all(field in found for field, _ in closure.terms):
            continue
        centre = closure.offset + sum(factor * found[field][0] for field, factor in closure.terms)
        moves = sum(abs(factor) * found[field][1] for field, factor in closure.terms)
        room = _TOGETHER * min(centre - closure.field.lower, closure.field.upper - centre)
        if room <= 0.0:
            return {}
        part = min(1.0, room / moves)
        found |= {field: (found[field][0], part * found[field][1]) for field, _ in closure.terms}
    return found


def _near_start(limits: Variation, start: float, scale: float) -> Variation:
    """10 % above where an unbounded field starts; where the range of the case is smaller than that, what it allows."""
    usual = _USUAL * abs(start) or _USUAL * float(scale)
    above, below = limits[1] - start, start - limits[0]
    if (above <= 0.0 and below <= 0.0) or above + below >= usual * (1.0 - 1e-9):
        return start, usual
    amplitude = max(above, below, usual * _LEAST / _USUAL)
    return start, amplitude if above >= below else -amplitude


def _off_bounds(field: Field, variation: Variation) -> Variation:
    """The same variation, moved away from a bound that it would cross or touch, such as a concentration of 0."""
    centre, amplitude = variation
    room = abs(amplitude) / _PART
    return float(np.clip(centre, field.lower + room, field.upper - room)), amplitude


def _shape(mesh: MeshSpec, axes: Sequence[Axis], k: int, symbols: Sequence[Any]) -> Any:
    """A product of waves, one per axis, different for each field; even in the radius about an axis of symmetry."""
    sympy = import_sympy()
    shape = sympy.Integer(1)
    for i, (axis, symbol) in enumerate(zip(axes, symbols)):
        way = (symbol - expression_of(axis.start)) / expression_of(axis.length)
        wave = sympy.sin if (k + i) % 2 == 0 else sympy.cos
        if _is_periodic(mesh, i):
            shape *= sympy.sin(2 * sympy.pi * way + sympy.Rational(4 + 9 * k + 5 * i, 10))
            continue
        if i == 0 and _is_radial(mesh) and axis.start == 0.0:
            way = way**2
        shape *= wave(sympy.Rational(8 + (2 * k + 3 * i) % 5, 10) * way + sympy.Rational(3, 10))
    return shape


def _is_periodic(mesh: MeshSpec, i: int) -> bool:
    ends = (("left", "right"), ("bottom", "top"), ("front", "back"))[i]
    return mesh.type.startswith("Periodic") and not set(ends) & set(mesh.boundaries)


def _is_radial(mesh: MeshSpec) -> bool:
    return mesh.type.startswith(("Cylindrical", "Spherical"))


def divergence(mesh: MeshSpec, fluxes: Sequence[Any], symbols: Sequence[Any]) -> Any:
    """div J from its components along the axes; on curved meshes the first axis is the radius."""
    power = 1 if mesh.type.startswith("Cylindrical") else 2 if mesh.type.startswith("Spherical") else 0
    total = import_sympy().Integer(0)
    for i, (flux, symbol) in enumerate(zip(fluxes, symbols)):
        total += flux.diff(symbol)
        if i == 0 and power:
            total += power * flux / symbol
    return total
