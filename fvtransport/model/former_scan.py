"""Uses of former names in a Python file, with their places."""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Callable, Iterator
from pathlib import Path

from ..errors import Mark, Problem
from .entry import KINDS
from .flux_view import FluxView
from .former_names import CALLS, KEYWORDS, NAMES, VIEWS
from .former_use import absolute, current_module, current_name, former_members, import_text, member_text
from .solved_state import SolvedState
from .views import BoundaryView, CellView, FaceView, PointView, View

__all__ = ["former_uses"]

_PACKAGE = "fvtransport"
_INTERFACES = {cls.__name__: cls for cls in KINDS.values()}
_VIEWS = {cls.__name__: cls for cls in (View, PointView, CellView, FaceView, FluxView, BoundaryView, SolvedState)}
_Function = ast.FunctionDef | ast.AsyncFunctionDef


def former_uses(path: Path) -> list[Problem]:
    """What a file imports, defines and reads by former names; nothing where it is not Python."""
    try:
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
    except (OSError, ValueError, SyntaxError):
        return []
    uses = _Uses(str(path), text)
    uses.visit(tree)
    return uses.problems


class _Uses(ast.NodeVisitor):
    """Walks through a file. `problems` are the uses of former names found so far."""

    def __init__(self, source: str, text: str) -> None:
        self._source, self._lines = source, text.splitlines()
        self._paths: dict[str, str] = {}  # of imported names
        self._interfaces: dict[str, str] = {}  # of classes in the file
        self._views: dict[str, str] = {}  # of parameters of the function
        self._modules: set[str] = set()  # reported ones
        self.problems: list[Problem] = []

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            if new := current_module(alias.name):
                self._report_module(alias, alias.name, new)
            self._paths[alias.asname or alias.name.partition(".")[0]] = (
                alias.name if alias.asname else alias.name.partition(".")[0]
            )

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        if node.module is None or node.level:
            return
        for alias in node.names:
            path = node.module if alias.name == "*" else f"{node.module}.{alias.name}"
            module, new = current_module(path), current_name(path)
            if new and module:
                self._report_module(alias, path, module)
            elif new and new == current_module(node.module):
                self._report_module(alias, node.module, new)
            elif new:
                self._report(alias, len(alias.name), f"{path} is now {new}", import_text(new))
            self._paths[alias.asname or alias.name] = path if module else new or path

    def visit_Attribute(self, node: ast.Attribute) -> None:
        root, *chain = _chain(node)
        if root in self._views:
            self._check_view(node, root, ".".join(chain))
        elif root in self._paths:
            path = ".".join((self._paths[root], *chain))
            key = path.removeprefix(f"{_PACKAGE}.")
            new = current_module(path)
            if key != path and NAMES.get(key, key) != key:
                self._report(node, len(node.attr), f"{path} is now {absolute(NAMES[key])}", absolute(NAMES[key]))
            elif new and path not in self._modules and current_name(path):
                self._report_module(node, path, new)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        path = self._path(node.func)
        new = CALLS.get(path.removeprefix(f"{_PACKAGE}.")) if path.startswith(_PACKAGE) else None
        if new and (node.args or any(each.arg == "name" for each in node.keywords)):
            length = len(_chain(node.func)[-1])
            self._report(node.func, length, f"{path} with a name is now {absolute(new)}", import_text(absolute(new)))
        name = path.rpartition(".")[2] if path.startswith(_PACKAGE) else ""
        for keyword in node.keywords:
            if reason := KEYWORDS.get(name, {}).get(keyword.arg or ""):
                message = f"`{keyword.arg}` of {name} is not needed: {reason}"
                self._report(keyword, len(keyword.arg or ""), message, f"{name}(...) without `{keyword.arg}`")
        self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        interface = next((found for base in node.bases if (found := self._interface(base))), "")
        self._interfaces[node.name] = interface
        former = former_members(interface) if interface else {}
        for place, name in _members(node):
            if new := former.get(name):
                cure = _signature(getattr(_INTERFACES[interface], new), new)
                self._report(place, len(name), member_text(interface, name, new), cure)
        for each in [*node.decorator_list, *node.bases, *node.body]:
            if interface and isinstance(each, _Function):
                hook = getattr(_INTERFACES[interface], former.get(each.name, each.name), None)
                self._visit_function(each, _views_of(hook))
            else:
                self.visit(each)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._visit_function(node, [])

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self._visit_function(node, [])

    def _visit_function(self, node: _Function, given: list[str]) -> None:
        """given are the views that the parameters are, in order, '' for any other; annotations say more."""
        outer = self._views
        parameters = [*node.args.posonlyargs, *node.args.args]
        views = [*given, *[""] * len(parameters)]
        self._views = {name: view for name, view in outer.items() if name not in {each.arg for each in parameters}}
        for parameter, view in zip(parameters, views):
            if stated := self._view(parameter.annotation) or view:
                self._views[parameter.arg] = stated
        self.generic_visit(node)
        self._views = outer

    def _check_view(self, node: ast.Attribute, root: str, member: str) -> None:
        for cls in _VIEWS[self._views[root]].__mro__:
            if new := VIEWS.get(cls.__name__, {}).get(member):
                self._report(node, len(node.attr), f"{root}.{member} is now {root}.{new}", f"{root}.{new}")

    def _path(self, node: ast.expr) -> str:
        """The path of an imported name; '' of anything else."""
        root, *chain = _chain(node)
        return ".".join((self._paths[root], *chain)) if root in self._paths else ""

    def _view(self, annotation: ast.expr | None) -> str:
        """The name of the view that an annotation names, '' for any other."""
        if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
            path = self._paths.get(annotation.value, "")
        else:
            path = "" if annotation is None else self._path(annotation)
        name = (current_name(path) or path).removeprefix(f"{_PACKAGE}.")
        return name if name in _VIEWS else ""

    def _interface(self, base: ast.expr) -> str:
        """The name of the interface that a base class is or implements, '' where it is not known."""
        root, *chain = _chain(base)
        path = self._path(base)
        if not path:
            return self._interfaces.get(root, "") if not chain else ""
        name = (current_name(path) or path).removeprefix(f"{_PACKAGE}.")
        if name in _INTERFACES or not path.startswith(f"{_PACKAGE}."):
            return name if name in _INTERFACES else ""
        try:
            module, _, name = path.rpartition(".")
            bases = getattr(importlib.import_module(module), name).__mro__
        except (ImportError, AttributeError):  # the import of the file itself says why
            return ""
        return next((each.__name__ for each in bases if each in _INTERFACES.values()), "")

    def _report_module(self, node: ast.alias | ast.Attribute, path: str, new: str) -> None:
        self._modules.add(path)
        length = len(node.attr) if isinstance(node, ast.Attribute) else len(node.name)
        self._report(node, length, f"{path} is now {new}", new)

    def _report(
        self, node: ast.expr | ast.stmt | ast.alias | ast.keyword, length: int, message: str, cure: str
    ) -> None:
        """A problem at a node of that many characters; at the last ones of an attribute, at the name of a function."""
        number, start = node.lineno, node.col_offset
        if isinstance(node, ast.Attribute):
            number, start = node.end_lineno or number, (node.end_col_offset or 0) - length
        line = self._lines[number - 1]
        column = len(line.encode()[:start].decode())
        if isinstance(node, _Function):
            column = line.index(node.name, column)
        self.problems.append(Problem(Mark(self._source, number, column + 1, length, line), message, cure))


def _chain(node: ast.expr) -> list[str]:
    """The names in `a.b.c`; a first name of '' where it does not begin with a name."""
    if isinstance(node, ast.Name):
        return [node.id]
    return [*_chain(node.value), node.attr] if isinstance(node, ast.Attribute) else [""]


def _members(node: ast.ClassDef) -> Iterator[tuple[ast.stmt | ast.expr, str]]:
    """What a class defines, parameters aside."""
    for each in node.body:
        if isinstance(each, _Function):
            yield each, each.name
        targets = each.targets if isinstance(each, ast.Assign) else []
        if isinstance(each, ast.AnnAssign) and "ClassVar" in ast.unparse(each.annotation):
            targets = [each.target]
        yield from ((target, target.id) for target in targets if isinstance(target, ast.Name))


def _views_of(hook: Callable[..., object] | None) -> list[str]:
    """The views that the parameters of a member of an interface are, in order, '' for any other."""
    if not inspect.isfunction(hook):
        return []
    stated = (str(each.annotation) for each in inspect.signature(hook).parameters.values())
    return [name if name in _VIEWS else "" for name in stated]


def _signature(member: object, name: str) -> str:
    """A member as it is defined, without types."""
    return f"{name}({', '.join(inspect.signature(member).parameters)})" if inspect.isfunction(member) else name
