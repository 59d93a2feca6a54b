"""Views of a state: in cells, on faces, on a boundary, at a point."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from fvtransport.plugins import handles as q

from fvtransport.errors import PluginError
from fvtransport.mesh.faces import Faces
from fvtransport.model.handles import COORDINATES, REGION, TIME, Handle
from fvtransport.model.state import State
from fvtransport.model.views import BoundaryView, CellView, FaceView, PointView, View
from tests.tools.built import SEALED, built
from tests.tools.cases import COUPLED, line

MEANS = "{steady: {mean: {T: 1.0, x_A: 0.5}}}"


@pytest.fixture
def system(tmp_path):
    return built(tmp_path, COUPLED, mesh=line(2, 4), boundaries=SEALED, solve=MEANS).system


@pytest.fixture
def faces():
    """Three faces along the diagonal of x and y."""
    places = np.zeros((4, 4))
    places[0], places[1] = [0.0, 3.0, 6.0, 12.0], [0.0, 4.0, 8.0, 16.0]
    places[3] = [1.0, 1.0, 2.0, 2.0]
    return Faces.along(places)


LEFT = np.array([[1.0, 2.0, 3.0], [0.2, 0.4, 0.6]])
RIGHT = np.array([[2.0, 4.0, 3.0], [0.4, 0.3, 0.6]])


def test_cells_give_fields_and_what_closes_them(system):
    cell = CellView(system.medium, 5.0, LEFT, np.arange(12.0).reshape(4, 3))
    A, B = cell.species
    assert np.array_equal(cell[q.temperature], LEFT[0]) and np.array_equal(cell[A], LEFT[1])
    assert np.allclose(cell[B], 1.0 - LEFT[1], rtol=1e-15)
    assert np.array_equal(cell[COORDINATES[1]], [3.0, 4.0, 5.0]) and cell[TIME] == 5.0
    assert cell.solves(q.temperature) and cell.solves(A) and not cell.solves(B)
    assert cell.number(q.thermal_diffusion_coefficient) == 0.3 and cell.normal is None


def test_a_value_is_computed_once(system):
    calls = []

    class Counted(Handle):
        def evaluate(self, view):
            calls.append(view)
            return 3.0

    handle, view = Counted("n"), View(system.medium)
    assert (view[handle], view[handle], len(calls)) == (3.0, 3.0, 1)
    assert view.where({handle: 4.0})[handle] == 4.0 and view[handle] == 3.0 and len(calls) == 1


def test_a_state_without_a_place_has_no_coordinates(system):
    point = PointView(system.medium, {q.temperature: 4.0})
    assert point[q.temperature] == 4.0
    with pytest.raises(TypeError, match="without a position"):
        point[COORDINATES[0]]


def test_regions_are_told_by_their_number(system, faces):
    system.medium.regions = {"a": 1, "b": 2}
    view = FaceView(system.medium, 0.0, LEFT, RIGHT, faces)
    assert view.left.inside("a").tolist() == [True, True, False]
    assert view.right[REGION].tolist() == [1.0, 2.0, 2.0]


def test_faces_have_means_and_gradients_along_their_normals(system, faces):
    face = FaceView(system.medium, 0.0, LEFT, RIGHT, faces)
    A, B = face.species
    assert face[q.temperature].tolist() == [1.5, 3.0, 3.0]
    assert np.allclose(face.distance, [5.0, 5.0, 10.0], rtol=1e-15)
    assert np.allclose(face.grad(q.temperature), [0.2, 0.4, 0.0], rtol=1e-14)
    assert np.allclose(face.grad(B), -face.grad(A), rtol=1e-15)
    assert face.between_nodes is face and not face.asked_vector


def test_gradient_vectors_without_slopes_lie_along_the_normals(system, faces):
    face = FaceView(system.medium, 0.0, LEFT, RIGHT, faces)
    vector = face.gradient(q.temperature)
    assert face.asked_vector and np.allclose(vector[:2, 0], [0.12, 0.16], rtol=1e-14)
    assert np.allclose((vector * face.normal).sum(axis=0), face.grad(q.temperature), rtol=1e-14)


def test_slopes_shift_both_sides_and_correct_the_gradient(system, faces):
    shift, correction, tangential = np.full((2, 3), 0.1), np.full((2, 3), 0.5), np.full((3, 2, 3), 2.0)
    slopes = SimpleNamespace(shift=shift, correction=correction, tangential=tangential, direction=None)
    plain, face = (FaceView(system.medium, 0.0, LEFT, RIGHT, faces, each) for each in (None, slopes))
    T = q.temperature
    assert np.allclose(face[T], plain[T] + 0.1, rtol=1e-14)
    assert np.allclose(face.left[T], LEFT[0] + 0.1) and np.allclose(face.right[T], RIGHT[0] + 0.1)
    assert np.allclose(face.grad(T), plain.grad(T) + 0.5, rtol=1e-14)
    assert np.allclose(face.gradient(T), face.normal * face.grad(T) + 2.0, rtol=1e-14)


def test_between_nodes_gradients_lie_along_the_lines(system, faces):
    direction = np.array([[1.0], [0.0], [0.0]]) * np.ones(3)
    slopes = SimpleNamespace(shift=None, correction=np.ones((2, 3)), tangential=None, direction=direction)
    line_view = FaceView(system.medium, 0.0, LEFT, RIGHT, faces, slopes).between_nodes
    assert np.array_equal(line_view.normal, direction)
    assert np.allclose(line_view.grad(q.temperature), [0.2, 0.4, 0.0], rtol=1e-14)


def test_a_frozen_view_has_one_state_everywhere(system, faces):
    A = system.medium.species[0]
    state = State(((q.temperature, 9.0), (A, 0.25)))
    face = FaceView(system.medium, 0.0, LEFT, RIGHT, faces)
    frozen = face.frozen(state)
    assert np.all(frozen[q.temperature] == 9.0) and not np.any(frozen.grad(A))
    assert np.all(face.left.frozen(state)[A] == 0.25)
    assert face.at(None) is face and face.at(state)[q.temperature] == 9.0


@pytest.mark.parametrize("name, sign, at", [("left", -1.0, 0), ("right", 1.0, -1)])
def test_a_boundary_sees_its_own_faces_and_the_flux_out(system, name, sign, at):
    boundary, states = system.geometry.boundaries[name], np.arange(10.0).reshape(2, 5)
    flux = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
    view = BoundaryView(system.medium, 0.0, 1, states, flux, replace(boundary))
    assert view.value.tolist() == [states[1, at]] and view[q.temperature].tolist() == [states[0, at]]
    assert view.flux.tolist() == [sign * flux[at]] and view.area.tolist() == [1.0]
    assert view.balance is system.balances[1]
    with pytest.raises(PluginError, match="tensor"):
        _ = view.normal


def test_time_in_a_phase_counts_from_its_start(system):
    system.medium.phase_start = 3.0
    assert View(system.medium, t=10.0).phase_time == 7.0
