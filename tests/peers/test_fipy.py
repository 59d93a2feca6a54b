"""Plain FiPy as a peer: it must agree with the engine within its own error in time."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

import fvtransport
from fvtransport.mesh.fipy_mesh import import_fipy

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "bench"))
from euler import Euler  # noqa: E402
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
    overrides = [
        "mesh.cells=40",
        f"solve={{transient: {{until: {UNTIL}, rtol: 1e-8}}}}",
        "observe={Qc: {heat_from: right}}",
        "compare=null",
    ]
    result = fvtransport.run(ROOT / "cases" / "heat_pump" / "mixing.yaml", overrides)
    snapshot = result.snapshots[-1]
    ours = snapshot.values[:, snapshot.system.geometry.cells]
    coarse, fine = fields_of_fipy(pump, 40), fields_of_fipy(pump, 80)
    own_error = np.abs(coarse - fine).max(axis=1)
    assert np.all(np.abs(ours - fine).max(axis=1) <= 1.2 * own_error)
    extrapolated = 2 * fine - coarse
    assert np.abs(ours - extrapolated).max(axis=1) == pytest.approx(0, abs=0.2 * own_error.max())
    assert np.all(np.abs(ours - extrapolated).max(axis=1) <= 0.2 * own_error)


@pytest.mark.parametrize("step", [0.01, 1.0])
def test_the_sum_over_modes_takes_the_steps_of_fipy(step):
    """Twenty steps of backward Euler, equal to round-off: what the bench counts steps with."""
    pump = Pump(cells=40)
    import_fipy()
    sweep, T, x = fipy_sweep(pump, step)
    for _ in range(20):
        sweep()
    found = Euler(pump).state([step] * 20)
    np.testing.assert_allclose(found, np.concatenate([T.value, x.value]), rtol=0.0, atol=1e-11)
    assert np.abs(found - np.concatenate([np.ones(pump.cells), pump.start])).max() > 1e-3


def test_the_heat_of_equal_steps_is_the_same_however_it_is_summed():
    euler = Euler(Pump(cells=40))
    equal, count = euler.fixed(100)
    stepped, steps = euler.growing(0.5, 1.0)
    assert count == steps == 1000
    np.testing.assert_allclose(stepped, equal, rtol=1e-10)


def test_the_modes_draw_the_heat_that_the_engine_draws():
    overrides = [
        "mesh.cells=40",
        "solve={transient: {until: 500, rtol: 1e-10}}",
        "observe={Qc: {heat_from: right, at: [50, 200, 500]}}",
        "compare=null",
    ]
    found = fvtransport.run(ROOT / "cases" / "heat_pump" / "mixing.yaml", overrides).observables["Qc"].value
    np.testing.assert_allclose(found, Euler(Pump(cells=40)).exact(), rtol=1e-8)
