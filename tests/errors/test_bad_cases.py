"""Bad cases, one edit of a good case each: the one message that each gives, and the place that it points at."""

from __future__ import annotations

from pathlib import Path

import pytest

from fvtransport.case.checks.checked_case import load
from fvtransport.errors import CaseError, Problem
from fvtransport.model.registry import Registry
from tests.errors.inputs.good import GOOD, ISOTHERMAL, REDUCED, STEADY
from tests.errors.inputs.posed import POSED
from tests.errors.inputs.written import EXPRESSIONS, NAMES, VALUES

BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 10)}]\n" for a, b in zip("abcdef", "bcdefg")
)
TEXTS = [
    ("empty", b"", "1:1", "the text is empty"),
    ("list", b"- a\n- b\n", "1:1", "the file contains a list"),
    ("single value", b"hello\n", "1:1", 'the file contains "hello"'),
    (
        "python tag",
        GOOD.replace("mixing", "!!python/object/apply:os.system ['true']").encode(),
        "1:8",
        "is not allowed",
    ),
    ("alias bomb", BOMB.encode(), "3:", "aliases repeat more than"),
    ("tab", GOOD.replace("  diffusivity", "\tdiffusivity").encode(), "7:1", "tab"),
    ("second document", f"{GOOD}---\na: 1\n".encode(), "19:1", "a second document"),
    ("binary", b"title: \xff\xfe\x00", "1:1", "binary or not UTF-8"),
    ("NUL", b"title: a\x00b\n", "1:9", "unreadable character"),
    ("over 10 MB", b"# " + b"x" * 10_000_000, "1:1", "over 10 MB"),
]
BAD = [*NAMES, *VALUES, *EXPRESSIONS, *POSED]


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.installed()


def problems(folder: Path, text: str | bytes, registry: Registry, *overrides: str) -> tuple[Problem, ...]:
    """What is wrong with a case; nothing when it loads."""
    path = folder / "case.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    try:
        load(path, overrides, registry)
    except CaseError as error:
        return error.problems
    return ()


def position(problem: Problem) -> str:
    return f"{problem.mark.line}:{problem.mark.column}"


@pytest.mark.parametrize("text", [GOOD, STEADY, REDUCED, ISOTHERMAL], ids=["time", "steady", "reduced", "isothermal"])
def test_the_good_cases_are_good(tmp_path, registry, text):
    assert problems(tmp_path, text, registry) == ()


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
def test_one_mistake_gives_one_message_at_its_place(tmp_path, registry, bad):
    assert bad.base.count(bad.old) == 1
    found = problems(tmp_path, bad.base.replace(bad.old, bad.new), registry)
    assert len(found) == 1, found
    assert f"{position(found[0])}:".startswith(bad.position)
    head, line, caret = found[0].render().split("\n")
    assert bad.says in head
    assert line.partition("| ")[2] and caret.partition("| ")[2].lstrip().startswith("^")


@pytest.mark.parametrize(("text", "at", "says"), [each[1:] for each in TEXTS], ids=[each[0] for each in TEXTS])
def test_a_text_that_is_no_case(tmp_path, registry, text, at, says):
    found = problems(tmp_path, text, registry)
    assert f"{position(found[0])}:".startswith(at)
    assert says in found[0].render()


def test_nothing_is_written_and_python_tags_do_not_run(tmp_path, registry):
    marker = tmp_path / "ran"
    text = GOOD.replace("mixing", f"!!python/object/apply:pathlib.Path.touch [{marker}]")
    assert problems(tmp_path, text, registry)
    assert [path.name for path in tmp_path.iterdir()] == ["case.yaml"]


TEN = """\
titel: ten mistakes
parameters: {E: 0.035, L: 40.0, a: b, b: a}
mesh: {type: Grid1D, length: L, cells: 0}
mixture: {binary: {species: [A, B], concentration: -0.1}}
properties: {diffusivity: 2.1, conductivity: 0.4 m, thermal_diffusion_coefficient: -1.1, heat_capacity: 0.2}
laws: [conduction, fick, sorret]
initial: {T: -1.0, x_A: 0.5 + 0.5*e}
boundaries:
  left: {T: {dirichlet: 300 K}, x_A: no_flux}
  rigth: {T: {dirichlet: 300 K}, x_A: no_flux}
solve: {transient: {until: 3000, rtol: 1}}
"""


def test_ten_mistakes_in_one_file_are_reported_at_once(tmp_path, registry):
    found = problems(tmp_path, TEN, registry)
    lines = ["1:1", "2:36", "3:40", "4:52", "5:46", "6:26", "7:14", "7:35", "10:3", "11:40"]
    assert [position(each) for each in found] == lines


def test_an_override_is_quoted_in_place_of_the_file(tmp_path, registry):
    (found,) = problems(tmp_path, GOOD, registry, "mesh.cells=0")
    assert found.render().startswith("--set mesh.cells=0:1:12: cells = 0 is out of range")
    (found,) = problems(tmp_path, GOOD, registry, "mesh.cell=3")
    assert found.nearest == "cells"


def test_values_that_look_like_something_else(tmp_path, registry):
    """1e-3 is a number, 1/K a unit, species NO and Y are text."""
    text = GOOD.replace("[A, B]", "[NO, Y]").replace("x_A", "x_NO").replace("E: 0.035", "E: 1e-3")
    text = text.replace("thermal_diffusion_coefficient: -1.1", "soret_coefficient: 2e-3 1/K")
    assert problems(tmp_path, text, registry) == ()
