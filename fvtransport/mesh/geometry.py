"""The mesh as the solver sees it: nodes, faces between nodes and boundaries, as plain arrays.

A node is a cell, an exterior face or a side of a face between two materials; every face joins the node on its left to
the node on its right, and carries one flux along that direction. On a line the nodes are in order along x, those on
boundaries included, so that slices replace index arrays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from .faces import Faces, Index
from .spec import Axis

__all__ = ["BoundaryFaces", "Geometry", "InterfaceFaces"]


@dataclass(frozen=True)
class BoundaryFaces:
    """The exterior faces of one name: their nodes, their faces, and which side of the face the boundary node is on."""

    name: str
    nodes: Index
    faces: Index
    sign: float
    area: np.ndarray
    position: np.ndarray

    @cached_property
    def is_left(self) -> bool:
        """Whether the boundary node is the left one; the outward flux is then minus the flux of the face."""
        return self.sign < 0


@dataclass(frozen=True)
class InterfaceFaces:
    """The faces between two materials: the nodes on either side of each, and the half-faces that join them to cells.

    regions are those of its left and right side, without a name within one region. Where both sides share one state,
    their nodes are the same. sign is 1 where the flux of the half-faces points from
    the left side of the interface to its right side, else -1; arrays have shape (faces of the interface,).
    """

    regions: tuple[str, str]
    left_nodes: np.ndarray
    right_nodes: np.ndarray
    left_faces: np.ndarray
    right_faces: np.ndarray
    sign: np.ndarray
    area: np.ndarray

    @cached_property
    def name(self) -> str:
        """The interface as a case names it, `left-right`; '' within one region."""
        return "-".join(self.regions) if any(self.regions) else ""

    @cached_property
    def is_two_sided(self) -> bool:
        """Whether each side has a state of its own."""
        return bool((self.left_nodes != self.right_nodes).any())

    @property
    def reversed(self) -> InterfaceFaces:
        """The same interface named after its right side first."""
        return InterfaceFaces(
            self.regions[::-1],
            self.right_nodes,
            self.left_nodes,
            self.right_faces,
            self.left_faces,
            -self.sign,
            self.area,
        )

    @property
    def nodes(self) -> tuple[np.ndarray, ...]:
        """The nodes of the left side and, where it has its own, of the right side."""
        return (self.left_nodes, self.right_nodes) if self.is_two_sided else (self.left_nodes,)


@dataclass(frozen=True)
class Geometry:
    """The mesh as the engine sees it [m, m^2, m^3]; cells indexes the nodes that are cells, in the mesh's own order.

    place (4, nodes) has x, y, z and the number of the region. A structured mesh has axes, and its cells in the order of
    the axes, the first running fastest; an unstructured one has the corners of its cells, (3, most corners, cells).
    """

    dimension: int
    nodes: int
    cells: Index
    position: np.ndarray
    volume: np.ndarray
    faces: Faces
    boundaries: Mapping[str, BoundaryFaces]
    is_line: bool
    axes: tuple[Axis, ...] = ()
    corners: np.ndarray | None = None
    interfaces: tuple[InterfaceFaces, ...] = ()

    @cached_property
    def starts_at_axis(self) -> bool:
        """Whether the first node of a line is a cell at the axis, where nothing passes, and not on a boundary."""
        return self.is_line and "left" not in self.boundaries

    @cached_property
    def _incidence(self) -> sparse.csr_array:
        count = self.faces.area.size
        faces = np.arange(count)
        left, right = (np.arange(self.nodes)[side] for side in (self.faces.left, self.faces.right))
        rows, columns = np.concatenate([left, right]), np.concatenate([faces, faces])
        return sparse.csr_array((np.repeat([1.0, -1.0], count), (rows, columns)), shape=(self.nodes, count))

    def divergence(self, flow: np.ndarray, out: np.ndarray) -> None:
        """Set out (balances, nodes) to what leaves each cell, given flow (balances, faces); the values at boundary
        nodes are not defined.
        """
        if self.is_line and isinstance(self.faces.right, slice):
            np.subtract(flow[..., 1:], flow[..., :-1], out=out[..., 1:-1])
            if self.starts_at_axis:
                out[..., 0] = flow[..., 0]
        else:
            for row, through in zip(out, flow):
                row[...] = self._incidence @ through

    @cached_property
    def _weights(self) -> sparse.csr_array:
        count, weight = self.faces.area.size, self.faces.left_weight
        left, right = (np.arange(self.nodes)[side] for side in (self.faces.left, self.faces.right))
        rows, columns = np.concatenate([left, right]), np.tile(np.arange(count), 2)
        return sparse.csr_array((np.concatenate([weight, 1.0 - weight]), (rows, columns)), shape=(self.nodes, count))

    def scatter_to_cells(self, amount: np.ndarray, out: np.ndarray) -> None:
        """Add to out (balances, nodes) what arises on faces (balances, faces), to each side by
        its part of the distance.
        """
        if self.is_line:
            out[..., self.faces.left] += self.faces.left_weight * amount
            out[..., self.faces.right] += (1.0 - self.faces.left_weight) * amount
        else:
            for row, of_faces in enumerate(amount):
                out[row] += self._weights @ of_faces

    @cached_property
    def is_cell(self) -> np.ndarray:
        """Whether each node is a cell, (nodes,)."""
        found = np.zeros(self.nodes, bool)
        found[self.cells] = True
        return found

    @cached_property
    def faces_between_cells(self) -> np.ndarray:
        """Whether each face lies between two cells, and not at a boundary or interface, (faces,)."""
        return self.is_cell[self.faces.left] & self.is_cell[self.faces.right]

    def interface(self, name: str) -> InterfaceFaces:
        """The interface of that name, `left-right`, either way round; KeyError where no faces lie between the two."""
        named = {each.name: each for each in self.interfaces}
        return named[name] if name in named else {each.reversed.name: each.reversed for each in self.interfaces}[name]

    @property
    def interface_nodes(self) -> np.ndarray:
        """The nodes of all interfaces, (nodes,)."""
        return np.concatenate([np.zeros(0, int), *(nodes for each in self.interfaces for nodes in each.nodes)])

    @property
    def cell_positions(self) -> np.ndarray:
        """Places of the cell centres, shape (4, cells)."""
        return self.position[:, self.cells]
