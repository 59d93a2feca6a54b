"""Text and tables on a terminal or in plain text, always on standard error by default."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["PLAIN_WIDTH", "number_text", "print_parts", "table", "text"]

PLAIN_WIDTH = 100


def print_parts(parts: Iterable[RenderableType], file: TextIO | None) -> None:
    """Print to standard error or to a file; plain text without colour, padding or wrapped sentences off a terminal."""
    from rich.console import Console
    from rich.text import Text

    stream = sys.stderr if file is None else file
    if stream.isatty():
        Console(file=stream, highlight=False).print(*parts, sep="\n")
        return
    console = Console(file=stream, width=PLAIN_WIDTH, highlight=False, color_system=None)
    with console.capture() as capture:
        for part in parts:
            console.print(part, soft_wrap=isinstance(part, Text))
    print("\n".join(line.rstrip() for line in capture.get().rstrip("\n").split("\n")), file=stream)


def text(content: str, style: str = "") -> RenderableType:
    """A text in a style of `rich`."""
    from rich.text import Text

    return Text(content, style=style)


def table(
    title: str, headings: Sequence[str], rows: Iterable[Sequence[str]],
    numbers: Sequence[int] = (), names: Sequence[int] = (),
) -> RenderableType:  # fmt: skip
    """A table without borders below its title.

    Columns in `numbers` are aligned to the right; cells in columns of `numbers` and `names` are not wrapped.
    """
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    body = Table(box=None, pad_edge=False, header_style="dim")
    for index, heading in enumerate(headings):
        is_number, is_unbroken = index in numbers, index in (*numbers, *names)
        body.add_column(Text(heading), justify="right" if is_number else "left", no_wrap=is_unbroken, overflow="fold")
    for row in rows:
        body.add_row(*(Text(cell) for cell in row))
    return Group(Text(title, style="bold"), body, Text(""))


def number_text(value: float | None) -> str:
    """A number with six significant digits; empty for None."""
    return "" if value is None else f"{value:.6g}"
