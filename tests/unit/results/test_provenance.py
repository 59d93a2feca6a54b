"""What a result was made from: plugins, the case file and its overrides."""

import dataclasses
import hashlib
import json

from fvtransport.plugins.properties.inverse_linear import InverseLinear

from fvtransport.case.model import ConditionEntry


def _strict(result):
    return json.loads(json.dumps(result.summary(), allow_nan=False))


def test_it_names_the_plugins_that_were_used_and_where_they_came_from(pump):
    plugins = _strict(pump)["provenance"]["plugins"]
    assert plugins["law soret_dufour"] == "built in"
    assert plugins["observable heatfrom"] == "tests/conftest.py"
    assert plugins["property constant"] == "built in"
    assert "law soret" not in plugins and "property expression" not in plugins


def test_it_names_plugins_held_by_plugins(slab):
    case = slab.case
    outer = next(iter(case.boundaries["left"].values())).condition
    held = type(outer)(value=InverseLinear(at_infinite_dilution=0.9, beta=0.0))
    field = case.mixture.balances[0].field
    boundary = {field: ConditionEntry("dirichlet", held)}
    changed = dataclasses.replace(case, boundaries={"left": boundary, "right": case.boundaries["right"]})
    assert "property inverse_linear" in _strict(dataclasses.replace(slab, case=changed))["provenance"]["plugins"]


def test_it_holds_the_fingerprint_of_the_case_file_and_the_overrides(slab, tmp_path):
    path = tmp_path / "slab.yaml"
    path.write_text("title: Slab\n")
    case = dataclasses.replace(slab.case, path=path, overrides=("mesh.cells=10",))
    result = dataclasses.replace(slab, case=case)
    provenance = _strict(result)["provenance"]
    assert provenance["case_sha256"] == hashlib.sha256(b"title: Slab\n").hexdigest()
    assert provenance["overrides"] == ["mesh.cells=10"]
