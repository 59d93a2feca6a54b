"""Files to start from: a case, or a law with a case and its tests. All of them run as they are written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files
from keyword import iskeyword
from pathlib import Path
from string import Template

from ..errors import FvtransportError
from ..model.registry import Registry

__all__ = ["ScaffoldError", "write_case", "write_plugin"]


class ScaffoldError(FvtransportError):
    """A name that cannot be used, or a file that exists already."""

    exit_code = 2


def write_case(name: str) -> list[Path]:
    """Write `<name>.yaml`; ScaffoldError where it exists."""
    target = Path(name).with_suffix(".yaml")
    return _write(target.parent, {target.name: _filled("case.yaml", title=target.stem.replace("_", " "))})


def write_plugin(name: str, registry: Registry) -> list[Path]:
    """Write `<name>.py` with a law of that name, `<name>.yaml` that uses it and `test_<name>.py`.

    ScaffoldError where the name is none, or taken by an installed law, or one of the files exists.
    """
    target = Path(name)
    stem = target.name.removesuffix(".py")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", stem) or iskeyword(stem):
        raise ScaffoldError(f'"{stem}" is not a name for a plugin; expected small letters, digits and underscores')
    if registry.has("law", stem):
        raise ScaffoldError(
            f'a law is named "{stem}" already ({registry.get("law", stem).origin}); choose another name'
        )
    words = {"name": stem, "cls": "".join(part.capitalize() for part in stem.split("_"))}
    templates = {f"{stem}.py": "law.py", f"{stem}.yaml": "law.yaml", f"test_{stem}.py": "test_law.py"}
    return _write(target.parent, {file: _filled(template, **words) for file, template in templates.items()})


def _filled(template: str, **words: str) -> str:
    """The text of a template with its place-holders `$name` filled in."""
    text = files(__package__).joinpath("templates", f"{template}.txt").read_text(encoding="utf-8")
    return Template(text).substitute(words)


def _write(folder: Path, texts: Mapping[str, str]) -> list[Path]:
    """Write all files or none."""
    paths = [folder / file for file in texts]
    if standing := [str(path) for path in paths if path.exists()]:
        raise ScaffoldError(f"{', '.join(standing)} exists and is left alone; choose another name")
    try:
        for path, text in zip(paths, texts.values()):
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
    except OSError as error:
        raise ScaffoldError(f"{folder} cannot be written: {error.strerror or error}") from error
    return paths
