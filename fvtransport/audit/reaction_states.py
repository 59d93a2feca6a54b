"""The declared reactions of a system in its cells, at a state and near it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
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
    """A state in the cells, values (balances, cells), and what the laws declare there.

    Reactions are numbered over all laws; arrays over them have shape (reactions, cells).
    """

    system: System
    t: float
    values: np.ndarray

    @classmethod
    def of(cls, system: System, t: float, values: np.ndarray) -> ReactionState:
        """That of a state of all nodes (balances, nodes)."""
        return cls(system, t, values[:, system.geometry.cells])

    @property
    def mixture(self) -> Mixture:
        """The mixture of the case."""
        return self.system.medium.mixture

    def view(self, values: np.ndarray | None = None) -> CellView:
        """The cells in this state, or in another one (balances, ..., cells)."""
        return CellView(
            self.system.medium, self.t, self.values if values is None else values, self.system.geometry.cell_positions
        )

    def rates(self, view: CellView) -> list[OpposedRates]:
        """What all laws declare at a view of the cells."""
        return [each for law in declaring_laws(self.system).values() for each in law.reactions(view)]

    @cached_property
    def names(self) -> list[str]:
        """The law of each reaction."""
        cells = self.view()
        return [name for name, law in declaring_laws(self.system).items() for _ in law.reactions(cells)]

    @cached_property
    def declared(self) -> list[OpposedRates]:
        """What is declared of each reaction at this state."""
        return self.rates(self.view())

    @cached_property
    def logarithms(self) -> tuple[np.ndarray, np.ndarray]:
        """ln of the forward and of the reverse rates; NaN where there is none or a rate is not above zero."""
        return self._logarithms(self.values)

    def _logarithms(self, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        found, shape = self.rates(self.view(values)), values.shape[1:]
        return _logs([each.forward for each in found], shape), _logs([each.reverse for each in found], shape)

    def derivative(self, field: Field, of: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
        """Derivative by a solved field, all other solved fields being constant, of a function of states.

        of takes perturbed states (balances, 4, cells) and gives an array with the same last two axes; the difference is
        of fourth order, in steps of 1e-4 of the distance to the end of the range.
        """
        step = _STEP * self.reach(field)
        states = np.repeat(self.values[:, None], len(_STENCIL), axis=1)
        states[self.system.medium.row[field]] += np.array([[shift] for shift, _ in _STENCIL]) * step
        weights = np.array([weight for _, weight in _STENCIL])
        return np.einsum("...sn,s->...n", of(states), weights) / (12.0 * step)

    def slopes(self, field: Field) -> tuple[np.ndarray, np.ndarray]:
        """Derivatives of both logarithms by a solved field."""
        both = self.derivative(field, lambda states: np.stack(self._logarithms(states)))
        return both[0], both[1]

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

    def sensible(self, view: CellView) -> list[Any]:
        """sum_i nu_i h_i [J/mol] of each reaction by the enthalpies of the mixture; 0 where it takes them as equal."""
        if not self.mixture.has_enthalpies:
            return [0.0] * len(self.names)
        enthalpies = dict(zip(self.mixture.mole_fractions, self.mixture.molar_enthalpies(view)))
        return [
            sum(nu * enthalpies.get(field, 0.0) for field, nu in each.coefficients.items()) for each in self.declared
        ]

    def matrix(self) -> np.ndarray:
        """Net coefficients nu, (reactions, species that take part)."""
        fields = list(dict.fromkeys(field for each in self.declared for field in each.coefficients))
        return np.array([[each.coefficients.get(field, 0.0) for field in fields] for each in self.declared])


def _logs(rates: list[Any], shape: tuple[int, ...]) -> np.ndarray:
    rates = [np.nan if each is None else each for each in rates]
    found = np.array([np.broadcast_to(np.asarray(each, float), shape) for each in rates])
    return np.log(np.where(found > 0.0, found, np.nan))
