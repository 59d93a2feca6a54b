from __future__ import annotations

import dataclasses
import functools

import pytest
from fipy import Tri2D

import fvtransport
from fvtransport.mesh.fipy_mesh import geometry_of
from fvtransport.mesh.spec import MeshSpec
from fvtransport.mesh.unstructured import corners
from tests.tools.flat import CASE


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """A function that solves a case once; leave its results as they are."""

    @functools.cache
    def solve(mesh, how="steady"):
        path = tmp_path_factory.mktemp("maps") / "plane.yaml"
        path.write_text(CASE.format(mesh=mesh, solve=how))
        return fvtransport.run(path)

    return solve


@pytest.fixture
def triangles():
    """Two by two squares, each of four triangles."""
    mesh = Tri2D(nx=2, ny=2, dx=0.5, dy=0.5)
    geometry = geometry_of(mesh, MeshSpec("Tri2D", (), 1.0, ("left", "right", "bottom", "top")))
    return dataclasses.replace(geometry, corners=corners(mesh))
