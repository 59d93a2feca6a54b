"""A temperature jump in a gas that carries enthalpy, against conduction and convection in series."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import brentq

import fvtransport
from fvtransport.audit.interfaces import interface_production

R, P, T0 = 8.31446261815324, 101325.0, 298.15
LENGTH, HALF = 0.1, 0.04
KAPPA, D, RESISTANCE = (0.03, 0.06), (2e-5, 5e-5), 0.8
HEATED = f"""
title: two layers with a temperature jump between them
mesh: {{type: Grid1D, length: {LENGTH}, cells: %d, regions: {{a: x < {HALF}, b: x >= {HALF}}}}}
mixture: {{gas: {{species: [A, B], pressure: {P}, molar_heat_capacity: {{A: 60.0, B: 25.0}}, bulk_flow: %s}}}}
properties:
  diffusivity: {{by_region: {{a: {D[0]}*T/300, b: {D[1]}*T/300}}}}
  conductivity: {{by_region: {{a: {KAPPA[0]}, b: {KAPPA[1]}}}}}
laws: [conduction, fick]
boundaries:
  left: {{T: {{dirichlet: %s}}, x_A: {{dirichlet: %s}}}}
  right: {{T: {{dirichlet: %s}}, x_A: {{dirichlet: %s}}}}
interfaces: {{a-b: {{T: {{contact_resistance: {RESISTANCE}}}}}}}
solve: steady
observe:
  l: {{surface: {{of: T, interface: a-b, side: left}}}}
  r: {{surface: {{of: T, interface: a-b, side: right}}}}
  J: {{interface_flux: {{of: energy, interface: a-b}}}}
  N: {{interface_flux: {{of: A, interface: a-b}}}}
"""


def series(carried: float, hot: float, cold: float) -> tuple[float, float, float]:
    """J_e and the temperatures on both sides, where C = sum_i c_p,i N_i is carried.

    J_e = -kappa T' + C (T - T_0) in each layer, so that T - theta grows by exp(C l/kappa), theta = T_0 + J_e/C.
    """
    lengths = (HALF, LENGTH - HALF)

    def sides(flux: float) -> tuple[float, float]:
        centre = T0 + flux / carried
        grown = [np.exp(carried * length / kappa) for length, kappa in zip(lengths, KAPPA)]
        return centre + (hot - centre) * grown[0], centre + (cold - centre) / grown[1]

    def excess(flux: float) -> float:
        left, right = sides(flux)
        if min(left, right) <= 0.0:  # the left side cools and the right one warms with the flux
            return 1e9 if right <= 0.0 else -1e9
        between = left * right * np.log(left / right) / (left - right)
        return left - right - RESISTANCE * (flux - carried * (between - T0))

    guess = (hot - cold) / (lengths[0] / KAPPA[0] + lengths[1] / KAPPA[1] + RESISTANCE) + carried * (cold - T0)
    reach = abs(guess) + 50.0 * abs(carried)
    flux = brentq(excess, guess - reach, guess + reach, xtol=1e-13, rtol=1e-14)
    return flux, *sides(flux)


@pytest.mark.parametrize("cells", (5, 20))
@pytest.mark.parametrize("flow, ratio", [("equimolar", -1.0), ("{stagnant: B}", 0.0)])
@pytest.mark.parametrize("ends", [(350.0, 0.8, 300.0, 0.1), (350.0, 0.1, 300.0, 0.8), (300.0, 0.8, 350.0, 0.1)])
def test_a_temperature_jump_goes_with_the_reduced_heat_flux(run_text, cells, flow, ratio, ends):
    result = run_text(HEATED % (cells, flow, *ends))
    read = {name: float(each.value) for name, each in result.observables.items()}
    resistance = sum(length / (P / (R * 300.0) * each) for length, each in zip((HALF, LENGTH - HALF), D))
    _, first, _, second = ends
    moles = (first - second if ratio else np.log((1.0 - second) / (1.0 - first))) / resistance
    assert read["N"] == pytest.approx(moles, rel=1e-10)
    flux, left, right = series((60.0 + ratio * 25.0) * moles, ends[0], ends[2])
    assert (read["J"], read["l"], read["r"]) == pytest.approx((flux, left, right), rel=1e-10)
    # the reduced heat flux times the jump of 1/T is all that the interface produces
    (produced,) = interface_production(result.snapshots[-1]).values()
    assert produced == pytest.approx((left - right) / RESISTANCE * (1.0 / right - 1.0 / left), rel=1e-9)
    assert produced > 0.0 and not result.audit.violations


def test_where_no_ratio_says_what_the_last_species_carries_it_is_refused(run_text, tmp_path):
    (tmp_path / "uniform.py").write_text(UNIFORM)
    text = HEATED.replace("mesh:", "plugins: [uniform.py]\nmesh:") % (4, "uniform", 350, 0.8, 300, 0.1)
    with pytest.raises(fvtransport.CaseError, match="does not say how much the last species carries") as caught:
        run_text(text)
    assert "case.yaml:" in str(caught.value) and "solves for the pressure" in str(caught.value)


UNIFORM = '''
from typing import ClassVar

from fvtransport import BulkFlow, plugin


@plugin("uniform")
class Uniform(BulkFlow):
    """N = 0.01 everywhere"""

    keeps_moles: ClassVar[bool] = True

    def total_flux(self, face):
        return 0.01
'''
