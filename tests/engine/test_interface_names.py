"""Interfaces of regions whose names have dashes: resolved by the regions that are known, or refused as ambiguous."""

from __future__ import annotations

import pytest

import fvtransport as fv
from tests.tools.cases import PURE, case_text

ENDS = "{left: {T: {dirichlet: 2}}, right: {T: {dirichlet: 1}}}"
CONTACT = "{T: {contact_resistance: 0.5}}"


def run(tmp_path, regions: str, interfaces: str | None, observe: str, materials: str):
    path = tmp_path / "case.yaml"
    path.write_text(
        case_text(
            PURE, mesh=f"{{type: Grid1D, length: 4, cells: 16, regions: {{{regions}}}}}", boundaries=ENDS,
            properties=f"{{conductivity: {{by_region: {{{materials}}}}}, heat_capacity: 1}}", interfaces=interfaces,
            observe=observe,
        )
    )  # fmt: skip
    return fv.run(path)


TWO = "U-238: x < 2, Zr-4: x >= 2"


@pytest.mark.parametrize("given", ["U-238-Zr-4", "Zr-4-U-238"])
@pytest.mark.parametrize("read", ["U-238-Zr-4", "Zr-4-U-238"])
def test_regions_with_dashes_have_an_interface_either_way_round(tmp_path, given, read):
    """2/1 and 2/4 of the layers and 0.5 of the contact in series."""
    observe = (
        f"{{l: {{surface: {{of: T, interface: {read}, side: left}}}}, q: {{outflow: {{of: energy, through: right}}}}}}"
    )
    found = run(tmp_path, TWO, f"{{{given}: {CONTACT}}}", observe, "U-238: 1, Zr-4: 4").observables
    flux = 1.0 / 3.0
    assert found["q"].value == pytest.approx(flux, rel=1e-10)
    beside = 2.0 - 2.0 * flux if read.startswith("U") else 1.0 + 0.5 * flux
    assert found["l"].value == pytest.approx(beside, rel=1e-10)


@pytest.mark.parametrize("conditions", [None, f"{{a-b-c: {CONTACT}}}"], ids=["read", "given"])
def test_a_name_of_two_interfaces_is_refused(tmp_path, conditions):
    regions = "a: x < 1, b-c: (x >= 1) and (x < 2), a-b: (x >= 2) and (x < 3), c: x >= 3"
    observe = "{s: {surface: {of: T, interface: a-b-c}}}" if conditions is None else "{m: {mean: T}}"
    with pytest.raises(fv.CaseError) as caught:
        run(tmp_path, regions, conditions, observe, "a: 1, b-c: 2, a-b: 3, c: 4")
    (problem,) = caught.value.problems
    assert problem.message == "a-b-c is ambiguous: that of a and b-c or that of a-b and c"
    assert problem.expected == "names of regions without -" and caught.value.exit_code == 2
