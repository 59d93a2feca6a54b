"""Densities on faces as fields in cells."""

from __future__ import annotations

import numpy as np

from ..discretisation.system import System

__all__ = ["in_cells"]


def in_cells(system: System, density: np.ndarray) -> np.ndarray:
    """A density on the faces shared out among the cells beside them, per volume; the integral stays the same."""
    geometry = system.geometry
    faces, every = geometry.faces, np.arange(geometry.nodes)
    amount = np.bincount(every[faces.left], density * faces.volume * faces.left_weight, geometry.nodes)
    amount += np.bincount(every[faces.right], density * faces.volume * (1.0 - faces.left_weight), geometry.nodes)
    return amount[geometry.cells] / geometry.volume
