"""The declared reactions of a system in its cells, at a state and near it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from ..discretisation.system import System
from ..model.handles import Field
from ..model.law import Law
from ..model.mixture import Mixture
from ..model.reaction import OpposedRates
from ..model.views import CellView

__all__ = ["ReactionState", "declaring_laws"]

_STEP = 1e-4
_STENCIL = ((-2.0, 1.0), (-1.0, -8.0), (1.0, 8.0), (2.0, -1.0))


def declaring_laws(system: System) -> dict[str, Law]:
    """The laws that declare reactions, by their names in the case."""
    return {name: law for name, law in system.laws.items() if type(law).reactions is not Law.reactions}


@dataclass(frozen=True)
class ReactionState:
    """A state in the cells, values (balances, cells), and what the laws declare there; the cells of several instants
    count as cells, those of the first instant first.

    Reactions are numbered over all laws; arrays over them have shape (reactions, cells).
    """

    system: System
    t: float
    values: np.ndarray

    @classmethod
    def of(cls, system: System, t: float, values: np.ndarray) -> ReactionState:
        """That of states of all nodes, (balances, nodes) or (balances, instants, nodes)."""
        return cls(system, t, values[..., system.geometry.cells].reshape(len(values), -1))

    @property
    def mixture(self) -> Mixture:
        """The mixture of the case."""
        return self.system.medium.mixture

    def view(self) -> CellView:
        """The cells in this state."""
        return CellView(self.system.medium, self.t, self.values, self._positions)

    def depends_on_time(self, times: np.ndarray) -> bool:
        """Whether rates or sources are others at some times than at its own."""
        own = self._given()
        others = (replace(self, t=float(t))._given() for t in dict.fromkeys(times))
        return any(not np.array_equal(one, two, equal_nan=True) for each in others for one, two in zip(own, each))

    def _given(self) -> list[np.ndarray]:
        """Everything that the laws say of their reactions at this state."""
        view, found = self.view(), list[Any]()
        for law in declaring_laws(self.system).values():
            for each in law.reactions(view):
                found += [each.forward, each.reverse, each.enthalpy, each.affinity]
            found += law.source(view).values()
        return [self.on_cells(np.nan if value is None else value) for value in found]

    @cached_property
    def names(self) -> list[str]:
        """The law of each reaction."""
        return [name for name, _ in self._evaluated]

    @cached_property
    def declared(self) -> list[OpposedRates]:
        """What is declared of each reaction at this state, its rates and heat (cells,)."""
        return [
            replace(
                each, forward=self._here(each.forward), reverse=self._here(each.reverse),
                enthalpy=self._here(each.enthalpy), affinity=self._here(each.affinity),
            )
            for _, each in self._evaluated
        ]  # fmt: skip

    @cached_property
    def logarithms(self) -> tuple[np.ndarray, np.ndarray]:
        """ln of the forward and of the reverse rates; NaN where there is none or a rate is not above zero."""
        forward, reverse = self._stacked_logarithms
        return forward[:, 0], reverse[:, 0]

    def slopes(self, field: Field) -> tuple[np.ndarray, np.ndarray]:
        """Derivatives of both logarithms by a solved field, all other solved fields being constant."""
        forward, reverse = self._stacked_logarithms
        return self._derivative(forward, field), self._derivative(reverse, field)

    def heat_slopes(self, field: Field) -> tuple[np.ndarray, np.ndarray]:
        """Derivatives of the declared enthalpies, NaN where there is none, and of `sensible`, likewise."""
        enthalpies = np.array([self._on_stack(np.nan if each.enthalpy is None else each.enthalpy)
                               for _, each in self._evaluated])  # fmt: skip
        return self._derivative(enthalpies, field), self._derivative(self._stacked_sensible, field)

    @property
    def sensible(self) -> np.ndarray:
        """sum_i nu_i h_i [J/mol] of each reaction by the enthalpies of the mixture; 0 where it takes them as equal."""
        return self._stacked_sensible[:, 0]

    @cached_property
    def _varied(self) -> list[Field]:
        """Solved fields by which derivatives may be taken: mole fractions, and what reactions name a temperature."""
        fields = [*self.mixture.mole_fractions, *self.system.medium.fields]
        return [field for field in dict.fromkeys(fields) if self.solves(field)]

    @cached_property
    def _stack(self) -> np.ndarray:
        """This state and all that derivatives need, (balances, 1 + 4 x fields, cells), evaluated at once."""
        stack = np.repeat(self.values[:, None], 1 + len(_STENCIL) * len(self._varied), axis=1)
        shifts = np.array([[shift] for shift, _ in _STENCIL])
        for k, field in enumerate(self._varied):
            stack[self.system.medium.row[field], _block(k)] += shifts * _STEP * self.reach(field)
        return stack

    @cached_property
    def _stacked_view(self) -> CellView:
        return CellView(self.system.medium, self.t, self._stack, self._positions)

    @cached_property
    def _positions(self) -> np.ndarray:
        positions = self.system.geometry.cell_positions
        return np.tile(positions, self.values.shape[1] // positions.shape[1])

    @cached_property
    def _evaluated(self) -> list[tuple[str, OpposedRates]]:
        """The law of each reaction, and what it declares on the stack."""
        laws = declaring_laws(self.system).items()
        return [(name, each) for name, law in laws for each in law.reactions(self._stacked_view)]

    @cached_property
    def _stacked_logarithms(self) -> tuple[np.ndarray, np.ndarray]:
        each = [rates for _, rates in self._evaluated]
        return self._logs([rates.forward for rates in each]), self._logs([rates.reverse for rates in each])

    def _logs(self, rates: list[Any]) -> np.ndarray:
        found = np.array([self._on_stack(np.nan if each is None else each) for each in rates])
        return np.log(np.where(found > 0.0, found, np.nan))

    @cached_property
    def _stacked_sensible(self) -> np.ndarray:
        enthalpies: dict[Field, Any] = {}
        if self.mixture.has_enthalpies:
            enthalpies = dict(zip(self.mixture.mole_fractions, self.mixture.molar_enthalpies(self._stacked_view)))
        sums = (
            sum(nu * enthalpies.get(field, 0.0) for field, nu in each.coefficients.items())
            for _, each in self._evaluated
        )
        return np.array([self._on_stack(each) for each in sums])

    def _derivative(self, stacked: np.ndarray, field: Field) -> np.ndarray:
        """Of fourth order, in steps of 1e-4 of the distance to the end of the range; (..., cells)."""
        weights = np.array([weight for _, weight in _STENCIL])
        around = stacked[..., _block(self._varied.index(field)), :]
        return np.einsum("...sn,s->...n", around, weights) / (12.0 * _STEP * self.reach(field))

    def _on_stack(self, value: Any) -> np.ndarray:
        return np.broadcast_to(np.asarray(value, float), self._stack.shape[1:])

    def _here(self, value: Any) -> np.ndarray | None:
        return None if value is None else self._on_stack(value)[0]

    def reach(self, field: Field) -> np.ndarray:
        """How far a field may move; a mole fraction as far as it, and the one that closes the sum, stay positive."""
        own = self.values[self.system.medium.row[field]]
        reach = np.minimum(np.abs(own), np.minimum(own - field.lower, field.upper - own))
        for closure in self.mixture.closures:
            if any(other is field for other, _ in closure.terms):
                reach = np.minimum(reach, np.broadcast_to(self.view()[closure.field], own.shape))
        return np.where(reach > 0.0, reach, np.nan)

    def solves(self, field: Field) -> bool:
        """Whether a field is solved for."""
        return field in self.system.medium.row

    def on_cells(self, value: Any) -> np.ndarray:
        """A number or an array as an array (cells,)."""
        return np.broadcast_to(np.asarray(value, float), self.values.shape[1:])

    def matrix(self) -> np.ndarray:
        """Net coefficients nu, (reactions, species that take part)."""
        fields = list(dict.fromkeys(field for each in self.declared for field in each.coefficients))
        return np.array([[each.coefficients.get(field, 0.0) for field in fields] for each in self.declared])


def _block(k: int) -> slice:
    """Where the states around the given one are for the k-th field."""
    return slice(1 + k * len(_STENCIL), 1 + (k + 1) * len(_STENCIL))
