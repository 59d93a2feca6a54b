"""Options that a geometry file may set: each has one meaning."""

from fvtransport.mesh.geo_options import OPTIONS, SHOWN, UNUSED


def test_what_gmsh_is_given_and_what_is_left_out_do_not_overlap():
    for group, names in OPTIONS.items():
        assert not names & frozenset(UNUSED.get(group, ()))
    assert OPTIONS.keys() == {"Mesh", "Geometry"} and SHOWN
