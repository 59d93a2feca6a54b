"""The fluxes of one state, evaluated once and kept with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ..model.flux_view import FluxView
from .flux_evaluation import FluxEvaluation
from .system import System

__all__ = ["FluxRecord", "fluxes_by_law"]


@dataclass(frozen=True)
class FluxRecord:
    """Fluxes on all faces along the face normal, arrays of shape (balances, faces).

    total is the flux that was solved, on boundaries the number that a condition imposes. by_law has the flux of each
    law and the convective flux of the bulk flow as `bulk_flow`; dissipative the part of each that gradients and forces
    drive, so that it produces entropy with the thermodynamic forces. convective is None in a mixture without one.
    """

    total: np.ndarray
    convective: np.ndarray | None
    by_law: Mapping[str, np.ndarray]
    dissipative: Mapping[str, np.ndarray]
    forces: np.ndarray

    @classmethod
    def of(cls, system: System, t: float, values: np.ndarray, evaluation: FluxEvaluation, view: FluxView) -> FluxRecord:
        """The record of a state of shape (balances, nodes), from its evaluation and the view of its faces."""
        by_law, dissipative = fluxes_by_law(system, t, values, view)
        forces = np.stack([np.broadcast_to(view.force(each), evaluation.flux.shape[1:]) for each in system.balances])
        return cls(evaluation.flux, evaluation.convective_flux, by_law, dissipative, forces)

    @property
    def entropy_production(self) -> dict[str, np.ndarray]:
        """Entropy production per volume, (faces,), of each law: its dissipative flux with all forces.

        A law alone may destroy entropy, all together may not.
        """
        return {name: (flux * self.forces).sum(axis=0) for name, flux in self.dissipative.items()}


def fluxes_by_law(
    system: System, t: float, values: np.ndarray, view: FluxView
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """The flux of each law and of the bulk flow, and the dissipative part of each, (balances, ..., faces).

    values has shape (balances, ..., nodes); view is that of its faces with the total flux.
    """
    by_law = system.fluxes.by_law(t, values)
    at_zero_gradient = system.fluxes.at_zero_gradient(t, system.fluxes.average(values))
    dissipative = {name: flux - at_zero_gradient.get(name, 0.0) for name, flux in by_law.items()}
    dissipative |= {name: system.fluxes.dissipative_part(view) for name in by_law if name not in system.laws}
    return by_law, dissipative
