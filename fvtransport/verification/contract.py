"""The contracts that plugins of every kind must keep, as checks that their authors can use in their own tests.

from fvtransport import check, contract
contract.check_plugins(check("my_case.yaml"))
contract.check_order(check("my_case.yaml"))

Each check of one kind takes an instance, or a class of which the case has instances:
contract.check_property(MyProperty, check("my_case.yaml"))
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, get_args

import numpy as np

from ..case.model import Case
from ..discretisation.boundary_equation import BoundaryEquation
from ..errors import PluginError, plugin_call
from ..model.boundary import Boundary
from ..model.handles import Balance, Field
from ..model.interface import Interface
from ..model.law import Law
from ..model.mixture import BulkFlow, Mixture
from ..model.observable import Observable
from ..model.parameters import Declared
from ..model.property import Property, properties_in
from ..model.solution import Solution
from . import contract_kinds as kinds
from .contract_error import ContractError
from .contract_interface import interface_breaches
from .contract_law import law_breaches
from .contract_order import check_order
from .contract_trial import MISFITS, ContractTrial, started

__all__ = [
    "ContractError",
    "check_boundary",
    "check_bulk_flow",
    "check_declaration",
    "check_interface",
    "check_law",
    "check_laws",
    "check_mixture",
    "check_observable",
    "check_order",
    "check_plugins",
    "check_property",
    "check_solution",
    "violations",
]

_PLACE = re.compile(r"\{(\w+)\}")
_OF_FIELD = frozenset({"field", "flux", "source", "content"})
Plugin = Declared | type[Declared]
Used = tuple[str, Declared, Callable[[ContractTrial], Iterator[str]]]


def check_plugins(case: Case) -> None:
    """Hold every plugin of a case against the contract of its kind; raises ContractError with all breaches."""
    _require(case, _used(case))


def check_laws(case: Case) -> None:
    """Hold every law of a case against the contract; raises ContractError with all breaches."""
    _require(case, _laws(case))


def check_law(law: Law | type[Law], case: Case) -> None:
    """Hold one law, or all of a class in a case, against the contract; raises ContractError with all breaches."""
    _check(law, case, lambda each: lambda trial: law_breaches(trial, each))


def check_property(prop: Property | type[Property], case: Case) -> None:
    """The same for a property: values that broadcast, `constant` and `jumps` that are true."""
    _check(prop, case, lambda each: lambda trial: kinds.property_breaches(trial, each))


def check_mixture(mixture: Mixture | type[Mixture], case: Case) -> None:
    """The same for a mixture: storage and convective flux; an instance must be that of the case."""
    _check(mixture, case, lambda each: lambda trial: kinds.mixture_breaches(trial, each))


def check_bulk_flow(flow: BulkFlow | type[BulkFlow], case: Case) -> None:
    """The same for a bulk flow: one total flux for both cells of a face."""
    _check(flow, case, lambda each: lambda trial: kinds.bulk_flow_breaches(trial, each))


def check_boundary(condition: Boundary | type[Boundary], case: Case) -> None:
    """The same for a condition, on every boundary of the case: it depends on the field or its flux; an own storage."""

    def of(each: Boundary) -> Callable[[ContractTrial], Iterator[str]]:
        return lambda trial: _on_boundaries(trial, each)

    _check(condition, case, of)


def check_interface(condition: Interface | type[Interface], case: Case) -> None:
    """The same for a condition between two materials, on all interfaces: it depends on a side or on the flux."""

    def of(each: Interface) -> Callable[[ContractTrial], Iterator[str]]:
        given = [
            field for between in case.interfaces.values() for field, own in between.items() if own.condition is each
        ]
        return _between(each, given[0] if given else case.mixture.balances[0].field)

    _check(condition, case, of)


def check_observable(observable: Observable | type[Observable], case: Case) -> None:
    """The same for an observable: one number with a unit."""
    _check(observable, case, lambda each: lambda trial: kinds.observable_breaches(trial, each))


def check_solution(solution: Solution | type[Solution], case: Case) -> None:
    """The same for a closed form: finite fields and observables of the right shape."""
    _check(solution, case, lambda each: lambda trial: kinds.solution_breaches(trial, each))


def violations(case: Case, law: Law) -> Iterator[str]:
    """Every breach by one law of a case, in words."""
    yield from check_declaration(type(law))
    yield from law_breaches(ContractTrial(replace(case, laws={"law": law})), law)


def check_declaration(cls: type[Declared]) -> Iterator[str]:
    """What the documentation needs: a docstring with the equation, the meaning of every parameter, known units."""
    if "=" not in (cls.__doc__ or ""):
        yield "its docstring gives no equation"
    for declaration in cls.declarations():
        if not declaration.meaning:
            yield f"parameter {declaration.name} has no meaning"
        for place in sorted(set(_PLACE.findall(declaration.unit)) - _places(cls)):
            yield f"the unit of {declaration.name} has the place {{{place}}}, which nothing fills"


def _places(cls: type[Declared]) -> frozenset[str]:
    """Place-holders that units of a plugin may have; any where it fills them itself."""
    if cls.place_units.__func__ is not Declared.place_units.__func__:
        return frozenset(place for declaration in cls.declarations() for place in _PLACE.findall(declaration.unit))
    of_field = issubclass(cls, (Boundary, Interface)) or any(
        {Field, Balance} & {each.annotation, *get_args(each.annotation)} for each in cls.declarations()
    )
    return (_OF_FIELD if of_field else frozenset()) | ({"property"} if issubclass(cls, Property) else frozenset())


def _check(plugin: Plugin, case: Case, breaches: Callable[[Any], Callable[[ContractTrial], Iterator[str]]]) -> None:
    if not isinstance(plugin, type):
        return _require(case, [(type(plugin).__name__, plugin, breaches(plugin))])
    found = [each for each in _used(case) if type(each[1]) is plugin]
    if not found:
        raise ContractError(f"{plugin.__name__}: {case.path.name} uses no plugin of this class")
    return _require(case, found)


def _require(case: Case, used: list[Used]) -> None:
    """Raise ContractError with the breaches of all plugins given, each breach of a plugin once."""
    trial, found = started(case), []
    with np.errstate(all="ignore"):
        for name, plugin, breaches in used:
            found += [f"{name}: {text}" for text in _declaration(plugin)]
            try:
                texts = plugin_call("failed at an admissible state", lambda breaches=breaches: list(breaches(trial)))
            except PluginError as error:
                texts = [str(error)]
            except MISFITS as error:
                texts = [f"failed at an admissible state: {type(error).__name__}: {error}"]
            found += [f"{name}: {text}" for text in texts]
    if found:
        raise ContractError("\n".join(dict.fromkeys(found)))


def _declaration(plugin: Declared) -> Iterator[str]:
    """Breaches of the declaration; only laws and closed forms must state an equation."""
    for text in check_declaration(type(plugin)):
        if isinstance(plugin, Law) or "equation" not in text:
            yield text


def _used(case: Case) -> list[Used]:
    """Every plugin of a case with its checks."""
    mixture = case.mixture
    found = [*_laws(case), *_properties(case)]
    found.append((f"mixture {case.mixture_name}", mixture, lambda trial: kinds.mixture_breaches(trial, mixture)))
    for name in type(mixture).model_fields:
        if isinstance(flow := getattr(mixture, name), BulkFlow):
            found.append((name, flow, lambda trial, flow=flow: kinds.bulk_flow_breaches(trial, flow)))
    for boundary, entries in case.boundaries.items():
        for field, entry in entries.items():
            what, condition = f"{entry.name} of {field.name} on {boundary}", entry.condition
            found.append((what, condition, lambda trial, each=condition: _on_boundaries(trial, each)))
    for regions, between in case.interfaces.items():
        for field, entry in between.items():
            what, check = (
                f"{entry.name} of {field.name} between {' and '.join(regions)}",
                _between(entry.condition, field),
            )
            found.append((what, entry.condition, check))
    for observed in case.observe:
        observable = observed.observable
        what = f"observable {observed.name}"
        found.append((what, observable, lambda trial, each=observable: kinds.observable_breaches(trial, each)))
    if case.comparison is not None:
        solution = case.comparison.solution
        what = f"solution {case.comparison.name}"
        found.append((what, solution, lambda trial: kinds.solution_breaches(trial, solution)))
    return found


def _laws(case: Case) -> list[Used]:
    return [(name, law, lambda trial, law=law: law_breaches(trial, law)) for name, law in case.laws.items()]


def _properties(case: Case) -> list[Used]:
    """The properties of a case, those among the parameters of its other plugins too."""
    given = [(handle.name, value) for handle, value in case.properties.items()]
    given += [(handle.name, value) for handle, value in case.mixture.provides().items()]
    owners = [(case.mixture_name, case.mixture), *case.laws.items()]
    for boundary, entries in case.boundaries.items():
        owners += [(f"{entry.name} of {field.name} on {boundary}", entry.condition) for field, entry in entries.items()]
    given += [(f"a property of {name}", each) for name, owner in owners for each in properties_in(owner)]
    for regions, between in case.interfaces.items():
        owners = [(f"{entry.name} between {' and '.join(regions)}", entry.condition) for entry in between.values()]
        given += [(f"a property of {name}", each) for name, owner in owners for each in properties_in(owner)]
    return [
        (f"{name} ({type(prop).__name__})", prop, lambda trial, prop=prop: kinds.property_breaches(trial, prop))
        for name, prop in given
    ]


def _between(condition: Interface, field: Field) -> Callable[[ContractTrial], Iterator[str]]:
    return lambda trial: interface_breaches(trial, condition, field)


def _on_boundaries(trial: ContractTrial, condition: Boundary) -> Iterator[str]:
    """Breaches wherever a condition is used; on the boundaries of the first field where the case does not use it."""
    own = [each for each in trial.system.boundary_equations if each.condition is condition]
    for equation in own or trial.system.boundary_equations:
        tried = BoundaryEquation(equation.boundary, equation.row, equation.field, condition)
        yield from kinds.boundary_breaches(trial, tried)
