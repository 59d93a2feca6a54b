"""The exchange of a boundary with what lies outside, against the second law and formulas by hand."""

import numpy as np
import pytest

import fvtransport
from fvtransport.audit.surroundings import boundary_findings, boundary_production
from fvtransport.audit.verdict import Verdict
from fvtransport.model.registry import Registry
from tests.tools.cases import PURE, case_text, line

H, KAPPA, LENGTH, HOT, OUT = 2.0, 0.5, 1.0, 2.0, 1.0
AGENT = '''
from fvtransport import Boundary, parameter, plugin
from fvtransport.plugins.handles import temperature

@plugin("pump")
class Pump(Boundary):
    """q . n = h (T_out - T), up the difference"""
    h: float = parameter(unit="W/m^2/K", meaning="h")
    DECLARED

    def outward_flux(self, face):
        return self.h * (1.0 - face.value)
'''
DECLARED = """
    def outside(self, face):
        return {temperature: 1.0 + 0.0 * face.value}
"""
KINDS = {
    "robin": ("robin: {coefficient: 2.0, reference: 1.0}", True),
    "radiation": ("radiation: {emissivity: 1.0, surroundings: 1.0, stefan_boltzmann: 0.1}", True),
    "temperature_jump": ("temperature_jump: {bath: 1.0, jump_length: 0.5}", True),
    "neumann": ("neumann: 0.3", False),
    "outlet": ("outlet: 0.1", False),
    "dirichlet": ("dirichlet: 1.0", None),
    "no_flux": ("no_flux", None),
    "reservoir": ("", None),
    "saturated": ("", None),
    "surface_reaction": ("", None),
}
"""Each boundary condition as one of T: with surroundings, with a flux from outside, or neither."""


def solved(folder, right: str, left: str = "dirichlet: 2.0", plugin: str = ""):
    (folder / "mine.py").write_text(plugin or "")
    text = case_text(
        PURE, mesh=line(LENGTH, 5), properties=f"{{conductivity: {KAPPA}, heat_capacity: 1}}", solve="steady",
        boundaries=f"{{left: {{T: {{{left}}}}}, right: {{T: {{{right}}}}}}}".replace("{no_flux}", "no_flux"),
        **({"plugins": "[mine.py]"} if plugin else {}),
    )  # fmt: skip
    (folder / "case.yaml").write_text(text)
    return fvtransport.run(folder / "case.yaml")


def test_every_boundary_condition_has_an_entry():
    names = {entry.name for entry in Registry.installed() if entry.kind == "boundary"}
    assert names == KINDS.keys()


@pytest.mark.parametrize("name", [name for name, (given, _) in KINDS.items() if given])
def test_what_is_said_of_each(tmp_path, name):
    given, has_surroundings = KINDS[name]
    found = [each for each in solved(tmp_path, given).audit.findings if each.term == f"{name} of T at right"]
    verdicts = {True: [Verdict.PASSED], False: [Verdict.EXTERNAL], None: []}[has_surroundings]
    assert [each.verdict for each in found] == verdicts


def test_robin_against_its_closed_form(tmp_path):
    """q = (T_h - T_out)/(L/kappa + 1/h),  q (1/T_out - 1/T_wall)."""
    result = solved(tmp_path, KINDS["robin"][0])
    q = (HOT - OUT) / (LENGTH / KAPPA + 1 / H)
    produced = q * (1 / OUT - 1 / (HOT - q * LENGTH / KAPPA))
    assert boundary_production(result.snapshots[-1])["right"] == pytest.approx(produced, rel=1e-10)
    assert result.summary()["audit"]["entropy_production"]["boundaries"]["right"] == pytest.approx(produced, rel=1e-10)


def test_both_ends_and_the_inside_make_up_what_the_baths_gain(tmp_path):
    """The entropy that the surroundings gain is what the exchange and the conduction produce."""
    result = solved(tmp_path, "robin: {coefficient: 2.0, reference: 1.0}", "robin: {coefficient: 1.0, reference: 2.0}")
    produced = boundary_production(result.snapshots[-1])
    q = (2.0 - 1.0) / (1.0 + LENGTH / KAPPA + 0.5)
    walls = 2.0 - q, 1.0 + q / 2.0
    assert produced["left"] == pytest.approx(q * (1 / walls[0] - 1 / 2.0), rel=1e-9)
    assert sum(produced.values()) + q * (1 / walls[1] - 1 / walls[0]) == pytest.approx(
        q * (1 / 1.0 - 1 / 2.0), rel=1e-9
    )


def test_every_instant_is_held_to_its_own_surroundings(tmp_path):
    """Surroundings with the period of the outputs: at the first, middle and last instant they are the same."""
    text = case_text(
        PURE, mesh=line(LENGTH, 5), properties=f"{{conductivity: {KAPPA}, heat_capacity: 1}}", initial="{T: 1.5}",
        boundaries="{left: {T: no_flux}, right: {T: {robin: {coefficient: 2.0, reference: 1.5 + sin(2*pi*t)}}}}",
        solve="{transient: {until: 2, times: [0.75, 1, 1.75]}}",
    )  # fmt: skip
    (tmp_path / "case.yaml").write_text(text)
    result = fvtransport.run(tmp_path / "case.yaml")
    kept = [each for each in result.snapshots if each.t in (0.0, 0.75, 1.0, 1.75, 2.0)]
    (finding,) = [each for each in boundary_findings(kept) if each.term == "robin of T at right"]
    least = min(boundary_production(each)["right"] for each in kept)
    assert finding.verdict is Verdict.PASSED and finding.judged == len(kept) == 5
    assert f"at least {least:.3g} W/K" in finding.text


def test_in_equilibrium_with_its_surroundings_nothing_is_produced(tmp_path):
    result = solved(tmp_path, "robin: {coefficient: 2.0, reference: 2.0}")
    assert abs(boundary_production(result.snapshots[-1])["right"]) < 1e-12 and not result.audit.violations


def test_heat_against_the_difference_is_violated_where_the_surroundings_are_declared(tmp_path):
    result = solved(tmp_path, "pump: {h: 0.1}", plugin=AGENT.replace("DECLARED", DECLARED))
    (text,) = result.audit.violations
    assert "pump of T at right" in text and result.audit.by_term["pump of T at right"] is Verdict.VIOLATED


def test_an_agent_without_surroundings_is_named(tmp_path):
    result = solved(tmp_path, "pump: {h: 0.1}", plugin=AGENT.replace("DECLARED", ""))
    (finding,) = [each for each in result.audit.findings if each.term == "pump of T at right"]
    assert finding.verdict is Verdict.EXTERNAL and "external agent" in finding.text
    assert result.audit.verdict is Verdict.PASSED and not result.audit.violations


@pytest.mark.parametrize("reference", [0.2, 0.5, 0.8])
def test_a_species_towards_its_surroundings(tmp_path, reference):
    """N_A R ln[(x_A/x_B)/(x_A/x_B)_out] with N_A = h (x - x_out), never negative."""
    text = case_text(
        {}, units="reduced", mesh=line(1, 5), mixture="{binary: {species: [A, B], concentration: 1, temperature: 1}}",
        properties="{diffusivity: 1}", laws="[fick]", solve="steady",
        boundaries="{left: {x_A: {dirichlet: 0.5}}, right: {x_A: {robin: {coefficient: 2, reference: REF}}}}".replace(
            "REF", str(reference)
        ),
    )  # fmt: skip
    (tmp_path / "case.yaml").write_text(text)
    result = fvtransport.run(tmp_path / "case.yaml")
    flux = (0.5 - reference) / (1 + 0.5)
    wall = 0.5 - flux
    ratio = wall / (1 - wall) / (reference / (1 - reference))
    assert boundary_production(result.snapshots[-1])["right"] == pytest.approx(
        flux * np.log(ratio), rel=1e-8, abs=1e-12
    )
    assert not result.audit.violations
