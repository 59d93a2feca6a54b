"""The blocks `mixture:`, `properties:` and `laws:`."""

from __future__ import annotations

from ...errors import PluginError
from ...model.mixture import Mixture
from ...model.parameters import Declaration, Declared
from ...model.property import Property
from ..reading.draft import Draft
from ..reading.make_plugin import Choice, build, choice, find, readable
from ..reading.scope import Names
from ..reading.value_types import Reader

__all__ = ["read_mixture"]


def read_mixture(draft: Draft) -> None:
    """Make the mixture and learn its names; those of a mixture with a wrong number are learnt all the same."""
    node = draft.block("mixture")
    if node is None:
        return
    chosen = draft.findings.attempt(choice, node, "a mixture")
    entry = chosen and draft.findings.attempt(find, "mixture", chosen, draft.scope)
    if not entry:
        return
    mixture = draft.findings.attempt(build, entry.cls, chosen, draft.reader)
    stand_in = mixture or _stand_in(entry.cls, chosen, draft.reader)
    if stand_in is None:
        return
    try:
        names = Names.of(stand_in)
        _ = stand_in.provides(), [stand_in.needs(balance) for balance in stand_in.balances]
    except Exception as error:
        raise PluginError(f'mixture "{entry.name}" ({entry.origin}): {type(error).__name__}: {error}') from error
    if len(names.fields) < len(names.remarks) + len(names.solved):
        text = f"{chosen.name} has two fields of one name"
        draft.findings.error(chosen.mark, text, "a different name for each species")
        return
    for name in names.fields:
        if name in draft.scope.given:
            message = f'a parameter cannot be named "{name}": it is a field of the mixture'
            draft.findings.error(draft.mark("parameters", name, key=True), message, "another name")
    draft.know(names=names)
    if mixture is not None:
        mixture = draft.findings.attempt(_with_fields, mixture, chosen, draft.reader)
    draft.mixture, draft.mixture_name = mixture, entry.name
    draft.stand_in = mixture or _with_ones(stand_in, draft.reader)


def _with_fields(mixture: Mixture, chosen: Choice, reader: Reader) -> Mixture:
    """The same mixture, and so the same handles, with its own properties read again now that its fields have names."""
    known = build(type(mixture), chosen, reader)
    names = [each.name for each in mixture.declarations() if isinstance(getattr(mixture, each.name), Property)]
    return mixture.model_copy(update={name: getattr(known, name) for name in names})


def _stand_in(cls: type[Declared], chosen: Choice, reader: Reader) -> Mixture | None:
    """A mixture with ones for the numbers that could not be read; None where names are at stake."""
    given = chosen.body.value if chosen.body is not None and isinstance(chosen.body.value, dict) else {}
    values = readable(cls, chosen, reader)
    for declared in cls.declarations():
        if declared.name not in values and (declared.required or declared.name in given):
            values[declared.name] = _one(reader) if _is_property(declared) else 1.0
    try:
        return cls.model_validate(values)
    except ValueError:
        return None


def _with_ones(mixture: Mixture, reader: Reader) -> Mixture:
    """The same mixture, and so the same handles, with ones for its properties."""
    return mixture.model_copy(update={each.name: _one(reader) for each in mixture.declarations() if _is_property(each)})


def _one(reader: Reader) -> Property:
    cls = reader.scope.registry.get("property", "constant").cls
    return cls.model_validate({cls.shorthand: 1.0})


def _is_property(declared: Declaration) -> bool:
    return isinstance(declared.annotation, type) and issubclass(declared.annotation, Property)
