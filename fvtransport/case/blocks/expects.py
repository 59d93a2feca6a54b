"""The key `expects:` of a case: the warnings that it is known to have, each with the reason."""

from __future__ import annotations

from ..expected_warning import ExpectedWarning
from ..reading.builder import CaseBuilder
from ..text.problems import kind_of, unknown
from ..text.yaml_tree import Node, Scalar

__all__ = ["EXPECTS", "read_expects"]

EXPECTS = {"warning": "a text that occurs in the warning", "because": "the reason why the case has it"}
"""The keys of an entry, each with what it holds."""
_ENTRY = "{warning: text that occurs in it, because: reason}"


def read_expects(builder: CaseBuilder) -> None:
    """Read the expected warnings; an entry with a mistake is reported and left out."""
    node = builder.block("expects")
    if node is None:
        return
    if not isinstance(node.value, list):
        builder.diagnostics.error(node.mark, f"expects: found {kind_of(node)}", f"a list of {_ENTRY}")
        return
    found = [_entry(builder, each) for each in node.value]
    builder.expects = tuple(each for each in found if each is not None)


def _entry(builder: CaseBuilder, node: Node) -> ExpectedWarning | None:
    """One entry; None where it has a mistake."""
    if not isinstance(node.value, dict):
        builder.diagnostics.error(node.mark, f"expects: found {kind_of(node)}", _ENTRY)
        return None
    before = builder.diagnostics.losses
    for name, given in node.value.items():
        if name not in EXPECTS:
            builder.diagnostics.problems.append(unknown("key", name, given.key_mark, EXPECTS))
    texts = {name: _text(builder, node, name) for name in EXPECTS}
    return None if builder.diagnostics.losses > before else ExpectedWarning(texts["warning"], texts["because"])


def _text(builder: CaseBuilder, node: Node, name: str) -> str:
    """The text of a key of an entry; empty, with the mistake noted, where there is none."""
    given = node.value.get(name)
    if given is None:
        builder.diagnostics.error(node.mark, f"expects: {name} is missing", EXPECTS[name])
    elif not isinstance(given.value, Scalar):
        builder.diagnostics.error(given.mark, f"expects: {name}: found {kind_of(given)}", EXPECTS[name])
    elif not given.value.text.strip():
        builder.diagnostics.error(given.mark, f"expects: {name} is empty", EXPECTS[name])
    else:
        return given.value.text.strip()
    return ""
