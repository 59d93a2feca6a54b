"""The kinds of mesh: axes, ends, thickness and grading of each specification."""

from pathlib import Path

import pytest

from fvtransport.case.blocks.mesh_kinds import MESHES, Gmsh, MeshKind

HERE = Path()


@pytest.mark.parametrize(
    ("name", "given", "axes", "boundaries"),
    [
        ("Grid1D", {"length": 2.0, "cells": 4}, ["x"], ("left", "right")),
        ("PeriodicGrid1D", {"length": 2.0, "cells": 4}, ["x"], ()),
        ("PeriodicGrid2DLeftRight", {"length": (2.0, 1.0), "cells": (4, 2)}, ["x", "y"], ("bottom", "top")),
        ("PeriodicGrid2DTopBottom", {"length": (2.0, 1.0), "cells": (4, 2)}, ["x", "y"], ("left", "right")),
        ("CylindricalGrid1D", {"length": 2.0, "cells": 4}, ["r"], ("right",)),
        ("CylindricalGrid1D", {"length": 2.0, "cells": 4, "inner_radius": 1.0}, ["r"], ("left", "right")),
        ("CylindricalGrid2D", {"length": (2.0, 3.0), "cells": (4, 2)}, ["r", "z"], ("right", "bottom", "top")),
    ],
)
def test_structured_meshes(name, given, axes, boundaries):
    spec = MESHES[name](**given).spec(name, HERE)
    assert [axis.name for axis in spec.axes] == axes and spec.boundaries == boundaries and spec.type == name
    assert spec.axes[0].start == given.get("inner_radius", 0.0)


@pytest.mark.parametrize(
    ("name", "given", "thickness"),
    [
        ("Grid1D", {"length": 2.0, "cells": 4, "cross_section": 7.0}, 7.0),
        ("Grid2D", {"length": (2.0, 1.0), "cells": (4, 2), "depth": 5.0}, 5.0),
        ("CylindricalGrid1D", {"length": 2.0, "cells": 4, "height": 3.0}, 3.0),
        ("SphericalGrid1D", {"length": 2.0, "cells": 4}, 1.0),
    ],
)
def test_thickness(name, given, thickness):
    assert MESHES[name](**given).spec(name, HERE).thickness == thickness


def test_a_grading_belongs_to_its_axis():
    grading = MESHES["Grid2D"].model_fields["grading"].annotation.__args__[0].__args__[0].__args__[0]
    own = MESHES["Grid2D"](length=(2.0, 1.0), cells=(4, 2), grading=(None, grading(ratio=5.0, towards="right")))
    x, y = own.spec("Grid2D", HERE).axes
    assert (x.ratio, y.ratio, y.towards) == (1.0, 5.0, "right")


def test_every_name_has_a_kind():
    assert all(issubclass(kind, MeshKind) for kind in MESHES.values())
    assert {name for name, kind in MESHES.items() if kind is Gmsh} == {"Gmsh2D", "Gmsh3D"}
