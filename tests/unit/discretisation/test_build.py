"""From a case to its system: start, sizes, jumps between materials, and what is refused."""

import numpy as np
import pytest

from fvtransport.discretisation.build import build
from fvtransport.errors import CaseError
from fvtransport.mesh.spec import MeshError
from tests.tools.built import CLOSED, LAYERS, PLANE, built
from tests.tools.cases import line

FIXED = "{default: {T: {dirichlet: 1}}}"


def test_the_start_is_that_of_the_case(made):
    found = build(made.pump())
    x, cells = found.system.geometry.position[0], found.system.geometry.cells
    assert found.values[1, cells] == pytest.approx(0.5 + 0.5 * 0.035 * (20.0 - x[cells])) and np.all(
        found.values[0] == 1
    )
    assert found.scale.shape == (2,) and np.all(found.scale > 0.0) and found.t == 0.0 and found.mesh is not None


def test_a_run_starts_at_its_time(tmp_path):
    found = built(tmp_path, boundaries=CLOSED, initial="{T: 2}", solve="{transient: {until: 5, start: 3}}")
    assert found.t == 3.0 and np.all(found.values == 2.0)


@pytest.mark.parametrize(
    ("blocks", "count"),
    [
        ({"properties": "{conductivity: 1, heat_capacity: 1}"}, 0),
        ({"properties": "{conductivity: {by_region: {a: 1, b: 4}}, heat_capacity: 1}"}, 1),
        ({"interfaces": "{a-b: {T: {contact_resistance: 1}}}"}, 1),
        ({"observe": "{q: {interface_flux: {of: energy, interface: a-b}}}"}, 1),
    ],
)
def test_faces_are_cut_where_materials_differ_or_a_case_names_an_interface(tmp_path, blocks, count):
    assert len(built(tmp_path, mesh=LAYERS, boundaries=FIXED, **blocks).system.geometry.interfaces) == count


def test_observables_in_time_are_integrated_once(tmp_path):
    observe = "{a: entropy_produced, b: entropy_produced, c: {mean: T}}"
    blocks = {"boundaries": CLOSED, "observe": observe, "initial": "{T: 2}"}
    assert len(built(tmp_path, **blocks, solve="{transient: 1}").system.time_integrated) == 1


REFUSED = [
    (
        {"mesh": line(3, 3, regions='{a: "x < 1", b: "x > 2", c: "x > 1 and x < 2"}'),
         "interfaces": "{a-b: {T: {contact_resistance: 1}}}"},
        "a and b have no face in common",
    ),
    (
        {"mesh": line(3, 3, regions='{a: "x < 1"}'),
         "properties": "{conductivity: {by_region: {a: 1}}, heat_capacity: 1}"},
        "conductivity: 2 of 3 positions lie in none of the regions a",
    ),
    (
        {"mesh": PLANE, "boundaries": "{default: {T: {reservoir: 1}}}", "solve": "{transient: 1}", "initial": "{T: 1}"},
        "one reservoir cannot follow them all",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("blocks", "says"), REFUSED)
def test_what_only_the_mesh_shows_is_refused(tmp_path, blocks, says):
    with pytest.raises((CaseError, MeshError), match=says):
        built(tmp_path, **{"boundaries": FIXED, **blocks})
