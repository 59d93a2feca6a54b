"""Warnings and remarks as lines, each with its grade."""

import fvtransport
from fvtransport.audit.verdict import Audit, Finding, Verdict
from fvtransport.report.message_lines import message_lines
from fvtransport.results.messages import Messages
from tests.tools.cases import PUMP


def lines(folder, messages: Messages, audit: Audit | None = None, mode: str = "warn") -> list[str]:
    (folder / "case.yaml").write_text(PUMP)
    case = fvtransport.check(folder / "case.yaml", [f"audit={mode}"])
    return [str(each) for each in message_lines(case, messages, audit and audit.held_to(case.audit))]


def test_every_message_has_its_grade(tmp_path):
    messages = Messages(("too coarse",), (("no heat", "it is a demonstration"),), ("a note",))
    assert lines(tmp_path, messages) == [
        "warning: too coarse",
        "expected warning: no heat (because it is a demonstration)",
        "remark: a note",
    ]


def test_what_the_audit_shows_is_not_said_twice_and_strict_says_what_it_refuses(tmp_path):
    audit = Audit((Finding("soret", "reciprocity", Verdict.ONE_WAY, "no partner"),))
    said = lines(tmp_path, Messages(remarks=("no partner", "other")), audit, "strict")
    assert said == ["refused by audit: strict (exit code 4): soret (one-way)", "remark: other"]
