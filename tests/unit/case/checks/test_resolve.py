"""The resolved case: numbers in SI, defaults written out, read back to itself."""

from __future__ import annotations

import pytest
import yaml

STEADY_GAS = """\
mesh: {type: Grid1D, length: 0.1, cells: 20}
mixture: %s
laws: [{maxwell_stefan: {diffusivities: {N2-CO2: 1.6e-5}}}]
boundaries: {left: {x_N2: {dirichlet: 0.9}}, right: {x_N2: {dirichlet: 0.2}}}
solve: steady
"""


@pytest.mark.parametrize(
    "overrides", [(), ("mesh.cells=7", "mesh.grading={ratio: 3, towards: both}", "parameters.E=0.05")]
)
@pytest.mark.parametrize("which", ["pump", "steady"])
def test_the_resolved_case_reads_back_to_itself(request, case, which, overrides):
    if which == "steady":
        overrides = tuple(each for each in overrides if "parameters" not in each)
    first = case(request.getfixturevalue(which), overrides=overrides)
    again = case(yaml.safe_dump(dict(first.resolved), sort_keys=False))
    assert again.resolved == first.resolved
    assert again.mesh == first.mesh and again.solve == first.solve
    assert first.resolved["mesh"]["cells"] == (7 if overrides else {"pump": 200, "steady": 20}[which])
    assert set(first.resolved["boundaries"]) == {"left", "right"}
    assert first.overrides == overrides


@pytest.mark.parametrize("flow", ["equimolar", {"stagnant": {"species": "CO2"}}])
def test_a_bulk_flow_keeps_its_name_in_the_resolved_case(case, flow):
    gas = {"species": ["N2", "CO2"], "pressure": 1e5, "temperature": 300.0, "bulk_flow": flow}
    first = case(STEADY_GAS % yaml.safe_dump({"gas": gas}, default_flow_style=True, width=1000).strip())
    again = case(yaml.safe_dump(dict(first.resolved), sort_keys=False))
    assert first.resolved["mixture"]["gas"]["bulk_flow"] == flow and again.resolved == first.resolved


def test_the_resolved_case_is_in_si(case, steady):
    loaded = case(steady, ("length: 0.1", "length: 10 cm"), ("temperature: 300", "temperature: 25 degC"))
    assert loaded.resolved["mesh"]["length"] == pytest.approx(0.1, rel=1e-15)
    assert loaded.resolved["mixture"]["binary"]["temperature"] == pytest.approx(298.15, rel=1e-15)
