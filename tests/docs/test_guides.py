"""The code of the guides runs as it stands: files are written, cases checked and run, tests of the reader pass."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tools.command import command

ROOT = Path(__file__).parents[2]
KINDS = ["law", "property", "mixture", "bulk_flow", "boundary", "interface", "observable", "solution"]
GUIDES = [
    "docs/plugin-guide.md",
    "docs/tutorial.md",
    "docs/protocols.md",
    *(f"docs/plugins/{kind}.md" for kind in KINDS),
]
BLOCK = re.compile(r"^```(\w+)(?: file=(\S+))?\n(.*?)^```", re.MULTILINE | re.DOTALL)


def typed(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """What a line of a guide does in a folder."""
    program, *arguments = shlex.split(line)
    assert program == "fvtransport", f"the guide calls {program}"
    return command(folder, *arguments)


LONG = ("docs/tutorial.md",)


@pytest.mark.slow
@pytest.mark.parametrize(
    "guide", [pytest.param(guide, marks=[pytest.mark.long] if guide in LONG else []) for guide in GUIDES]
)
def test_a_guide_does_what_it_says(guide, tmp_path):
    files: dict[str, str] = {}
    commands, scripts = [], []
    for language, name, text in BLOCK.findall((ROOT / guide).read_text(encoding="utf-8")):
        if name:
            files[name] = files.get(name, "") + text
        elif language == "console":
            commands += [line.removeprefix("$ ") for line in text.splitlines() if line.startswith("$ ")]
        elif language == "python":
            scripts.append(text)
    assert files and commands
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    for line in commands:
        done = typed(line, tmp_path)
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
    for script in scripts:
        done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, f"{script}\n{done.stderr}"
    tests = [name for name in files if name.startswith("test_")]
    if tests:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests],
            cwd=tmp_path,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout


def test_the_python_of_the_readme_runs(tmp_path, monkeypatch):
    code = [text for language, _, text in BLOCK.findall((ROOT / "README.md").read_text()) if language == "python"]
    assert code
    monkeypatch.chdir(ROOT)
    for text in code:
        done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True)
        assert done.returncode == 0 and "converged" in done.stdout, done.stderr


def test_the_commands_of_the_readme_answer_as_printed():
    """Blocks with output: what is printed must be what comes, `...` standing for anything."""
    blocks = [text for language, _, text in BLOCK.findall((ROOT / "README.md").read_text()) if language == "console"]
    shown = [text.splitlines() for text in blocks if text.startswith("$ fvtransport") and "\n" in text.strip()]
    assert shown
    for line, *output in shown:
        done = typed(line.removeprefix("$ "), ROOT)
        wanted = ".*".join(re.escape(part) for part in "\n".join(output).split("..."))
        assert re.fullmatch(wanted, (done.stdout + done.stderr).strip(), re.DOTALL), done.stderr


def test_links_of_the_docs_lead_somewhere():
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert not broken, broken


def test_the_reference_is_that_of_the_declarations():
    from fvtransport.model.registry import Registry
    from fvtransport.reference.markdown import reference

    text = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    assert text == reference(Registry.installed()), "run: python -m fvtransport.reference.markdown > docs/reference.md"
