"""Old keys and values of a case file are refused, with the new name as the cure."""

from __future__ import annotations

import pytest

from fvtransport.case.text.renamed import KEYS, VALUES
from tests.tools.cases import PURE, case_text

CASE = case_text(
    PURE,
    mesh="{type: Grid1D, length: 1.0, cells: 4}",
    mixture="{pure: {}}",
    initial="{T: 1.0}",
    boundaries="{default: {T: {dirichlet: 1.0}}}",
    solve="transient",
    protocol="""
  phases: {rest: {duration: 1.0}}
  repeat: {until_periodic: {max_cycles: 2}}""",
    observe="""
  top: {surface: {of: T, boundary: left}, reduce: max}""",
)


@pytest.mark.parametrize("old, new", KEYS.items())
def test_an_old_key_gives_the_new_one(complaints, old, new):
    assert f"{new}: " in CASE
    (text,) = complaints(CASE.replace(f"{new}: ", f"{old}: "))
    assert f'unknown key "{old}": it is now "{new}"; expected {new}\n' in text


@pytest.mark.parametrize("old, new", VALUES.items())
def test_an_old_value_gives_the_new_one(complaints, old, new):
    (text,) = complaints(CASE.replace("reduce: max", f"reduce: {old}"))
    assert f'unknown reduce "{old}": it is now "{new}"; expected {new}\n' in text


def test_the_case_passes_in_the_new_words(tmp_path):
    from fvtransport.case.checks.checked_case import load

    path = tmp_path / "case.yaml"
    path.write_text(CASE, encoding="utf-8")
    assert load(path).observe[0].reduction.value == "max"
