"""Cases of two layers, a on 0 < x < 1 and b on 1 < x < 2, and of either layer alone.

In the texts of a case `<one|other>` is what differs between the layers. Both cases are made from the same text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

import fvtransport as fv
from fvtransport.case.model import Case
from fvtransport.discretisation.build import build
from fvtransport.discretisation.snapshot import Snapshot
from fvtransport.solvers.solve import solve

from .cases import case_text

__all__ = ["Layered", "checked", "errors", "flux_between", "interface_states", "refined", "solved"]

_JUMP = re.compile(r"<([^<>|]*)\|([^<>|]*)>")
_MESH = "{type: Grid1D, length: 2, cells: CELLS, regions: {a: x < 1, b: x >= 1}}"


@dataclass(frozen=True)
class Layered:
    """One case: blocks of text with `<one|other>`, and the values of each field at both ends.

    contrast is a parameter of the texts, 3 if nothing is said; order is what its scheme reaches at least, on meshes
    from so many cells in each layer on.
    """

    name: str
    plugin: str
    blocks: Mapping[str, str]
    ends: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    order: float = 1.9
    cells: int = 10

    def text(self, cells: int, contrast: float = 3.0, **blocks: str) -> str:
        """Both layers, with cells in each."""
        given = {"mesh": _MESH.replace("CELLS", str(2 * cells)), **self._blocks(contrast, self.ends), **blocks}
        joined = {name: _JUMP.sub(r"{by_region: {a: \1, b: \2}}", text) for name, text in given.items()}
        return case_text({}, **joined)

    def layer(self, number: int, cells: int, ends: Mapping[str, tuple[float, float]], contrast: float = 3.0) -> str:
        """One layer alone, 0 or 1, between given states."""
        given = {"mesh": f"{{type: Grid1D, length: 1, cells: {cells}}}", **self._blocks(contrast, ends)}
        alone = {name: _JUMP.sub(rf"\{number + 1}", text) for name, text in given.items()}
        return case_text({}, **alone)

    def _blocks(self, contrast: float, ends: Mapping[str, tuple[float, float]]) -> dict[str, str]:
        sides = (
            ", ".join(f"{name}: {{dirichlet: {float(pair[side])!r}}}" for name, pair in ends.items()) for side in (0, 1)
        )
        left, right = sides
        return {
            "units": "reduced",
            "parameters": f"{{contrast: {contrast!r}}}",
            "boundaries": f"{{left: {{{left}}}, right: {{{right}}}}}",
            "solve": "steady",
            **self.blocks,
        }


def solved(folder: Path, text: str) -> Snapshot:
    """The last state of a case; the ending must be a success."""
    return _last(checked(folder, text))


def checked(folder: Path, text: str) -> Case:
    """A case from its text."""
    path = folder / "case.yaml"
    path.write_text(text, encoding="utf-8")
    return fv.check(path)


def refined(case: Case, factor: int) -> Snapshot:
    """The last state of a case with factor times as many cells along each axis."""
    axes = tuple(replace(axis, cells=factor * axis.cells) for axis in case.mesh.axes)
    return _last(replace(case, mesh=replace(case.mesh, axes=axes)))


def _last(case: Case) -> Snapshot:
    found = solve(case, build(case))
    assert found.ending.succeeded, found.ending.message
    return found.snapshots[-1]


def interface_states(snapshot: Snapshot) -> dict[str, float]:
    """The fields at the only interface of a case on a line."""
    (interface,) = snapshot.system.geometry.interfaces
    (node,) = interface.left_nodes
    return {handle.name: float(snapshot.values[row, node]) for row, handle in enumerate(snapshot.system.medium.fields)}


def flux_between(snapshot: Snapshot) -> np.ndarray:
    """The fluxes through the left end and through the right end, along x, (balances, 2)."""
    flux = snapshot.evaluation.flux
    return np.stack([flux[:, 0], flux[:, -1]], axis=1)


def errors(coarse: Sequence[np.ndarray], fine: np.ndarray) -> np.ndarray:
    """What quantities of shape (n,) on meshes refined by two, the coarsest first, are off, (meshes, n).

    The reference is extrapolated from the last of them and from the next finer mesh.
    """
    reference = fine + (fine - coarse[-1]) / 3.0
    return np.abs(np.stack(coarse) - reference)
