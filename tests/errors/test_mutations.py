"""Shipped cases with random mistakes: a check passes, reports mistakes with their places, or names a broken plugin."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest

from fvtransport.case.checks.checked_case import load
from fvtransport.errors import CaseError, PluginError, Problem
from fvtransport.model.registry import Registry
from tests.tools.mutate import as_text, load_tree, mutated

CASES = Path(__file__).parents[2] / "cases"
COUNT = int(os.environ.get("FVTRANSPORT_MUTATIONS", "150"))
"""Mutated cases for each seed."""


@pytest.fixture(scope="module")
def trees(tmp_path_factory):
    """Every shipped case as plain data, with a copy of its folder, so that the files it names are found."""
    copy = tmp_path_factory.mktemp("mutated") / "cases"
    shutil.copytree(CASES, copy)
    return [(path, load_tree(path)) for path in sorted(copy.rglob("*.yaml"))]


def _in_text(problem: Problem, path: Path, lines: list[str]) -> bool:
    mark = problem.mark
    if mark.source != str(path) or not 1 <= mark.line <= len(lines):
        return False
    return 1 <= mark.column <= len(lines[mark.line - 1]) + 1 and mark.text in ("", lines[mark.line - 1])


def _fault(path: Path, text: str, registry: Registry) -> str:
    """What is wrong with the answer to a case; '' where it is as promised."""
    path.write_text(text, encoding="utf-8")
    try:
        load(path, registry=registry)
    except CaseError as error:
        lost = [problem for problem in error.problems if not _in_text(problem, path, text.split("\n"))]
        if lost or not error.problems:
            return f"not in the text: {lost}"
        return f"hidden failure: {error.__cause__!r}" if error.__cause__ is not None else ""
    except PluginError as error:
        return "" if str(error) else "a plugin fails without a word"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


def _check(trees, seed: int, count: int) -> None:
    registry, faults = Registry.installed(), []
    print(f"seed {seed}, {count} cases")
    for number in range(count):
        path, tree = trees[(number + seed) % len(trees)]
        text = as_text(mutated(tree, random.Random(f"{seed} {number}")))
        if fault := _fault(path.with_name("mutated.yaml"), text, registry):
            faults.append(f"seed {seed}, number {number}, {path.name}: {fault}\n{text}")
    assert not faults, "\n".join(faults[:5])


@pytest.mark.parametrize("seed", range(4))
def test_no_mistake_ends_in_a_traceback(trees, seed):
    _check(trees, seed, COUNT)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 110))
def test_no_mistake_among_many_ends_in_a_traceback(trees, seed):
    _check(trees, seed, 14 * COUNT)


def test_the_cases_themselves_pass_in_this_form(trees):
    """Without a mistake the text written here is read as the case, or nothing would be tested."""
    registry = Registry.installed()
    for path, tree in trees:
        again = path.with_name("mutated.yaml")
        again.write_text(as_text(tree), encoding="utf-8")
        assert load(again, registry=registry).title
