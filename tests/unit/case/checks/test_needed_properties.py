"""Properties that something needs: by convention too, and each reported once."""

from __future__ import annotations

import pytest
from fvtransport.plugins.handles import conductivity, diffusivity

from fvtransport.case.checks.needed_properties import check_properties, note_missing
from fvtransport.errors import CaseError
from tests.tools.reading import messages as wrong
from tests.tools.reading import trial_of, whole


def messages(load):
    with pytest.raises(CaseError) as caught:
        load()
    return [problem.message for problem in caught.value.problems]


def test_a_convention_brings_its_own_needs(case, pump):
    soret = ("thermal_diffusion_coefficient: -1.15796", "soret_coefficient: -0.5")
    laws = ("laws: [conduction, fick,", "laws: [conduction,")
    case(pump, soret, laws)
    (message,) = messages(lambda: case(pump, soret, laws, ("diffusivity: 2.11972252, ", "")))
    assert message.startswith("soret_dufour needs diffusivity")


def test_a_property_missing_for_two_laws_is_reported_once(case, pump):
    edit = (
        "laws: [conduction, fick, soret_dufour: {linearised_at: {T: T0, x_A: 0.5}}]",
        "laws: [conduction, fick, advection: {velocity: 0.1}]",
    )
    missing = ("conductivity: 0.435691, ", "")
    found = messages(lambda: case(pump, edit, missing))
    assert [message.partition(":")[0] for message in found] == ["conduction needs conductivity [W/m/K]"]


def given(properties: str):
    return whole(boundaries="{default: {T: no_flux, x_A: no_flux}}", solve="{transient: 1}", properties=properties)


def test_what_is_missing_is_told_at_its_first_user():
    builder = given("{diffusivity: 1.0}")
    mark = builder.mark("laws")
    note_missing(builder, "a law", mark, [diffusivity, conductivity], set())
    note_missing(builder, "another", mark, [conductivity], {conductivity})
    assert len(wrong(builder)) == 1 and wrong(builder)[0].startswith("a law needs conductivity [W/m/K]")


def test_what_nothing_uses_and_what_is_not_positive():
    builder = given("{diffusivity: 1.0, conductivity: T - 2}")
    check_properties(builder, trial_of(builder), {conductivity})
    texts = [problem.message for problem in builder.diagnostics.problems]
    assert "diffusivity is given but nothing uses it" in texts
    assert wrong(builder) == ["conductivity = -1 at the initial state"]
