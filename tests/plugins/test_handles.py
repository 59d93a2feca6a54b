"""Shared handles: units that can be read, and what each one means."""

from __future__ import annotations

from dataclasses import fields

import pytest
from fvtransport.plugins import handles

from fvtransport import Shared
from fvtransport.case.text.units import UnitSystem

SHARED = {name: handle for name, handle in vars(handles).items() if isinstance(handle, Shared)}


@pytest.mark.parametrize("handle", SHARED.values(), ids=SHARED)
def test_a_shared_property_states_its_unit_and_its_flags(handle):
    flags = [getattr(handle, each.name) for each in fields(handle) if each.type == "bool"]
    assert {handle.positive, handle.optional} <= set(flags) <= {True, False} and len(handle.meaning) > 10
    for each in (handle, *handle.conventions):
        assert UnitSystem().number(f"1 {each.unit}", each.unit) == 1.0
