"""Interfaces over the phases of a protocol."""

import pytest

import fvtransport
from tests.tools.cases import PURE, case_text, line

MESH = line(2, 4, regions='{a: "x < 1", b: "x >= 1"}')


def text(second: str) -> str:
    phases = f"{{on: {{duration: 1}}, off: {{duration: 1, interfaces: {second}}}}}"
    return case_text(
        PURE, mesh=MESH, interfaces="{a-b: {T: {contact_resistance: 0.5}}}", initial="{T: 1}",
        boundaries="{default: {T: {dirichlet: 1}}}", solve="transient", protocol=f"{{phases: {phases}, repeat: 1}}",
    )  # fmt: skip


def test_a_phase_may_change_a_resistance(tmp_path):
    (tmp_path / "case.yaml").write_text(text("{a-b: {T: {contact_resistance: 2}}}"))
    assert len(fvtransport.check(tmp_path / "case.yaml").protocol.phases) == 2


def test_an_interface_has_one_name_in_all_phases(tmp_path):
    (tmp_path / "case.yaml").write_text(text("{b-a: {T: {contact_resistance: 2}}}"))
    with pytest.raises(fvtransport.CaseError, match="b-a is the interface a-b"):
        fvtransport.check(tmp_path / "case.yaml")
