"""Properties that something needs: by convention too, and each reported once."""

from __future__ import annotations

import pytest

from fvtransport.errors import CaseError


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
