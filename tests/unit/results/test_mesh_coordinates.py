"""Result folders of two- and three-dimensional meshes: everything that a reader needs to rebuild the balances."""

import functools

import numpy as np
import pytest
import xarray

import fvtransport
from fvtransport import load
from fvtransport.results import write as store
from tests.tools.cases import PURE, case_text

CASE = case_text(
    PURE,
    title="space",
    mesh="{mesh}",
    properties="{{conductivity: 2.0, heat_capacity: 1.0}}",
    laws="[conduction, source: {{balance: energy, rate: 0.7}}]",
    initial='{{T: "1 + x"}}',
    boundaries="""
  default: {{T: {{robin: {{coefficient: 1.0, reference: "2 + x"}}}}}}""",
    solve="{solve}",
)
MESHES = {
    "rectangle": "{type: Grid2D, length: [3, 2], cells: [6, 5], regions: {core: 'x < 1'}}",
    "cylinder": "{type: CylindricalGrid2D, length: [3, 2], cells: [6, 5]}",
    "box": "{type: Grid3D, length: [3, 2, 4], cells: [3, 4, 2]}",
    "tube": "{type: PeriodicGrid2DLeftRight, length: [3, 2], cells: [6, 5]}",
}
SHAPES = {"rectangle": [5, 6], "cylinder": [5, 6], "box": [2, 4, 3], "tube": [5, 6]}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A result and its folder, each solved and written once; leave them as they are."""

    @functools.cache
    def write(kind, solve="steady"):
        folder = tmp_path_factory.mktemp(kind)
        path = folder / f"{kind}.yaml"
        path.write_text(CASE.format(mesh=MESHES[kind], solve=solve))
        result = fvtransport.run(path)
        store.write(result, folder / "out")
        return result, folder / "out"

    return write


@pytest.mark.parametrize("kind", MESHES)
def test_the_divergence_of_the_stored_fluxes_is_the_source(written, kind):
    """From the file alone: what leaves each cell through its faces is 0.7 times its volume."""
    _, folder = written(kind)
    with xarray.open_dataset(folder / "fields.nc") as data:
        flow = (data["energy_flux"][-1] * data["area"]).to_numpy()
        lost = np.zeros(data.sizes["cell"] + 1)
        np.add.at(lost, data["face_from"].to_numpy(), flow)
        np.subtract.at(lost, data["face_to"].to_numpy(), flow)
        np.testing.assert_allclose(lost[:-1], 0.7 * data["volume"], rtol=1e-9)


@pytest.mark.parametrize("kind", MESHES)
def test_cells_fold_into_the_axes(written, kind):
    result, folder = written(kind)
    with xarray.open_dataset(folder / "fields.nc") as data:
        shape = [int(n) for n in data.attrs["shape"]]
        assert shape == SHAPES[kind] and data["T"].dims == ("time", "cell")
        x, y = (data[name].to_numpy().reshape(shape) for name in "xy")
        assert np.all(np.diff(x, axis=-1) > 0) and np.all(np.diff(y, axis=-2) > 0) and np.ptp(x, axis=-2).max() == 0
        normals = np.stack([data[f"normal_{name}"] for name in "xyz"[: len(shape)]])
        np.testing.assert_allclose(np.linalg.norm(normals, axis=0), 1.0, rtol=1e-15)
        np.testing.assert_array_equal(data["T"][-1], result.snapshots[-1].cells(result.system.medium.fields[0]))
        assert ("region" in data) == (kind == "rectangle")


def test_walls_come_back_by_name_with_their_places(written):
    result, folder = written("rectangle", "{transient: {until: 1.0}}")
    loaded = load(folder)
    (field,) = result.system.medium.fields
    for name in ("left", "right", "bottom", "top"):
        expected = [snapshot.on_boundary(field, name) for snapshot in result.snapshots]
        np.testing.assert_array_equal(loaded.boundaries["T"][name], expected)
    data = loaded.dataset
    top = data["boundary_of"].to_numpy() == "top"
    np.testing.assert_array_equal(data["boundary_y"].to_numpy()[top], 2.0)
    np.testing.assert_allclose(data["boundary_x"].to_numpy()[top], 0.25 + 0.5 * np.arange(6), rtol=1e-14)
    np.testing.assert_array_equal(data["region"], np.where(data["x"] < 1.0, 1, 0))
