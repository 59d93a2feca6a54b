"""Sources from numbers, where there is no formula."""

from __future__ import annotations

import numpy as np
import pytest

from fvtransport.verification import contract
from fvtransport.verification.converge import refined
from fvtransport.verification.manufactured import manufacture

TABLE = "np.interp(face[temperature], [290.0, 303.0, 320.0], [0.5, 1.0, 2.5]) * face[A]"


@pytest.mark.parametrize("mesh", ["", "type: SphericalGrid1D, length: 1.0e-3, inner_radius: 1.0e-3"])
def test_a_table_inside_a_law_is_measured_with_numbers(case_of, mesh):
    found = contract.check_order(case_of(at=TABLE, mesh=mesh))
    assert "law dilute: np.interp has kinks" in found.numeric_because
    assert min(found.observed().values()) >= 1.9


def test_a_table_read_at_one_side_fails_with_numbers_too(case_of):
    wrong = TABLE.replace("face[temperature]", "face.left[temperature]")
    with pytest.raises(contract.ContractError, match=r"x_A inside has order (0\.9|1\.0)\d"):
        contract.check_order(case_of(at=wrong, soret="2.0"))


@pytest.mark.parametrize(
    "mesh", ["type: Grid1D, length: 1.0e-3", "type: CylindricalGrid1D, length: 1.0e-3, inner_radius: 1.0e-3"]
)
def test_numbers_and_formulas_give_the_same_fluxes_and_sources(case_of, mesh):
    """Sources of formulas are those at cell centres, those of numbers the means over cells: they differ as h^2."""
    one, other = (manufacture(case_of(at=at, mesh=mesh)) for at in ("face[A]", "np.nextafter(face[A], 1.0)"))
    assert not one.reason and "np.nextafter has no symbolic form" in other.reason
    apart = []
    for factor in (1, 2):
        geometry = one.discretise(refined(one.case.mesh, factor)).system.geometry
        np.testing.assert_allclose(one.fluxes(geometry.faces.centres), other.fluxes(geometry.faces.centres), rtol=1e-12)
        formulas, numbers = one.produced(geometry), other.produced(geometry)
        apart.append(np.abs(formulas - numbers).max(axis=1) / np.abs(formulas).max(axis=1))
    np.testing.assert_allclose(apart[0] / apart[1], 4.0, rtol=0.15)
    assert (apart[1] < 1e-3).all()
