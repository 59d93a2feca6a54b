"""Smooth exact fields for manufactured solutions, and the divergence that belongs to each kind of mesh, as formulas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..discretisation.build import Discretisation
from ..mesh.geometry import Geometry
from ..mesh.spec import Axis, MeshSpec
from ..model.handles import Field
from .symbolic import expression_of, import_sympy

__all__ = ["divergence", "extents", "selection"]


def extents(geometry: Geometry) -> tuple[Axis, ...]:
    """The box around an unstructured mesh, as axes."""
    low, high = geometry.position[:3].min(axis=1), geometry.position[:3].max(axis=1)
    return tuple(Axis("xyz"[i], float(high[i] - low[i]), 1, float(low[i])) for i in range(geometry.dimension))


def selection(
    mesh: MeshSpec, axes: Sequence[Axis], problem: Discretisation, symbols: Sequence[Any]
) -> dict[Field, Any]:
    """Smooth fields inside their range: a fraction about an equal share, others 10 % about where the case starts."""
    fields, exact = problem.system.medium.fields, {}
    fractions = sum(np.isfinite([field.lower, field.upper]).all() for field in fields)
    for k, (field, start) in enumerate(zip(fields, problem.values)):
        if np.isfinite([field.lower, field.upper]).all():
            share = (field.upper - field.lower) / (fractions + 1)
            centre, amplitude = field.lower + share, 0.4 * share
        else:
            centre = float(start.mean())
            amplitude = 0.1 * abs(centre) or 0.1 * float(problem.scale[k])
        exact[field] = centre + amplitude * _shape(mesh, axes, k, symbols)
    return exact


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
