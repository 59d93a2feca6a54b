"""Boundaries of a manufactured problem."""

from __future__ import annotations

import numpy as np

from fvtransport.verification.manufactured import manufacture


def test_a_wall_keeps_its_kind_and_coefficients(case_with):
    made = manufacture(case_with("soret_dufour"))
    problem = made.discretise(made.case.mesh)
    kinds = [type(each.condition.inner).__name__ for each in problem.system.boundary_equations]
    assert kinds == ["Dirichlet", "Robin", "Robin", "Neumann"]
    fluxes = made.flux_on(problem.system.geometry.faces.centres, problem.system.geometry.faces.normal)
    for condition, equation in zip(
        problem.system.boundary_equations, problem.system.evaluate(0.0, problem.values).boundary_residuals
    ):
        assert abs(equation) < 0.05 * np.abs(fluxes).max(), condition.field.name
    robin = problem.system.boundary_equations[1].condition
    assert robin.inner.coefficient.constant == 2.0
