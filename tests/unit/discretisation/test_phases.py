"""A system of one phase evaluates all its terms at the start of that phase, and leaves the other phases alone."""

from __future__ import annotations

import dataclasses

import numpy as np
from fvtransport.plugins import handles as q

import fvtransport as fv
from fvtransport.discretisation.build import build
from fvtransport.discretisation.phases import with_phase_start


class SincePhase(fv.Law):
    """q = 1 + phase_time"""

    def flux(self, face):
        return {q.energy: 1.0 + face.phase_time}

    def source(self, cell):
        return {q.energy: 1.0 + cell.phase_time}


def test_every_term_of_a_phase_knows_its_start(made):
    problem = build(dataclasses.replace(made.pump(), laws={"since": SincePhase()}))
    late = with_phase_start(problem.system, 10.0)
    early, late = (system.evaluate(12.0, problem.values) for system in (problem.system, late))
    assert np.all(early.flux[0] == 13.0) and np.all(early.source[0] == 13.0)
    assert np.all(late.flux[0] == 3.0) and np.all(late.source[0] == 3.0)


def test_so_do_the_fluxes_by_law_and_those_at_zero_gradient(made):
    problem = build(dataclasses.replace(made.pump(), laws={"since": SincePhase()}))
    late = with_phase_start(problem.system, 10.0)
    mean = late.geometry.faces.average(problem.values)
    assert np.all(late.fluxes.by_law(12.0, problem.values)["since"][0] == 3.0)
    assert np.all(late.fluxes.at_zero_gradient(12.0, mean)["since"][0] == 3.0)
