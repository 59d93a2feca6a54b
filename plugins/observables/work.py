"""Work and whatever else sources produce."""

from fvtransport import Observable, SolvedState, plugin

from ..handles import energy


@plugin("work")
class Work(Observable):
    """Energy that the sources of all laws have produced in the domain since the start:  W = integral of s dV dt    [J]

    Where a body force is the only source of energy it is the work that the force does on what moves,
    s = sum over k of N_k . F_k ; positive where the force warms the domain. Integrated with the solution, not from
    stored output. See `produced` for any balance.
    """

    unit = energy.amount_unit
    needs_time = True

    def measure(self, state: SolvedState) -> float:
        return state.cumulative_production(energy)
