"""The format of result and sweep folders, a number in their JSON; it grows when a folder is to be read differently."""

from __future__ import annotations

from pathlib import Path
from typing import Any

__all__ = ["FORMAT", "KEY", "format_mistake"]

FORMAT = 1
KEY = "format"


def format_mistake(data: Any, folder: Path | str, cure: str) -> str:
    """Why a folder with these data in its JSON file is not read, with its name and a cure; '' where it is.

    cure is that of a folder that was written in an earlier format.
    """
    found = data.get(KEY) if isinstance(data, dict) else None
    if isinstance(found, int) and not isinstance(found, bool):
        if found == FORMAT:
            return ""
        text, cure = f"has format {found}", "install a newer fvtransport" if found > FORMAT else cure
    else:
        text = "has no format number" if found is None else f"has the format {found!r}, which is not a number"
    return f"{folder} {text}, and this version reads format {FORMAT}; {cure}"
