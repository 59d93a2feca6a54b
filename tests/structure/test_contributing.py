"""`CONTRIBUTING.md` draws the rooms as they are, and its table names files that exist."""

from __future__ import annotations

import re

from tests.tools.layout import PACKAGE, PAGE, ROOT, arrows, drawing, drawn


def test_the_drawing_shows_the_rooms():
    assert drawn() == drawing(), "python -m tests.tools.layout --write"


def test_every_path_named_exists():
    named = re.findall(r"`((?:fvtransport|plugins|tests|docs)/[\w./]*)`", PAGE.read_text(encoding="utf-8"))
    placeholders = ("/a/b.py", "NAME", "GROUP")
    missing = [each for each in named if not (ROOT / each).exists() and not any(part in each for part in placeholders)]
    assert named and not missing


def test_every_room_of_the_core_has_a_line_in_the_table():
    _, _, table = PAGE.read_text(encoding="utf-8").partition("## Where a change goes")
    folders = {room.split("/")[0] for room in arrows() if (PACKAGE / room).is_dir()}
    assert not [room for room in folders if f"fvtransport/{room}/" not in table]


def test_make_and_ci_run_the_same_checks():
    makefile, ci = ((ROOT / name).read_text(encoding="utf-8") for name in ("Makefile", ".ci/run"))
    recipe = re.search(r"^check:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    assert recipe and all(tool in recipe[1] for tool in ("ruff check .", "ruff format --check .", "mypy"))
    assert "make check\n" in ci
    hooks = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert all(f"entry: .venv/bin/{tool}" in hooks for tool in ("ruff format", "ruff check", "mypy"))


def test_agents_guide_is_one_page():
    assert len((ROOT / "AGENTS.md").read_text(encoding="utf-8").splitlines()) <= 60
