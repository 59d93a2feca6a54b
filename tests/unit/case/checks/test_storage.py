"""Refusals and permissions at the door: balances that store nothing or have no flux, fields that lie on a bound."""

from __future__ import annotations

from pathlib import Path

import pytest

import fvtransport
from fvtransport import CaseError, Field
from fvtransport.case.reading.unit_placeholders import out_of_range

PLUGINS = Path(__file__).parents[3] / "engine" / "solute.py"
CASE = f"""
plugins: [{PLUGINS}]
mesh: {{type: Grid1D, length: 1.0, cells: 10}}
mixture: {{solute: {{porosity: 1.0}}}}
laws: [solute_diffusion: {{D: 1.0}}]
initial: {{c: 0.0}}
boundaries: {{left: {{c: {{dirichlet: 1.0}}}}, right: {{c: {{dirichlet: 0.0}}}}}}
solve: {{transient: 0.01}}
"""


def test_a_concentration_may_be_zero_at_the_start_and_on_a_boundary(run_text):
    result = run_text(CASE)
    assert result.exit_code == 0 and result.snapshots[-1].cells(result.system.medium.fields[0]).min() >= 0.0


@pytest.mark.parametrize("where", ["initial: {c: VALUE}", "right: {c: {dirichlet: VALUE}}"])
def test_a_negative_concentration_is_refused(complaints, where):
    text = CASE.replace(where.replace("VALUE", "0.0"), where.replace("VALUE", "-0.5"))
    (found,) = complaints(text)
    assert "c: value = -0.5" in found or "c = -0.5" in found
    assert "is out of range, it must be at least 0" in found


@pytest.mark.parametrize(
    ("bounds", "value", "says"),
    [
        ({"lower": 0.0}, 0.0, ""),
        ({"lower": 0.0}, -1.0, "at least 0"),
        ({"upper": 2.0}, 2.0, ""),
        ({"upper": 2.0}, 3.0, "at most 2"),
        ({"lower": 0.0, "excludes_bounds": True}, 0.0, "above 0"),
        ({"upper": 2.0, "excludes_bounds": True}, 2.0, "below 2"),
        ({"lower": 0.0, "upper": 1.0}, 1.0, ""),
        ({"lower": 0.0, "upper": 1.0}, 1.5, "in [0, 1]"),
        ({"lower": 0.0, "upper": 1.0, "excludes_bounds": True}, 1.0, "between 0 and 1"),
    ],
)
def test_a_field_says_whether_its_bounds_are_values(bounds, value, says):
    found = out_of_range(Field("u", **bounds), value)
    assert found == (f"u = {value:g} is out of range, it must be {says}" if says else "")


def test_a_balance_that_stores_nothing_is_refused_in_time_only(complaints, tmp_path):
    empty = CASE.replace("porosity: 1.0", "porosity: 0.0")
    (found,) = complaints(empty)
    assert ":4:1: the solute balance stores nothing: a run in time needs a storage that depends on c" in found
    assert "expected solve: steady, or a mixture or a law with a storage of solute" in found
    path = tmp_path / "steady.yaml"
    path.write_text(empty.split("solve:")[0] + "solve: steady\n")
    assert fvtransport.run(path).exit_code == 0


def test_a_storage_stated_by_a_law_alone_will_do(run_text, tmp_path):
    (tmp_path / "held.py").write_text(
        "from fvtransport import Law, plugin\n\n\n@plugin('held')\nclass Held(Law):\n"
        '    """Adsorption in the volume:  s = 2 c"""\n\n'
        "    def storage(self, cell):\n        (balance,) = cell.medium.balances\n"
        "        return {balance: 2.0 * cell[balance.field]}\n"
    )
    text = CASE.replace("porosity: 1.0", "porosity: 0.0").replace("laws: [", "laws: [held, ")
    result = run_text(text.replace("solute.py]", "solute.py, held.py]"))
    assert result.exit_code == 0


TWINS = '''
from functools import cached_property
from fvtransport import Balance, Field, Law, Mixture, plugin

u, v = Field("u"), Field("v")
first, second = Balance("first", u, "mol/m^2/s", "mol"), Balance("second", v, "mol/m^2/s", "mol")


@plugin("twins")
class Twins(Mixture):
    """Two balances:  d(STORAGE)/dt + div J = 0"""

    @cached_property
    def balances(self):
        return first, second

    def storage(self, balance, cell):
        return STORAGE


@plugin("spread")
class Spread(Law):
    """J = -grad u, -grad v"""

    def flux(self, face):
        return {b: -face.grad(b.field) for b in BALANCES}
'''


def twins(tmp_path, storage: str, balances: str = "(first, second)") -> str:
    (tmp_path / "twins.py").write_text(TWINS.replace("STORAGE", storage).replace("BALANCES", balances))
    return """
plugins: [twins.py]
units: reduced
mesh: {type: Grid1D, length: 1.0, cells: 10}
mixture: twins
laws: [spread]
initial: {u: 0.5, v: 0.5}
boundaries: {default: {u: {dirichlet: 1.0}, v: {dirichlet: 0.0}}}
solve: {transient: 0.01}
"""


def test_a_field_that_no_balance_stores_is_named(complaints, tmp_path):
    (found,) = complaints(twins(tmp_path, "cell[u] * (1.0 if balance is first else 2.0)"))
    assert "no balance stores anything that depends on v" in found


def test_storages_that_depend_on_each_other_are_named(complaints, tmp_path):
    (found,) = complaints(twins(tmp_path, "(cell[u] + cell[v]) * (1.0 if balance is first else 2.0)"))
    assert "do not determine how u and v change in time" in found


def test_a_balance_without_a_flux_is_refused(complaints, tmp_path):
    (found,) = complaints(twins(tmp_path, "cell[balance.field]", "(first,)"))
    assert ":6:1: no law gives the second balance a flux; expected a law with a flux of it" in found


def test_independent_storages_run(run_text, tmp_path):
    assert run_text(twins(tmp_path, "cell[balance.field]")).exit_code == 0


def test_errors_of_the_case_come_as_case_errors(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text(CASE.replace("porosity: 1.0", "porosity: 0.0"))
    with pytest.raises(CaseError):
        fvtransport.run(path)
