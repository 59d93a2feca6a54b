"""Results read back are what they were: states, walls, comparison, histories; also as FiPy variables."""

import json
from dataclasses import replace

import numpy as np
import pytest

import fvtransport
from fvtransport.outcome import Ending, Outcome
from fvtransport.report.figures import draw as plot
from fvtransport.results import write as store
from tests.tools.cases import ISOTHERMAL, PURE, binary, case_text, line

PLATE = case_text(
    PURE,
    title="Plate",
    mesh="{type: Grid2D, length: [2.0, 1.0], cells: [6, 4], depth: 3.0}",
    properties="{conductivity: 1 + T/10, heat_capacity: 2.0}",
    initial="{T: 1 + x*y}",
    boundaries="""
  left: {T: {dirichlet: 1.0 + y}}
  default: {T: no_flux}""",
    solve="{transient: {until: 1.0, times: [0.5], samples: 3}}",
    observe="{mean: {mean: T, at: [0.5, 1.0]}, out: {amount_through: {of: energy, through: left}}}",
)
TUBE = case_text(
    ISOTHERMAL,
    title="Tube",
    units=None,
    parameters="{concentration: 40.9, diffusivity: 1.65e-5, length: 0.1, x_left: 0.9, x_right: 0.1}",
    mesh=line("length", 10),
    mixture=binary("concentration", temperature=298),
    properties="{diffusivity: diffusivity}",
    boundaries="{left: {x_A: {dirichlet: x_left}}, right: {x_A: {dirichlet: x_right}}}",
    observe="{N_A: {flux: {of: A, through: right}}}",
    compare="{solution: emcd_slab, tolerance: 1.0e-12}",
)


LAYERS = case_text(
    ISOTHERMAL,
    title="Layers",
    mesh=line(2, 10, regions='{a: "x < 1", b: "x >= 1"}'),
    properties="{diffusivity: {by_region: {a: 1.0, b: 3.0}}}",
    initial="{x_A: 0.1}",
    boundaries="{left: {x_A: {dirichlet: 0.9}}, right: {x_A: no_flux}}",
    interfaces="{a-b: {x_A: {sorption: 0.4}}}",
    solve="{transient: {until: 1.0, times: [0.5], samples: 3}}",
    observe="{x_A: {surface: {of: x_A, interface: a-b}}}",
)


@pytest.fixture(scope="module", params=[PLATE, TUBE, LAYERS], ids=["plate", "tube", "layers"])
def pair(request, tmp_path_factory):
    """A result, and the same read back; leave both as they are."""
    folder = tmp_path_factory.mktemp("pair")
    (folder / "case.yaml").write_text(request.param)
    result = fvtransport.run(folder / "case.yaml")
    store.write(result, folder / "out")
    return result, fvtransport.load(folder / "out")


def test_every_state_comes_back_to_the_last_bit(pair):
    result, loaded = pair
    assert [s.t for s in loaded.result.snapshots] == [s.t for s in result.snapshots] == list(loaded.times)
    for before, after in zip(result.snapshots, loaded.result.snapshots):
        np.testing.assert_array_equal(after.values, before.values)
        for old, new in zip(result.system.balances, loaded.result.system.balances):
            assert after.amount(new) == before.amount(old)
            for boundary in result.system.geometry.boundaries if not before.is_steady else ():
                assert after.cumulative_outflow(new, boundary) == before.cumulative_outflow(old, boundary)


def test_walls_have_one_value_per_face(pair):
    result, loaded = pair
    for field in result.system.medium.fields:
        for name, boundary in result.system.geometry.boundaries.items():
            values = loaded.boundaries[field.name][name]
            assert values.shape == (loaded.times.size, boundary.area.size)
            np.testing.assert_array_equal(values[-1], result.snapshots[-1].on_boundary(field, name))


def test_comparison_observables_and_histories_are_those_of_the_run(pair):
    result, loaded = pair
    again = loaded.result
    assert again.observables == result.observables
    for before, after in zip(result.case.observe, again.case.observe):
        np.testing.assert_array_equal(again.history(after.observable), result.history(before.observable))
    assert (again.comparison and again.comparison.errors) == (result.comparison and result.comparison.errors)
    assert again.ending == result.ending and loaded.summary == json.loads(json.dumps(result.summary()))


def test_figures_can_be_drawn_from_the_folder_alone(pair, tmp_path):
    result, loaded = pair
    if result.system.geometry.dimension == 1:
        (tmp_path / "figures").mkdir()
        assert plot.draw(loaded.result, tmp_path / "figures")


def test_fields_come_as_fipy_variables_on_their_mesh(pair):
    result, loaded = pair
    end = result.snapshots[-1]
    variables = loaded.cell_variables()
    for field in result.system.medium.fields:
        variable = variables[field.name]
        np.testing.assert_array_equal(variable.value, end.cells(field))
        centres = np.asarray(variable.mesh.cellCenters)
        np.testing.assert_allclose(centres, end.system.geometry.cell_positions[: len(centres)], rtol=1e-12)
    start = loaded.cell_variables(t=loaded.times[0])
    first = result.system.medium.fields[0]
    np.testing.assert_array_equal(start[first.name].value, result.snapshots[0].cells(first))


def test_a_stopped_run_without_a_state_can_be_read(pair, tmp_path):
    result, _ = pair
    store.write(replace(result, snapshots=[], ending=Ending(Outcome.NON_FINITE)), tmp_path / "none")
    loaded = fvtransport.load(tmp_path / "none")
    assert loaded.fields == {} and loaded.result.snapshots == [] and not loaded.result.ending.succeeded
