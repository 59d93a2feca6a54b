"""Every plugin can be shown, whatever the types of its parameters."""

from __future__ import annotations

import pytest

from fvtransport.model.registry import Registry
from fvtransport.reference.catalogue import as_dict

ENTRIES = list(Registry.installed())


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry.kind} {entry.name}")
def test_every_plugin_can_be_shown(entry):
    data = as_dict(entry)
    assert data["summary"] and all(parameter["type"] and parameter["meaning"] for parameter in data["parameters"])


@pytest.mark.parametrize(
    "plugin, parameter, shown",
    [
        ("advection", "velocity", "list of property"),
        ("advection", "scheme", "fitted or upwind or central"),
        ("reaction", "reactants", "Mapping of text, number"),
        ("reaction", "reverse_rate_constant", "property"),
        ("table", "at", "list of number"),
        ("binary", "species", "tuple of text, text"),
        ("kinetic_diffusivity", "pair", "tuple of text, text"),
        ("gas", "molar_heat_capacity", "number or Mapping of text, number"),
    ],
)
def test_types_in_words(plugin, parameter, shown):
    (entry,) = (entry for entry in ENTRIES if entry.name == plugin)
    rows = {row["name"]: row["type"] for row in as_dict(entry)["parameters"]}
    assert rows[parameter] == shown
