"""Numbers one after another in a section of a mesh file, as text or binary."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Protocol

import numpy as np

__all__ = ["Bytes", "DamagedError", "Rows", "Section", "Source", "Words"]

_WORD = re.compile(rb"\S+")
_FOUR = re.compile(rb"\s*" + rb"\s+".join([rb"([0-9]{1,18})"] * 4) + rb"\s")
_EXACT = 2.0**53
_MOST_HEADERS = 1_000_000
_TYPES = {"i": "i4", "z": "u8", "d": "f8"}


class DamagedError(Exception):
    """A section ends before it is complete, or holds what is no number; line is that of the file, 0 if not known."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class Section:
    """The content of a section and the line of the file on which it begins."""

    name: str
    data: bytes
    line: int

    def line_at(self, offset: int) -> int:
        """The line of a place in the content."""
        return self.line + self.data.count(b"\n", 0, offset)

    def count(self) -> tuple[int, Section]:
        """The count on the first line, and what follows; DamagedError where there is none."""
        blank = len(self.data) - len(self.data.lstrip())
        end = self.data.find(b"\n", blank) + 1 or len(self.data)
        word = self.data[blank:end].strip()
        if not re.fullmatch(rb"[0-9]{1,18}", word):
            raise DamagedError(f"${self.name} does not begin with a count", self.line_at(blank))
        return int(word), Section(self.name, self.data[end:], self.line_at(end))


class Rows(NamedTuple):
    """Elements of one kind with as many tags each: their places among all (n,), their tags and nodes (n, ...)."""

    kind: int
    tags: int
    order: np.ndarray
    numbers: np.ndarray


class Source(Protocol):
    """Numbers one after another: whole numbers (i), sizes (z), coordinates (d)."""

    def counts(self) -> list[int]:
        """The first four sizes, which announce what follows; they are not taken."""
        ...

    def take(self, kind: str, count: int) -> np.ndarray:
        """The next numbers; DamagedError where there are fewer."""
        ...

    def nodes(self, count: int) -> tuple[np.ndarray, np.ndarray]:
        """Numbers (n,) and coordinates (n, 3) of the next nodes, one beside the other."""
        ...

    def elements(self, count: int, width: Callable[[int], int]) -> list[Rows]:
        """The next elements in the manner of format 2.2; width gives the nodes of each kind."""
        ...


class Words:
    """The numbers of a section of text."""

    def __init__(self, section: Section) -> None:
        self._section, self._at = section, 0

    @cached_property
    def _numbers(self) -> np.ndarray:
        return _numbers(self._section)

    def counts(self) -> list[int]:
        """The first four sizes."""
        found = _FOUR.match(self._section.data)
        if found is None:
            raise DamagedError(f"${self._section.name} does not begin with four counts", self._section.line)
        return [int(each) for each in found.groups()]

    def take(self, kind: str, count: int) -> np.ndarray:
        """The next numbers; DamagedError where there are fewer, or fractions for whole numbers."""
        found = self._next(count)
        return found if kind == "d" else self._whole(found, np.arange(self._at - count, self._at))

    def nodes(self, count: int) -> tuple[np.ndarray, np.ndarray]:
        """Numbers (n,) and coordinates (n, 3) of the next nodes."""
        rows = self._next(4 * count).reshape(count, 4)
        return self._whole(rows[:, 0], np.arange(self._at - 4 * count, self._at, 4)), rows[:, 1:].copy()

    def elements(self, count: int, width: Callable[[int], int]) -> list[Rows]:
        """The next elements, those of one kind with as many tags together."""
        starts: dict[tuple[int, int], list[np.ndarray]] = {}
        orders: dict[tuple[int, int], list[np.ndarray]] = {}
        done = 0
        while done < count:
            kind, tags, stride = self._head(width)
            here = _alike(self._numbers, self._at, stride, count - done)
            starts.setdefault((kind, tags), []).append(self._at + stride * np.arange(here))
            orders.setdefault((kind, tags), []).append(np.arange(done, done + here))
            self._at += stride * here
            done += here
        found = []
        for (kind, tags), parts in starts.items():
            at = np.concatenate(parts)[:, None] + np.arange(3, 3 + tags + width(kind))
            numbers = self._whole(self._numbers[at].ravel(), at.ravel()).reshape(at.shape)
            found.append(Rows(kind, tags, np.concatenate(orders[kind, tags]), numbers))
        return found

    def _head(self, width: Callable[[int], int]) -> tuple[int, int, int]:
        """Kind, number of tags and number of words of the next element."""
        words = self._numbers[self._at + 1 : self._at + 3].tolist()
        if len(words) < 2:
            raise self._short()
        if not all(each.is_integer() and abs(each) < _EXACT for each in words):
            raise DamagedError("a number that is not whole, or too large", self._line(self._at + 1))
        kind, tags = (int(each) for each in words)
        if tags < 0:
            raise DamagedError("a number of tags below 0", self._line(self._at + 2))
        stride = 3 + tags + width(kind)
        if self._at + stride > self._numbers.size:
            raise self._short()
        return kind, tags, stride

    def _next(self, count: int) -> np.ndarray:
        if not 0 <= count <= self._numbers.size - self._at:
            raise self._short()
        self._at += count
        return self._numbers[self._at - count : self._at]

    def _whole(self, numbers: np.ndarray, words: np.ndarray) -> np.ndarray:
        """Numbers as integers, given which words of the section they are."""
        with np.errstate(invalid="ignore"):
            wrong = np.flatnonzero(~(np.abs(numbers) < _EXACT) | (numbers != np.trunc(numbers)))
        if wrong.size:
            raise DamagedError("a number that is not whole, or too large", self._line(int(words[wrong[0]])))
        return numbers.astype(np.int64)

    def _short(self) -> DamagedError:
        return DamagedError(f"${self._section.name} is cut short", self._section.line_at(len(self._section.data)))

    def _line(self, word: int) -> int:
        """The line of a word by its number."""
        for n, match in enumerate(_WORD.finditer(self._section.data)):
            if n == word:
                return self._section.line_at(match.start())
        return 0


def _numbers(section: Section) -> np.ndarray:
    """Every number of a section of text."""
    if not section.data.strip():
        return np.zeros(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", DeprecationWarning)
            return np.fromstring(section.data, sep=" ")
    except (ValueError, DeprecationWarning):
        for match in _WORD.finditer(section.data):
            if not _is_number(match.group()):
                line = section.line_at(match.start())
                raise DamagedError(f"${section.name} holds what is no number", line) from None
        raise DamagedError(f"${section.name} holds what is no number") from None


def _is_number(word: bytes) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return b"_" not in word


def _alike(numbers: np.ndarray, at: int, stride: int, most: int) -> int:
    """How many elements from a place on have the kind and number of tags of the first; few are read where few are."""
    most = min(most, (numbers.size - at) // stride)
    first, looked = numbers[at + 1 : at + 3], 1
    while looked < most:
        begin, looked = looked, min(8 * looked, most)
        rows = numbers[at + begin * stride : at + looked * stride].reshape(-1, stride)[:, 1:3]
        other = np.flatnonzero((rows != first).any(axis=1))
        if other.size:
            return begin + int(other[0])
    return most


class Bytes:
    """The numbers of a binary section."""

    def __init__(self, section: Section, order: str) -> None:
        self._section, self._order, self._at = section, order, 0

    def counts(self) -> list[int]:
        """The first four sizes."""
        found = self.take("z", 4).tolist()
        self._at = 0
        return found

    def take(self, kind: str, count: int) -> np.ndarray:
        """The next numbers; DamagedError where there are fewer."""
        found = self._next(np.dtype(self._order + _TYPES[kind]), count)
        if kind != "d" and count and found.max() >= _EXACT:
            raise DamagedError(f"${self._section.name} holds a number that is too large")
        return found.astype(float if kind == "d" else np.int64)

    def nodes(self, count: int) -> tuple[np.ndarray, np.ndarray]:
        """Numbers (n,) and coordinates (n, 3) of the next nodes."""
        found = self._next(np.dtype([("n", self._order + "i4"), ("x", self._order + "f8", 3)]), count)
        return found["n"].astype(np.int64), found["x"].astype(float)

    def elements(self, count: int, width: Callable[[int], int]) -> list[Rows]:
        """The next elements, together as the headers before them have them."""
        found: list[Rows] = []
        done = 0
        while done < count:
            kind, follow, tags = self.take("i", 3).tolist()
            if not 1 <= follow <= count - done or tags < 0 or len(found) >= _MOST_HEADERS:
                raise DamagedError(f"${self._section.name} holds a wrong count")
            rows = self.take("i", follow * (1 + tags + width(kind))).reshape(follow, -1)
            found.append(Rows(kind, tags, np.arange(done, done + follow), rows[:, 1:]))
            done += follow
        return found

    def _next(self, each: np.dtype, count: int) -> np.ndarray:
        if count < 0 or self._at + count * each.itemsize > len(self._section.data):
            raise DamagedError(f"${self._section.name} is cut short")
        found = np.frombuffer(self._section.data, each, count, self._at)
        self._at += count * each.itemsize
        return found
