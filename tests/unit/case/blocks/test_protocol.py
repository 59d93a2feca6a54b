"""Protocols in a case file: overlays, what a phase may change, and mistakes that point at their line, each once."""

from __future__ import annotations

import pytest
import yaml

import fvtransport
from fvtransport.case.text.overlay import overlay
from fvtransport.case.text.yaml_reader import parse
from fvtransport.case.text.yaml_tree import plain
from tests.tools.cases import PURE, case_text, line

CASE = case_text(
    PURE,
    title="a slab between a bath and insulation",
    parameters="{hot: 3.0, cold: 1.0, tau: 0.2, warm: (hot + cold)/2}",
    mesh=line(cells=10),
    initial="{T: warm}",
    boundaries="""
  left: {T: {dirichlet: hot}}
  right: {T: no_flux}""",
    solve="{transient: {rtol: 1.0e-8}}",
    protocol="""
  phases:
    heating: {duration: tau}
    cooling:
      duration: 2*tau
      boundaries: {left: {T: {dirichlet: cold}}}
  repeat: 3""",
    observe="""
  Q: {heat_from: left}
  Q_cycle: {heat_from: left, over: cycle}""",
)


@pytest.fixture
def check(tmp_path):
    """A function that writes a case with edits (old, new) and checks it."""

    def of(*edits: tuple[str, str], overrides: tuple[str, ...] = ()):
        path = tmp_path / "case.yaml"
        path.write_text(_edited(edits))
        return fvtransport.check(path, overrides)

    return of


@pytest.fixture
def wrong(check):
    """A function that returns what is wrong with an edited case: (line, message)."""

    def of(*edits: tuple[str, str], overrides: tuple[str, ...] = ()) -> list[tuple[int, str]]:
        with pytest.raises(fvtransport.CaseError) as caught:
            check(*edits, overrides=overrides)
        problems = [problem for problem in caught.value.problems if not problem.warning]
        return [(problem.mark.line, problem.render().partition("\n")[0].partition(": ")[2]) for problem in problems]

    return of


def _edited(edits) -> str:
    text = CASE
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def _line(part: str, *edits) -> int:
    lines = _edited(edits).splitlines()
    found = [number for number, line in enumerate(lines, 1) if part in line]
    assert len(found) == 1, part
    return found[0]


def _value(case, boundary="left"):
    (condition,) = case.boundaries[boundary].values()
    return condition.condition.value.constant


def test_phases_and_cycles(check):
    protocol = check().protocol
    assert [(phase.name, phase.duration) for phase in protocol.phases] == [("heating", 0.2), ("cooling", 0.4)]
    assert protocol.cycles == 3 and protocol.tolerance is None
    assert [_value(phase.case) for phase in protocol.phases] == [3.0, 1.0]
    assert protocol.phases[1].case.boundaries["right"], "what a phase does not change stays"
    assert check().solve.until == pytest.approx(1.8, rel=1e-15)


def test_all_phases_share_the_mixture(check):
    case = check()
    assert all(phase.case.mixture is case.mixture for phase in case.protocol.phases)


def test_edges_follow_each_other_without_gaps(check):
    protocol = check(("tau: 0.2", "tau: 0.1")).protocol
    for cycle in range(1000):
        edges = protocol.edges(0.3, cycle)
        assert edges[0] < edges[1] < edges[2] and edges[2] == protocol.edges(0.3, cycle + 1)[0]


def test_repeat_in_all_its_forms(check):
    def read(text):
        return (case := check(("repeat: 3", f"repeat: {text}")).protocol).cycles, case.tolerance

    assert read("7") == (7, None) and read("2*3") == (6, None)
    assert read("until_periodic") == (100, 1e-8)
    assert read("{until_periodic: {tolerance: 1.0e-5, max_cycles: 9}}") == (9, 1e-5)
    assert read("{until_periodic: {}}") == (100, 1e-8)
    assert check(("  repeat: 3\n", "")).protocol.cycles == 1


def test_parameters_of_a_phase_carry_over_to_those_that_follow_from_them(check):
    edits = (
        ("boundaries: {left: {T: {dirichlet: cold}}}", "parameters: {hot: 5.0}"),
        ("dirichlet: hot", "dirichlet: warm"),
    )
    case = check(*edits)
    assert [_value(phase.case) for phase in case.protocol.phases] == [2.0, 3.0]
    assert case.parameters["hot"] == 3.0 and case.initial, "the case itself keeps its own"


def test_overlays_replace_choices_whole_and_keep_their_neighbours():
    root = parse(
        "{properties: {a: 1, b: {step: {at: 1}}}, laws: [x, y], boundaries: {l: {T: {robin: {h: 1, r: 2}}, p: q}}}", "f"
    )
    changes = parse(
        "{properties: {b: {table: {of: t}}}, laws: [z], boundaries: {l: {T: {robin: {h: 3}}}, r: {T: o}}}", "f"
    )
    assert plain(overlay(root, changes)) == {
        "properties": {"a": 1, "b": {"table": {"of": "t"}}},
        "laws": ["z"],
        "boundaries": {"l": {"T": {"robin": {"h": 3}}, "p": "q"}, "r": {"T": "o"}},
    }


def test_parts_that_every_phase_gives_may_be_missing(check):
    case = check(
        ("laws: [conduction]\n", ""),
        ("  left: {T: {dirichlet: hot}}\n", ""),
        (
            "heating: {duration: tau}",
            "heating: {duration: tau, laws: [conduction], boundaries: {left: {T: {dirichlet: hot}}}}",
        ),
        ("duration: 2*tau\n", "duration: 2*tau\n      laws: [conduction]\n"),
    )
    assert [list(phase.case.laws) for phase in case.protocol.phases] == [["conduction"]] * 2


def test_a_property_that_one_phase_does_not_use_is_no_matter(check):
    case = check(("heating: {duration: tau}", "heating: {duration: tau, boundaries: {left: {T: no_flux}}}"),
                 ("{conductivity: 1.0,", "{diffusivity: 1.0, conductivity: 1.0,"))  # fmt: skip
    assert [problem.message for problem in case.warnings] == ["diffusivity is given but nothing uses it"]
    own = check(("duration: 2*tau", "duration: 2*tau\n      properties: {diffusivity: 1.0}")).warnings
    assert [problem.message for problem in own] == ["in phase cooling: diffusivity is given but nothing uses it"]


def test_a_property_that_another_phase_uses_is_no_warning(check):
    case = check(
        ("mixture: pure", "mixture: {binary: {species: [A, B], concentration: 1.0}}"),
        ("laws: [conduction]", "laws: [conduction, fick]"),
        ("{conductivity: 1.0,", "{thermal_diffusion_coefficient: 0.1, diffusivity: 1.0, conductivity: 1.0,"),
        ("initial: {T: warm}", "initial: {T: warm, x_A: 0.5}"),
        ("  right: {T: no_flux}", "  default: {T: no_flux, x_A: no_flux}"),
        ("duration: 2*tau", "duration: 2*tau\n      laws: [conduction, fick, soret_dufour]"),
    )
    assert not case.warnings


def test_overrides_reach_into_phases(check, wrong):
    case = check(overrides=("protocol.phases.cooling.duration=7", "protocol.repeat=2"))
    assert case.protocol.phases[1].duration == 7.0 and case.solve.until == pytest.approx(14.4, rel=1e-15)
    ((line, text),) = wrong(overrides=("protocol.phases.cooling.duration=-7",))
    assert "duration = -7 is out of range" in text


def test_the_resolved_case_reads_back_to_the_same(check, tmp_path):
    case = check(
        ("duration: 2*tau", "duration: 2*tau\n      parameters: {cold: 0.5}\n      audit: 'off'"),
        ("repeat: 3", "repeat: until_periodic"),
        (
            "over: cycle}",
            "over: cycle}\n  mean: {heat_from: left, mean_over: cooling}\n  twice: {formula: 2*Q_cycle, unit: J}",
        ),
    )
    path = tmp_path / "again.yaml"
    path.write_text(yaml.safe_dump(dict(case.resolved), sort_keys=False))
    again = fvtransport.check(path)
    assert again.resolved == case.resolved
    assert [_value(phase.case) for phase in again.protocol.phases] == [3.0, 0.5]
    assert again.protocol.tolerance == 1e-8 and list(again.derived) == ["twice"]
    assert [phase.case.audit.mode for phase in again.protocol.phases] == ["warn", "off"]


COOLING = "boundaries: {left: {T: {dirichlet: cold}}}"


@pytest.mark.parametrize(
    "old, new, at, says",
    [
        (
            COOLING,
            "boundaries: {lft: {T: {dirichlet: cold}}}",
            "lft",
            ('in phase cooling: unknown boundary "lft"; expected one of left, right'),
        ),
        (
            COOLING,
            "boundaries: {left: {T: {dirchlet: cold}}}",
            "dirchlet",
            ('in phase cooling: unknown condition "dirchlet"'),
        ),
        (
            COOLING,
            "boundaries: {left: {T: {dirichlet: -1}}}",
            "dirichlet: -1",
            ("in phase cooling: T: value = -1 is out of range"),
        ),
        (
            COOLING,
            "laws: [conduction, conduction]",
            "conduction, conduction",
            ("in phase cooling: conduction is given twice"),
        ),
        (COOLING, "properties: {conductivity: -1}", "-1", "in phase cooling: conductivity = -1 is out of range"),
        (
            COOLING,
            "parameters: {colt: 2.0}",
            "colt",
            ('in phase cooling: unknown parameter "colt": a phase can change only parameters of the case'),
        ),
        (COOLING, "parameters: {hot: 1/0}", "1/0", "in phase cooling: division by zero"),
        (COOLING, "mesh: {type: Grid1D}", "    mesh", "a phase cannot change mesh; expected mesh once, at the top"),
        (COOLING, "initial: {T: 1}", "initial: {T: 1}", "a phase cannot change initial"),
        (COOLING, "boundary: {}", "boundary: ", 'unknown key of a phase "boundary"'),
        (COOLING, "audit: loud", "loud", 'in phase cooling: unknown audit "loud"'),
        ("duration: 2*tau", "durations: 2*tau", "durations", 'unknown key of a phase "durations"'),
        ("heating: {duration: tau}", "heating: {}", "heating: {}", "heating lacks duration"),
        ("heating: {duration: tau}", "heating: {duration: 0}", "duration: 0", "duration = 0 is out of range"),
        ("heating: {duration: tau}", "heating: {duration: 1 s}", "1 s", ""),
        ("heating: {duration: tau}", "heating: 5", "heating: 5", 'heating is "5"; expected a mapping {duration'),
        ("heating: {duration: tau}", "cycle: {duration: tau}", "    cycle: {", 'a phase cannot be named "cycle"'),
        ("repeat: 3", "repeat: 0", "repeat: 0", "repeat = 0 is out of range"),
        ("repeat: 3", "repeat: 2.5", "2.5", "repeat = 2.5 is not a whole number"),
        ("repeat: 3", "repeat: until_perodic", "until_perodic", 'unknown way to repeat "until_perodic"'),
        ("repeat: 3", "repeat: {until_periodic: {max_cycles: 0}}", "max_cycles: 0", "max_cycles = 0 is out of range"),
        (
            "repeat: 3",
            "repeat: {until_periodic: {tolerence: 1}}",
            "tolerence",
            ('until_periodic has no parameter "tolerence"'),
        ),
        ("repeat: 3", "repeats: 3", "repeats", 'unknown key of a protocol "repeats"'),
        (
            "{rtol: 1.0e-8}",
            "{until: 5, rtol: 1.0e-8}",
            "until: 5",
            ("until is given, but the protocol says when the run ends"),
        ),
        ("transient: {rtol: 1.0e-8}", "transient: 5", "transient: 5", "until is given, but the protocol says"),
        (
            "{transient: {rtol: 1.0e-8}}",
            "steady",
            "solve: steady",
            "a protocol runs in time, and a steady case has none",
        ),
        (
            "{rtol: 1.0e-8}",
            "{rtol: 1.0e-8, times: [0.1, 2]}",
            "times: [0.1, 2]",
            ("times: 2 is outside the run; expected a time in (0, 1.8]"),
        ),
        (
            "over: cycle",
            "over: cicle",
            "cicle",
            ('unknown phase "cicle"; expected one of heating, cooling, cycle; did you mean "cycle"?'),
        ),
        ("over: cycle", "over: cycle, mean_over: heating", "mean_over", "over and mean_over are both given"),
        ("over: cycle", "over: cycle, at: 0.1", "at: 0.1", "Q_cycle is read at times and over cycle"),
        ("heat_from: left, over: cycle", "over: cycle", "Q_cycle", "Q_cycle is over cycle, but of no observable"),
        (
            "{heat_from: left, over: cycle}",
            "{outflow: {of: energy, through: left}, over: cycle}",
            "outflow",
            "outflow is a rate",
        ),
    ],
)
def test_mistakes_point_at_their_line(wrong, old, new, at, says):
    found = wrong((old, new))
    assert len(found) == 1, found
    assert found[0][0] == _line(at, (old, new)) and says in found[0][1], found


def test_a_mistake_of_the_case_is_told_once(wrong):
    ((line, text),) = wrong(("laws: [conduction]", "laws: [conduktion]"))
    assert line == 7 and "unknown law" in text and "phase" not in text
    ((line, text),) = wrong(("  right: {T: no_flux}\n", ""))
    assert "no condition for T on right" in text and "phase" not in text


def test_what_is_missing_in_one_phase_alone_names_it(wrong):
    edits = (
        ("heating: {duration: tau}", "heating: {duration: tau, boundaries: {right: {T: no_flux}}}"),
        ("  right: {T: no_flux}\n", ""),
    )
    ((line, text),) = wrong(*edits)
    assert "in phase cooling: no condition for T on right" in text


def test_mesh_and_mixture_do_not_change_with_parameters(wrong):
    ((line, text),) = wrong(("length: 1.0", "length: hot"), (COOLING, "parameters: {hot: 2.0}"))
    assert "mesh depends on hot, whose value differs in this phase" in text
    ((line, text),) = wrong(("length: 1.0", "length: warm"), (COOLING, "parameters: {hot: 2.0}"))
    assert "mesh depends on warm" in text


def test_a_text_of_the_mixture_may_look_like_a_parameter_that_changes(check):
    binary = ("mixture: pure", "mixture: {binary: {species: [hot, gas], concentration: 1.0}}")
    flux = ("laws: [conduction]", "laws: [conduction, fick]")
    coefficients = ("heat_capacity: 1.0}", "heat_capacity: 1.0, diffusivity: 1.0}")
    start = ("initial: {T: warm}", "initial: {T: warm, x_hot: 0.5}")
    closed = ("right: {T: no_flux}", "default: {T: no_flux, x_hot: no_flux}")
    loaded = check(binary, flux, coefficients, start, closed, (COOLING, "parameters: {hot: 2.0}"))
    assert loaded.protocol.phases[1].case.parameters["hot"] == 2.0


def test_times_may_be_asked_for_where_they_are_sure_to_come(check, wrong):
    periodic = ("repeat: 3", "repeat: until_periodic")
    times = ("Q: {heat_from: left}", "Q: {heat_from: left, at: [0.1, 0.5]}")
    assert check(periodic, times).observe[0].times == (0.1, 0.5)
    late = (times[0], times[1].replace("0.5", "0.7"))
    assert check(late).observe[0].times == (0.1, 0.7)
    ((line, text),) = wrong(periodic, late)
    assert (
        "at = 0.7 is outside the run; expected a time in (0, 0.6], the first cycle, which may be the only one" in text
    )


def test_spans_need_a_protocol(tmp_path):
    text = CASE[: CASE.index("protocol:")].replace("{rtol: 1.0e-8}", "{until: 1}") + CASE[CASE.index("observe:") :]
    (tmp_path / "case.yaml").write_text(text)
    with pytest.raises(fvtransport.CaseError, match="over needs phases, and the case has no protocol"):
        fvtransport.check(tmp_path / "case.yaml")


def test_a_tolerance_below_that_of_the_integrator_is_warned_of(check):
    periodic = ("repeat: 3", "repeat: until_periodic")
    assert not check(periodic).warnings
    (problem,) = check(periodic, ("rtol: 1.0e-8", "rtol: 1.0e-6")).warnings
    assert (
        problem.mark.line == _line("repeat: until", periodic)
        and "to 1e-08, but errors of up to rtol = 1e-06" in problem.message
    )
