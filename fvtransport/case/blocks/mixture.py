"""The blocks `mixture:`, `properties:` and `laws:`."""

from __future__ import annotations

from ...errors import PluginError
from ...model.elementary import Constant
from ...model.mixture import Mixture
from ...model.parameters import Declared
from ...model.property import Property
from ..reading.builder import CaseBuilder
from ..reading.case_reader import CaseReader
from ..reading.make_plugin import build, readable
from ..reading.scope import Names
from ..reading.selection import Selection, find, select
from ..reading.type_table import is_property

__all__ = ["read_mixture"]


def read_mixture(builder: CaseBuilder) -> None:
    """Make the mixture and learn its names; those of a mixture with a wrong number are learnt all the same."""
    node = builder.block("mixture")
    if node is None:
        return
    selection = builder.diagnostics.attempt(select, node, "a mixture")
    entry = selection and builder.diagnostics.attempt(find, "mixture", selection, builder.scope)
    if not entry:
        return
    mixture = builder.diagnostics.attempt(build, entry.cls, selection, builder.reader)
    placeholder = mixture or _placeholder(entry.cls, selection, builder.reader)
    if placeholder is None:
        return
    try:
        names = Names.of(placeholder)
        _ = placeholder.provides(), [placeholder.needs(balance) for balance in placeholder.balances]
    except Exception as error:
        raise PluginError(f'mixture "{entry.name}" ({entry.origin}): {type(error).__name__}: {error}') from error
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


def _with_fields(mixture: Mixture, selection: Selection, reader: CaseReader) -> Mixture:
    """The same mixture, and so the same handles, with its own properties read again now that its fields have names."""
    known = build(type(mixture), selection, reader)
    names = [each.name for each in mixture.declarations() if isinstance(getattr(mixture, each.name), Property)]
    return mixture.model_copy(update={name: getattr(known, name) for name in names})


def _placeholder(cls: type[Declared], selection: Selection, reader: CaseReader) -> Mixture | None:
    """A mixture with ones for the numbers that could not be read; None where names are at stake."""
    given = selection.body.value if selection.body is not None and isinstance(selection.body.value, dict) else {}
    values = readable(cls, selection, reader)
    for declared in cls.declarations():
        if declared.name not in values and (declared.required or declared.name in given):
            values[declared.name] = Constant(value=1.0) if is_property(declared) else 1.0
    try:
        return cls.model_validate(values)
    except ValueError:
        return None


def _with_ones(mixture: Mixture) -> Mixture:
    """The same mixture, and so the same handles, with ones for its properties."""
    one = Constant(value=1.0)
    return mixture.model_copy(update={each.name: one for each in mixture.declarations() if is_property(each)})
