"""The block `mixture:`."""

from __future__ import annotations

from typing import Any, get_args

from pydantic import ValidationError

from ...errors import PluginError, plugin_call
from ...model.elementary import Constant
from ...model.mixture import BulkFlow, Mixture
from ...model.parameters import Declaration, Declared, parameters_of
from ...model.property import Property
from ...model.validation import Context, first_mistake
from ..reading.builder import CaseBuilder
from ..reading.case_reader import CaseReader
from ..reading.make_plugin import build, given_values, readable
from ..reading.scope import Names
from ..reading.selection import Selection, find, select
from ..reading.type_table import is_property
from ..text.yaml_tree import Node

__all__ = ["read_mixture"]


def read_mixture(builder: CaseBuilder) -> None:
    """Make the mixture and its names; a mixture with a wrong number has names too."""
    node = builder.block("mixture")
    if node is None:
        return
    selection = builder.diagnostics.attempt(select, node, "a mixture")
    entry = selection and builder.diagnostics.attempt(find, "mixture", selection, builder.scope)
    if not entry:
        return
    mixture = builder.diagnostics.attempt(build, entry.cls, selection, builder.reader)
    placeholder = mixture or builder.diagnostics.attempt(_placeholder, entry.cls, selection, builder.reader)
    if placeholder is None:
        return
    try:
        names = plugin_call(f'mixture "{entry.name}" ({entry.origin})', lambda: _names(placeholder))
    except PluginError:
        if mixture is None:  # its placeholder may lack what the mistake noted above is about
            return
        raise
    if len(names.fields) < len(names.remarks) + len(names.solved):
        text = f"{selection.name} has two fields of one name"
        builder.diagnostics.error(selection.mark, text, "a different name for each species")
        return
    for name in names.fields:
        if name in builder.scope.given:
            message = f'a parameter cannot be named "{name}": it is a field of the mixture'
            builder.diagnostics.error(builder.mark("parameters", name, key=True), message, "another name")
    builder.know(names=names)
    if mixture is not None:
        mixture = builder.diagnostics.attempt(_with_fields, mixture, selection, builder.reader)
    builder.mixture, builder.mixture_name = mixture, entry.name
    builder.placeholder = mixture or _with_ones(placeholder)


def _names(mixture: Mixture) -> Names:
    """The names of a mixture, whose other members that blocks need are tried here."""
    _ = mixture.provides(), [mixture.needs(balance) for balance in mixture.balances]
    return Names.of(mixture)


def _with_fields(mixture: Mixture, selection: Selection, reader: CaseReader) -> Mixture:
    """The same mixture, and so the same handles, with its own properties read again now that its fields have names."""
    known = build(type(mixture), selection, reader)
    names = [declared.name for declared, value in parameters_of(mixture) if isinstance(value, Property)]
    return mixture.model_copy(update={name: getattr(known, name) for name in names})


def _placeholder(cls: type[Declared], selection: Selection, reader: CaseReader) -> Declared | None:
    """A plugin with ones for the numbers that could not be read; None where names depend on what could not be read."""
    values = readable(cls, selection, reader)
    for name, node in given_values(cls, selection, reader.scope).items():
        declared = next((each for each in cls.declarations() if each.name == name), None)
        if declared is not None and name not in values:
            values[name] = _substitute(declared, node, reader)
    for declared in cls.declarations():
        if declared.required and declared.name not in values:
            values[declared.name] = Constant(value=1.0) if is_property(declared) else 1.0
    try:
        made = plugin_call(selection.name, lambda: cls.model_validate(values))
        wrong = plugin_call(selection.name, lambda: first_mistake(made.validate(Context())))
    except (ValidationError, PluginError, ArithmeticError):  # the mistake itself is reported where the value is read
        return None
    return None if wrong else made


def _substitute(declared: Declaration, node: Node, reader: CaseReader) -> Any:
    """Something of the type of an unreadable parameter: ones for numbers, a placeholder of its own for a bulk flow."""
    types = [declared.annotation, *get_args(declared.annotation)]
    if any(isinstance(each, type) and issubclass(each, BulkFlow) for each in types):
        selection = select(node, f"a kind of {declared.name}")
        return _placeholder(find("bulk_flow", selection, reader.scope).cls, selection, reader)
    if is_property(declared):
        return Constant(value=1.0)
    return dict.fromkeys(node.value, 1.0) if isinstance(node.value, dict) else 1.0


def _with_ones(mixture: Mixture) -> Mixture:
    """The same mixture, and so the same handles, with ones for its properties."""
    one = Constant(value=1.0)
    return mixture.model_copy(update={each.name: one for each in mixture.declarations() if is_property(each)})
