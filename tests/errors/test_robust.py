"""Whatever is done to a case file, it loads or it is refused with marked problems."""

from __future__ import annotations

import copy
import math
from datetime import timedelta

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fvtransport.case.checks.checked_case import load
from fvtransport.case.text.yaml_reader import parse
from fvtransport.case.text.yaml_tree import plain
from fvtransport.errors import CaseError
from fvtransport.model.registry import Registry
from tests.tools.cases import PUMP, STEADY

REGISTRY = Registry.installed()
VALUES = [
    0, -1, 2, 0.5, -300, 1e308, -1e-308, math.nan, math.inf, 10**400, 1_000_000, "", None, True, [], {}, "T", "x_A",
    "x", "t", "NO", "A", "energy", "left", "default", "steady", "conduction", "no_flux", "1/0", "1/(T - 300)", "1/x",
    "(x_A - 1)**0.5", "log(-1)", "sqrt(x - 20)", "exp(1000*T)", "9**9**9**9", "where(t > 3, 1, 2)", "3 m", "5 %",
    "a" * 300, "\u00e9", "${x}", [1, 2], ["A", "B"], {"a": 1}, {"expression": "T"}, {"constant": 3}, {"T": 1},
    {"inverse_linear": {"at_infinite_dilution": 1, "beta": 2}}, {"dirichlet": "T"}, {"neumann": "T - x_A"},
    {"robin": {"coefficient": 0, "reference": 1}}, [{"source": {"balance": "A", "rate": "1/(T - 1)"}}],
]  # fmt: skip


def paths(tree, above=()):
    items = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, child in items:
        yield (*above, key)
        yield from paths(child, (*above, key))


@st.composite
def mutations(draw, good):
    tree = copy.deepcopy(good)
    for _ in range(draw(st.integers(1, 3))):
        *above, last = draw(st.sampled_from(list(paths(tree)) or [("title",)]))
        parent = tree
        for key in above:
            parent = parent[key]
        if draw(st.integers(0, 5)) == 0 and last in (parent if isinstance(parent, dict) else range(len(parent))):
            del parent[last]
        else:
            parent[last] = copy.deepcopy(draw(st.sampled_from(VALUES)))
    return tree


@pytest.mark.slow
def test_a_mutated_case_loads_or_is_refused(tmp_path):
    good = [plain(parse(text, "case")) for text in (PUMP, STEADY)]
    path = tmp_path / "case.yaml"

    @settings(
        max_examples=300, deadline=timedelta(seconds=5), suppress_health_check=list(HealthCheck), derandomize=True
    )
    @given(st.sampled_from(good).flatmap(mutations))
    def refuses_or_loads(tree):
        path.write_text(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False), encoding="utf-8")
        try:
            load(path, (), REGISTRY)
        except CaseError as error:
            assert error.problems and not any(problem.warning for problem in error.problems)

    refuses_or_loads()
