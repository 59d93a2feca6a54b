"""The entropy production of interfaces: every registered condition in every mixture, against formulas by hand."""

from __future__ import annotations

import numpy as np
import pytest

import fvtransport as fv
from fvtransport.audit.interfaces import entropies_at, interface_production, interface_totals
from fvtransport.model.registry import Registry
from tests.tools.interface_entries import ENTRIES, IMPOSSIBLE, MIXTURES, Entry, States, text_of

BY_NAME = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)


def without_entry(registry: Registry) -> set[tuple[str, str]]:
    """Pairs of a condition and a mixture of a registry, those of other packages too, that no entry has."""
    names = {kind: {entry.name for entry in registry if entry.kind == kind} for kind in ("interface", "mixture")}
    every = {(one, other) for one in names["interface"] for other in names["mixture"]}
    return every - {(each.condition, MIXTURES[each.layers].plugin) for each in ENTRIES} - IMPOSSIBLE


def test_every_registered_condition_has_an_entry_for_every_mixture():
    assert without_entry(Registry.installed()) == set()


def test_a_condition_without_an_entry_is_found():
    registry = Registry.installed()
    kind = {"__doc__": "u_left = u_right", "__module__": __name__}
    registry.add("theirs", type("Theirs", (fv.Interface,), kind), "another package")
    assert without_entry(registry) == {("theirs", name) for name in ("binary", "gas", "liquid", "pure")}


@pytest.mark.parametrize("condition", sorted(name for name, _ in IMPOSSIBLE))
def test_a_condition_on_species_is_refused_in_one_substance(run_text, condition):
    entry = next(each for each in ENTRIES if each.condition == condition)
    with pytest.raises(fv.CaseError):
        run_text(text_of(Entry(condition, "pure", {"T": next(iter(entry.texts.values()))}, entry.formula)))


def produced(result) -> float:
    (total,) = interface_totals(result.snapshots[-1]).values()
    return total


def states_of(entry: Entry, result, interface: str = "a-b") -> States:
    assert result.ending.succeeded, result.ending.message
    return States(MIXTURES[entry.layers], result.snapshots[-1], interface)


def size(result) -> float:
    """What would be produced if the fields jumped by their own value."""
    (entropy,) = entropies_at(result.snapshots[-1])
    return float(entropy.size @ entropy.interface.area)


@BY_NAME
def test_the_production_is_that_of_the_formula_and_not_negative(run_text, entry):
    result = run_text(text_of(entry))
    expected = entry.formula(states_of(entry, result))
    assert produced(result) == pytest.approx(expected, rel=1e-8, abs=1e-10 * size(result))
    assert produced(result) > -1e-10 * size(result)
    assert expected == 0.0 or produced(result) > 1e-6 * size(result)
    assert sum(interface_production(result.snapshots[-1]).values()) == pytest.approx(produced(result), rel=1e-12)
    assert not [each for each in (*result.audit.remarks, *result.audit.violations) if "a-b" in each]


@BY_NAME
def test_it_grows_with_the_area_and_does_not_depend_on_which_side_is_named_first(run_text, entry):
    result, turned = run_text(text_of(entry)), run_text(text_of(entry, area=3.0, is_turned=True))
    assert produced(turned) == pytest.approx(3.0 * produced(result), rel=1e-7, abs=1e-10 * size(turned))
    (one, other) = (states_of(entry, each, name)["T"] for each, name in ((result, "a-b"), (turned, "b-a")))
    assert one == pytest.approx(other[::-1], rel=1e-9)


@BY_NAME
def test_nothing_is_produced_at_equilibrium(run_text, entry):
    given = MIXTURES[entry.layers].ends | entry.ends
    ends = {name: (left, left) for name, (left, _) in given.items()} | entry.equal
    if entry.condition == "partition":
        ends = {name: (left if name == "T" else None, right) for name, (left, right) in ends.items()}
    moving = size(run_text(text_of(entry)))
    result = run_text(text_of(entry, ends, texts={**entry.texts, **entry.at_rest}))
    states_of(entry, result)
    assert abs(produced(result)) < 1e-9 * moving and np.isfinite(produced(result))


def test_a_mixture_that_states_no_potentials_is_not_judged(run_text, tmp_path):
    (tmp_path / "silent.py").write_text(SILENT)
    text = (
        text_of(ENTRIES[0])
        .replace("mixture: pure", "mixture: silent")
        .replace("units:", "plugins: [silent.py]\nunits:")
    )
    result = run_text(text)
    assert interface_totals(result.snapshots[-1]) == {"a-b": None} and not interface_production(result.snapshots[-1])
    assert "contact_resistance of T at a-b was not judged: its entropy production is not known" in result.audit.remarks


SILENT = '''
from fvtransport import Mixture, plugin
from fvtransport.plugins.mixtures.pure import Pure


@plugin("silent")
class Silent(Pure):
    """One substance that states no potentials"""

    entropy_variables = Mixture.entropy_variables
'''


def test_a_linearised_model_is_judged_by_its_metric(run_text):
    """-N G [x] with the metric of the state that it is linearised about, G = R/(x_A x_B)."""
    about = "{linearised_at: {T: 320, x_A: 0.35}}"
    text = text_of(next(each for each in ENTRIES if each.name == "contact_resistance of x_A in binary"))
    more = "properties.thermal_diffusion_coefficient=1e-9"
    result = run_text(text, f"laws=[fick, conduction, {{soret_dufour: {about}}}]", more)
    states = States(MIXTURES["binary"], result.snapshots[-1], "a-b")
    jump = states["x_A"][0] - states["x_A"][1]
    metric = 8.31446261815324 / (0.35 * 0.65)
    assert produced(result) == pytest.approx(states.flux("A")[0] * metric * jump, rel=1e-9) and jump > 0.05


def test_conditions_on_two_fields_are_judged_together(run_text):
    """A temperature jump beside one of composition; with the heat that is carried only the sum has a formula."""
    entry = next(each for each in ENTRIES if each.name == "contact_resistance of T in flowing gas")
    both = {"T": "{contact_resistance: 0.05}", "x_A": "{contact_resistance: 0.5}"}
    conditions = ", ".join(f"{name}: {text}" for name, text in both.items())
    result = run_text(text_of(entry), f"interfaces={{a-b: {{{conditions}}}}}")
    states = states_of(entry, result)
    assert produced(result) == pytest.approx(states.by_potentials(), rel=1e-9)
    parts = interface_production(result.snapshots[-1])
    assert set(parts) == {f"{each} at a-b" for each in (
        "contact_resistance of T", "contact_resistance of x_A", "continuity of x_B", "continuity of p")}  # fmt: skip
    assert sum(parts.values()) == pytest.approx(produced(result), rel=1e-12)
    assert result.summary()["audit"]["entropy_production"]["interfaces"] == {"a-b": pytest.approx(produced(result))}


def test_what_is_taken_up_by_an_interface_in_time_produces_nothing(run_text):
    entry = next(each for each in ENTRIES if each.name == "sorption of x_A in binary")
    more = ("solve={transient: 2}", "initial={T: 320, x_A: 0.1}", "properties.heat_capacity=1e3")
    result = run_text(text_of(entry), *more)
    states = states_of(entry, result)
    left, right = states.flux("A")
    assert abs(left - right) > 1e-2 * abs(left) and abs(produced(result)) < 1e-12 * size(result)
