"""What surfaces store: derivatives of linear and curved isotherms, growth, and rows that keep the amount."""

import numpy as np
import pytest

from fvtransport.discretisation.surface_storage import SurfaceStorage, kept_rows
from fvtransport.discretisation.surfaces import surfaces_of
from tests.tools.built import LAYERS, built
from tests.tools.cases import ISOTHERMAL

CLOSED = "{default: {x_A: no_flux}}"
LINEAR, CURVED = "0.7", "{capacity: 3.0, affinity: 0.5}"


def problem_of(tmp_path, isotherm: str):
    blocks = {"mesh": LAYERS, "boundaries": CLOSED, "initial": "{x_A: 0.4}", "solve": "{transient: 1}"}
    return built(tmp_path, ISOTHERMAL, interfaces=f"{{a-b: {{x_A: {{sorption: {isotherm}}}}}}}", **blocks)


def storage_of(problem):
    surfaces = surfaces_of(problem.system, True)
    return surfaces, SurfaceStorage(problem.system, surfaces, 0.0, problem.values, problem.scale)


def slope(surfaces, own, values):
    (by_row,) = [each for each in own.matrices(0.0, values) if each]
    (surface,) = [each for each in surfaces if each.stored]
    return surface, by_row[0]


@pytest.mark.parametrize(("isotherm", "linear", "wanted"), [(LINEAR, True, 0.7), (CURVED, False, 1.5 / 1.2**2)])
def test_the_derivative_of_an_isotherm(tmp_path, isotherm, linear, wanted):
    """c = 1: d Gamma/dx is k, or Gamma_max K/(1 + K x)^2 at x = 0.4; read on the left side."""
    problem = problem_of(tmp_path, isotherm)
    surfaces, own = storage_of(problem)
    _, matrix = slope(surfaces, own, problem.values)
    assert own.is_linear == linear and matrix[:, 0] == pytest.approx([wanted, 0.0], rel=1e-6, abs=1e-12)


def test_growth_is_taken_off_the_row_of_the_surface(tmp_path):
    problem = problem_of(tmp_path, LINEAR)
    surfaces, own = storage_of(problem)
    surface, _ = slope(surfaces, own, problem.values)
    out, change = np.zeros_like(problem.values), np.full_like(problem.values, 2.0)
    own.subtract_growth(0.0, problem.values, change, out)
    assert out[0, surface.nodes[0]] == pytest.approx([-1.4], rel=1e-12) and np.count_nonzero(out) == 1


def test_an_interface_keeps_the_amount_that_it_stores(tmp_path):
    problem = problem_of(tmp_path, LINEAR)
    surfaces, own = storage_of(problem)
    surface, _ = slope(surfaces, own, problem.values)
    rows = kept_rows(problem.system, surface, problem.scale, 0.0, problem.values + 0.1, problem.values)
    derivatives, excess = rows[0]
    assert excess == pytest.approx([0.07], rel=1e-9) and derivatives[:, 0] == pytest.approx(
        [0.7, 0.0], rel=1e-6, abs=1e-9
    )


def test_nothing_stored_is_linear_and_grows_nothing(tmp_path):
    problem = built(tmp_path, ISOTHERMAL, mesh=LAYERS, boundaries=CLOSED, initial="{x_A: 0.4}", solve="{transient: 1}")
    _, own = storage_of(problem)
    out = np.zeros_like(problem.values)
    own.subtract_growth(0.0, problem.values, np.ones_like(out), out)
    assert own.is_linear and not out.any()
