"""A tube with a closed form, as a case."""

from __future__ import annotations

from tests.tools.cases import ISOTHERMAL, binary, case_text, line

TUBE = case_text(
    ISOTHERMAL,
    title="Tube",
    units=None,
    parameters="{concentration: 40.9, D_0: 1.65e-5, beta: 2.0, length: 0.1, x_left: 0.9, x_right: 0.1}",
    mesh=line("length", 10),
    mixture=binary("concentration", temperature=298),
    properties="{diffusivity: {inverse_linear: {at_infinite_dilution: D_0, beta: beta}}}",
    boundaries="{left: {x_A: {dirichlet: x_left}}, right: {x_A: {dirichlet: x_right}}}",
    observe="{N_A: {flux: {of: A, through: right}}}",
    compare="{solution: emcd_variable_diffusivity, tolerance: 5.0e-3}",
)
