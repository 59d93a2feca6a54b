"""The tables of `docs/figures/` are what the code makes: theory against closed forms written
out, the solver at a few places.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
NUMBERS = range(3, 11)


@pytest.fixture(autouse=True)
def at_the_root(monkeypatch):
    monkeypatch.syspath_prepend(ROOT)


def table(number: int) -> dict[str, np.ndarray]:
    with (ROOT / "docs" / "figures" / f"figure_{number}.csv").open(encoding="utf-8") as file:
        heading, *rows = csv.reader(file)
    return dict(zip(heading, np.array(rows, float).T))


@pytest.mark.parametrize("number", NUMBERS)
def test_every_figure_has_its_picture_and_all_models(number):
    from docs.figures.models import MODELS

    columns = table(number)
    assert (ROOT / "docs" / "figures" / f"figure_{number}.png").stat().st_size > 10_000
    assert all(np.isfinite(values).all() for values in columns.values())
    assert all(any(model.name in name for name in columns) for model in MODELS)


def test_the_theory_of_the_field_is_the_closed_form():
    work, power = table(8), table(9)
    E, n, L, width, k_T = work["E"], 0.1, 40.0, 25.0, -0.13657
    assert np.allclose(work["W (45)"], n * width * E**2 * L**3 / 12, rtol=1e-6, atol=0)
    half = E * L / 2
    assert np.allclose(
        work["W (32)(34)"], n * L * width * E * L / 2 * (1 / np.tanh(half) - 1 / half), rtol=1e-6, atol=0
    )
    assert np.allclose(power["power (48)"], -n * k_T * E * L**2 * width / 6 / 15000, rtol=1e-6, atol=0)
    assert np.allclose(power["cop (49)"], -2 * k_T / (E * L), rtol=1e-6, atol=0)


@pytest.mark.parametrize(
    "number, n, E, mixing, cycle", [(7, 0.3, 0.1, 1000.0, 4000.0), (10, 0.1, 0.035, 3000.0, 8000.0)]
)
def test_the_theory_of_the_baths_is_the_closed_form(number, n, E, mixing, cycle):
    found = table(number)
    dT, k_T, L = found["dT"], -0.13657, 40.0
    slope = 4 * n * L + 2 * n * k_T**2 * L - n * k_T * E * L**2 / 2 + 6 * 0.419877 * mixing / L
    assert np.allclose(found["power (66)"], -25.0 / (6 * cycle) * (slope * dT + n * k_T * E * L**2), rtol=1e-6, atol=0)


def test_a_point_of_a_sweep_comes_again(tmp_path):
    from docs.figures.models import MODELS
    from docs.figures.solve import AGAINST_FIELD, solved

    uniform, (work, power) = MODELS[1], (table(8), table(9))
    found = solved(replace(AGAINST_FIELD, values=(0.05,)), uniform, tmp_path / "sweep")
    (at,) = np.flatnonzero(work["E"] == 0.05)
    assert found["W_separating"][0] == pytest.approx(work["W_separating uniform"][at], rel=1e-5, abs=0)
    assert found["power"][0] == pytest.approx(power["power uniform"][at], rel=1e-5, abs=0)


def test_profiles_and_currents_come_again():
    """The means over windows too: with the field off for long, x_A of (59) and T of (54)."""
    from docs.figures.models import MODELS
    from docs.figures.solve import WINDOWS, one_cycle

    cycle = one_cycle(MODELS[1])
    composition, heat, currents = table(3), table(4), table(6)
    for (start, end), means in zip(WINDOWS, cycle.means):
        assert np.allclose(means[0], composition[f"uniform [{start:.0f}:{end:.0f}]"], rtol=1e-5, atol=0)
    assert np.allclose(cycle.currents[1], currents["Qc uniform"], rtol=1e-4, atol=1e-6)
    assert np.allclose(heat["linearised [9500:10000]"], heat["T (54)"], rtol=1e-6, atol=0)
    assert np.allclose(composition["linearised [9500:10000]"], composition["x_A (59)"], rtol=1e-6, atol=0)
