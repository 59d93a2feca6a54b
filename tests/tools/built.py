"""Discrete systems from the text of a case, to test their parts without a solve."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import fvtransport as fv
from fvtransport.discretisation.build import Discretisation, build

from .cases import PURE, case_text, line

__all__ = ["CLOSED", "LAYERS", "PLANE", "SEALED", "built"]

CLOSED, SEALED = "{default: {T: no_flux}}", "{default: {T: no_flux, x_A: no_flux}}"
PLANE = "{type: Grid2D, length: [2, 1], cells: [3, 2]}"
LAYERS = line(2, 4, regions='{a: "x < 1", b: "x >= 1"}')


def built(folder: Path, base: Mapping[str, str] = PURE, **blocks: str | None) -> Discretisation:
    """The system and start of a case; blocks as in `case_text`."""
    path = folder / "case.yaml"
    path.write_text(case_text(base, **blocks), encoding="utf-8")
    return build(fv.check(path))
