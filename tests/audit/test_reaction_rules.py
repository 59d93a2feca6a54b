"""The rules that one reaction is held against."""

from fvtransport.audit.reaction_rules import measured
from tests.audit.test_reaction_states import SOUND, state


def test_a_sound_reaction_keeps_every_rule(tmp_path):
    found = list(measured(state(tmp_path, SOUND)))
    assert {"van 't Hoff", "mass action"} <= {each.rule for each in found}
    assert not [each.rule for each in found if (each.deviation > each.limit).any()]


def test_an_irreversible_reaction_has_no_affinity_to_judge(tmp_path):
    found = list(measured(state(tmp_path, "heat_of_reaction: -2")))
    assert not {"van 't Hoff", "mass action", "affinity"} & {each.rule for each in found}
