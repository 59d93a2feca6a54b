"""Where a mistake has a known cure, the message points to it: tensors, interfaces, seams of a mesh file."""

from __future__ import annotations

import pytest

import fvtransport as fv
from tests.tools.cases import PURE, case_text

LAYERS = "{type: Grid1D, length: 2, cells: 4, regions: {metal: x < 1, salt: x >= 1}}"
DILUTE = {
    "mesh": LAYERS, "mixture": "{binary: {species: [H, M], concentration: 1, temperature: 1}}", "laws": "[fick]",
    "properties": "{diffusivity: 1.0}",
}  # fmt: skip


def problems(tmp_path, **blocks: str):
    path = tmp_path / "case.yaml"
    path.write_text(case_text(PURE, **blocks))
    with pytest.raises(fv.CaseError) as caught:
        fv.run(path)
    assert caught.value.exit_code == 2
    return caught.value.problems


@pytest.mark.parametrize("rows", ["[[4, 1], [1, 1]]", '[["1 + x", 0], [0, 2]]'])
def test_rows_of_a_tensor_are_told_their_name(tmp_path, rows):
    (problem,) = problems(
        tmp_path, mesh="{type: Grid2D, length: [1, 1], cells: [4, 4]}",
        properties=f"{{heat_capacity: 1, conductivity: {rows}}}", boundaries="{default: {T: {dirichlet: 1}}}",
    )  # fmt: skip
    assert "conductivity is a list of rows" in problem.message and problem.mark.column == 46
    assert problem.expected == f"{{tensor: {rows.replace(chr(34), '')}}}"


@pytest.mark.parametrize("name", ["metal_salt", "metal-salt", "salt-metal", "MetalSalt", "metal salt"])
def test_an_interface_among_the_boundaries_is_sent_to_the_interfaces(tmp_path, name):
    own = "{x_H: {partition: {ratio: 2}}}"
    boundaries = f"{{default: {{x_H: no_flux}}, {name}: {own}, left: {{x_H: {{dirichlet: 0.1}}}}}}"
    (problem,) = problems(tmp_path, **DILUTE, boundaries=boundaries)
    pair = "salt-metal" if name.startswith("salt") else "metal-salt"
    assert problem.message == f"{name} is no boundary of the mesh but the interface between two regions"
    assert problem.expected == f"its conditions under interfaces: {{{pair}: ...}}"


WRONG_KIND = {
    "boundaries": (
        "{default: {x_H: {partition: {ratio: 2}}}}",
        "it is an interface condition, not a boundary condition",
    ),
    "interfaces": ("{metal-salt: {x_H: {dirichlet: 0.1}}}", "it is a boundary condition, not an interface condition"),
    "laws": ("[amount]", "it is an observable, not a law"),
}


@pytest.mark.parametrize("block", WRONG_KIND)
def test_the_kind_of_a_plugin_is_named_in_english(tmp_path, block):
    text, says = WRONG_KIND[block]
    found = problems(tmp_path, **DILUTE | {"boundaries": "{default: {x_H: no_flux}}", block: text})
    (problem,) = [each for each in found if "it is a" in each.message]
    assert says in problem.message and not problem.nearest


def plate(seam: str) -> str:
    """Four squares in two regions as a mesh file, with a group of lines between or within the regions."""
    nodes = "".join(f"{3 * j + i + 1} {i} {j} 0\n" for j in range(3) for i in range(3))
    lines = [(1, (1, 4)), (1, (4, 7)), (2, (3, 6)), (2, (6, 9)), (3, (1, 2)), (3, (2, 3)), (3, (7, 8)), (3, (8, 9))]
    lines += [(4, {"between": (2, 5), "inside": (4, 5)}[seam])]
    cells = [(5, (1, 2, 5, 4)), (6, (2, 3, 6, 5)), (5, (4, 5, 8, 7)), (6, (5, 6, 9, 8))]
    elements = [(1, *each) for each in lines] + [(3, *each) for each in cells]
    rows = "".join(
        f"{n} {kind} 2 {group} {group} {' '.join(map(str, own))}\n"
        for n, (kind, group, own) in enumerate(elements, start=1)
    )
    names = '1 1 "hot"\n1 2 "cold"\n1 3 "sides"\n1 4 "mid"\n2 5 "glass"\n2 6 "steel"\n'
    return (
        f"$MeshFormat\n2.2 0 8\n$EndMeshFormat\n$PhysicalNames\n6\n{names}$EndPhysicalNames\n"
        f"$Nodes\n9\n{nodes}$EndNodes\n"
        f"$Elements\n{len(elements)}\n{rows}$EndElements\n"
    )


ENDS = "hot: {T: {dirichlet: 2}}, cold: {T: {dirichlet: 1}}, sides: {T: no_flux}"
GIVEN = {"no condition": f"{{{ENDS}}}", "a default": f"{{{ENDS}, default: {{T: no_flux}}}}",
         "a condition": f"{{{ENDS}, mid: {{T: no_flux}}}}"}  # fmt: skip


@pytest.mark.gmsh
@pytest.mark.parametrize("boundaries", GIVEN.values(), ids=GIVEN)
@pytest.mark.parametrize("seam", ["between", "inside"])
def test_a_physical_group_inside_the_domain_is_no_boundary(tmp_path, seam, boundaries):
    (tmp_path / "plate.msh").write_text(plate(seam))
    properties = "{conductivity: {by_region: {glass: 1, steel: 2}}, heat_capacity: 1}"
    (problem,) = problems(
        tmp_path, mesh="{type: Gmsh2D, file: plate.msh}", properties=properties, boundaries=boundaries
    )
    assert "mid" in problem.message and (problem.mark.line, problem.mark.column) == (2, 28)
    if seam == "inside":
        assert "inside the region glass" in problem.message
    else:
        assert "between the regions glass and steel" in problem.message
        assert "interfaces: glass-steel" in problem.message
