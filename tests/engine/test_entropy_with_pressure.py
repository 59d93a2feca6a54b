"""Reciprocity, the second law and the entropy that is produced, where the pressure is solved for."""

from __future__ import annotations

import numpy as np
import pytest
from fvtransport.plugins.handles import pressure

import fvtransport
from fvtransport.audit.judge import audit
from fvtransport.audit.onsager import onsager_matrices
from fvtransport.discretisation.build import build
from tests.tools.cases import case_text

R, T = 8.31446261815324, 300.0
SEALED = case_text(
    {},
    title="sealed",
    mesh="{type: Grid1D, length: 0.01, cells: %d}",
    mixture="""
  gas: {species: [He, Ar, Xe], pressure: 101325, temperature: 300, molar_masses: {He: 4e-3, Ar: 40e-3, Xe: 131e-3},
    bulk_flow: %s}""",
    properties="{%s}",
    laws="[maxwell_stefan: {diffusivities: {He-Ar: 7e-5*101325/p, He-Xe: 5e-5*101325/p, Ar-Xe: 1e-5*101325/p}}]",
    initial="{x_He: 0.4 + 0.3*cos(pi*x/0.01), x_Ar: 0.3 - 0.2*cos(pi*x/0.01), p: 101325*(1 + 0.2*cos(pi*x/0.01))}",
    boundaries="{default: {x_He: no_flux, x_Ar: no_flux}}",
    solve="{transient: {until: 5, rtol: 1e-8}}",
    observe="{S: {entropy_produced: {}}}",
)
POROUS = "permeability: 1e-14, viscosity: 2.2e-5"
FLOWS = {
    "darcy": ("darcy", POROUS, False),
    "mechanical equilibrium": ("{mechanical_equilibrium: {stiffness: 3}}", "", False),
    "dusty gas": ("{dusty_gas: {pore_diameter: 1e-6}}", "viscosity: 2.2e-5", True),
    "dusty gas without flow": ("{dusty_gas: {pore_diameter: 1e-7, viscous_flow: false}}", "", True),
}


def text(cells, flow, properties):
    return (SEALED % (cells, flow, properties)).replace("properties: {}\n", "")


@pytest.mark.parametrize("flow, properties, couples", FLOWS.values(), ids=FLOWS)
def test_the_bulk_flow_is_part_of_the_audit(tmp_path, flow, properties, couples):
    """In wide spaces N answers to the pressure alone; where walls hold gases back, N and J_i
    answer to each other's forces.
    """
    path = tmp_path / "case.yaml"
    path.write_text(text(10, flow, properties))
    problem = build(fvtransport.check(path))
    found = audit(problem.system, [(problem.t, problem.values)])
    assert (
        found.symmetric
        and found.asymmetry < 1e-9
        and 0.01 < found.margin < 1.0
        and not found.remarks
        and not found.violations
    )
    matrix = onsager_matrices(problem.system, problem.t, problem.values).total
    size = np.sqrt(np.einsum("iin->in", matrix))
    cross = matrix[2, :2] / (size[2] * size[:2])
    assert (size[2] > 0.0).all() and (np.abs(cross).min() > 1e-3 if couples else np.abs(cross).max() < 1e-9)


def free_energy(snapshot) -> float:
    """R sum_i int c_i ln p_i dV, which in a sealed space at one temperature falls by the entropy that is produced."""
    p = snapshot.cells(pressure)
    parts = (snapshot.cells(field) * p for field in snapshot.system.medium.species)
    return float(sum((each / T * np.log(each)) @ snapshot.system.geometry.volume for each in parts))


@pytest.mark.slow
@pytest.mark.parametrize("flow, properties, couples", FLOWS.values(), ids=FLOWS)
def test_the_entropy_produced_is_what_the_state_gains(run_text, flow, properties, couples):
    off = []
    for cells in (20, 40):
        result = run_text(text(cells, flow, properties))
        first, last = result.snapshots[0], result.snapshots[-1]
        off.append(result.observables["S"].value / (free_energy(first) - free_energy(last)) - 1.0)
        rates = [
            sum(density @ each.system.geometry.faces.volume for density in result.entropy_production(each).values())
            for each in result.snapshots
        ]
        assert rates[0] > 0.0 and min(rates) > -1e-9 * max(rates)
    assert abs(off[1]) < 2e-3
    assert np.log2(off[0] / off[1]) == pytest.approx(2.0, abs=0.1)
