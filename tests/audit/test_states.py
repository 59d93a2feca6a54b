"""Many instants at once, and one by one where the laws depend on time."""

import numpy as np
import pytest

from fvtransport.audit.states import states_of
from fvtransport.discretisation.snapshot import Snapshot
from tests.audit.pair import pair


def _snapshots(problem, times):
    rising = [problem.values * (1.0 + 0.01 * k) for k in range(len(times))]
    return [Snapshot(problem.system, t, values) for t, values in zip(times, rising)]


def test_instants_are_stacked_and_places_named(tmp_path):
    snapshots = _snapshots(pair(tmp_path), (0.0, 0.5, 2.0))
    (states,) = states_of(snapshots)
    faces = snapshots[0].evaluation.flux.shape[1]
    assert states.places == 3 * faces
    for k, snapshot in enumerate(snapshots):
        np.testing.assert_array_equal(states.flux[:, k * faces : (k + 1) * faces], snapshot.evaluation.flux)
    assert states.at(2 * faces) == "at x = 0, t = 2" or states.at(2 * faces).endswith("t = 2")
    assert states.at(faces - 1).endswith("t = 0")


@pytest.mark.parametrize(("conductivity", "parts"), [("0.5", 1), ("0.5 + 0.1*t", 3), ("0.5 + 0.1*T", 1)])
def test_laws_that_depend_on_time_are_seen_at_their_own(tmp_path, conductivity, parts):
    given = "diffusivity: 2.0, heat_capacity: 0.2, thermal_diffusion_coefficient: -1.2"
    problem = pair(tmp_path, properties=f'{{{given}, conductivity: "{conductivity}"}}')
    found = list(states_of(_snapshots(problem, (0.0, 0.5, 2.0))))
    assert len(found) == parts and sum(each.times.size for each in found) == 3
