"""Plain FiPy as a peer: it must agree with the engine within its own error in time."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

import fvtransport
from fvtransport.mesh import import_fipy

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "bench"))
from pump import Pump, fipy_sweep  # noqa: E402

UNTIL = 40.0


def fields_of_fipy(pump: Pump, steps: int) -> np.ndarray:
    import_fipy()
    sweep, T, x = fipy_sweep(pump, UNTIL / steps)
    for _ in range(steps):
        sweep()
    return np.stack([T.value.copy(), x.value.copy()])


def test_fipy_agrees_within_its_own_error_in_time():
    pump = Pump(cells=40)
    overrides = ["mesh.cells=40", f"solve={{transient: {{until: {UNTIL}, rtol: 1e-8}}}}", "observe={Qc: {heat_from: right}}", "compare=null"]
    result = fvtransport.run(ROOT / "cases" / "heat_pump" / "mixing.yaml", overrides)
    snapshot = result.snapshots[-1]
    ours = snapshot.values[:, snapshot.system.geometry.cells]
    coarse, fine = fields_of_fipy(pump, 40), fields_of_fipy(pump, 80)
    own_error = np.abs(coarse - fine).max(axis=1)
    assert np.all(np.abs(ours - fine).max(axis=1) <= 1.2 * own_error)
    extrapolated = 2 * fine - coarse
    assert np.abs(ours - extrapolated).max(axis=1) == pytest.approx(0, abs=0.2 * own_error.max())
    assert np.all(np.abs(ours - extrapolated).max(axis=1) <= 0.2 * own_error)
