"""Extra storage slows diffusion down, and is part of the books."""

from __future__ import annotations

import numpy as np
import pytest

import fvtransport
from fvtransport.verification import contract
from tests.tools.cases import PURE, binary, case_text

CASE = case_text(
    PURE,
    title="a sorbent",
    mixture=binary(2.0),
    properties="{diffusivity: 0.5, conductivity: 1.0, heat_capacity: 3.0}",
    laws="[conduction, fick%s]",
    initial="{T: 1.0, x_A: 0.2}",
    boundaries="{left: {T: {dirichlet: 2.0}, x_A: {dirichlet: 0.8}}, right: {T: no_flux, x_A: no_flux}}",
    solve="{transient: {until: 0.2, rtol: 1.0e-9}}",
)


@pytest.mark.parametrize(
    "extra, row, delay",
    [
        ("storage: {balance: A, retardation_factor: 2.5}", 1, 2.5),
        ("storage: {balance: A, amount: 3*x_A}", 1, 2.5),
        ("storage: {balance: energy, amount: 1.5*T}", 0, 1.5),
    ],
)
def test_storage_in_proportion_delays(run_text, extra, row, delay):
    plain = run_text(CASE % "").snapshots[-1]
    slow = run_text(CASE % f", {extra}", f"solve.transient.until={0.2 * delay}").snapshots[-1]
    assert np.allclose(slow.values[row], plain.values[row], rtol=1e-6, atol=0)
    ratio = slow.amount(slow.system.balances[row]) / plain.amount(plain.system.balances[row])
    assert ratio == pytest.approx(delay, rel=1e-6, abs=0)


def test_a_curved_isotherm_keeps_the_books(run_text):
    result = run_text(CASE % ", storage: {balance: A, amount: 4*x_A/(0.3 + x_A)}")
    line = next(line for line in result.balance if line.name == "A")
    assert result.ending.succeeded and line.relative_error < 1e-8
    stored = 4 * 0.8 / 1.1 + 2 * 0.8
    late = run_text(CASE % ", storage: {balance: A, amount: 4*x_A/(0.3 + x_A)}", "solve.transient.until=60").snapshots[
        -1
    ]
    assert late.amount(late.system.balances[1]) == pytest.approx(stored, rel=1e-6, abs=0)


@pytest.mark.parametrize("given, says", [("", "neither"), (", amount: 1.0, retardation_factor: 2.0", "both")])
def test_one_of_two_is_needed(complaints, given, says):
    (text,) = complaints(CASE % f", storage: {{balance: A{given}}}")
    assert says in text and "expected one of them" in text


def test_an_amount_that_changes_by_itself_is_refused(complaints):
    (text,) = complaints(CASE % ", storage: {balance: A, amount: x_A*exp(-t)}")
    assert "depends on time" in text and "case.yaml:6:" in text


def test_contract(tmp_path):
    (tmp_path / "case.yaml").write_text(CASE % ", storage: {balance: A, amount: 3*x_A}")
    contract.check_laws(fvtransport.check(tmp_path / "case.yaml"))
