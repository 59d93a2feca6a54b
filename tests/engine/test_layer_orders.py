"""Two layers of unlike coefficients: the order of accuracy for every law and bulk flow, whatever the contrast."""

from __future__ import annotations

import numpy as np
import pytest

from tests.tools.layered_cases import CASES
from tests.tools.layers import Layered, checked, errors, flux_between, interface_states, refined

CONTRASTS = (1.0, 1e2, 1e4, 1e6)
_FACTORS = (1, 2, 4, 8)
_NOISE = 1e-8


def quantities(snapshot) -> np.ndarray:
    """The states at the interface, then the fluxes through the left end."""
    return np.concatenate([list(interface_states(snapshot).values()), flux_between(snapshot)[:, 0]])


def relative_errors(coarse: list[np.ndarray], fine: np.ndarray) -> np.ndarray:
    """Errors of fluxes over the largest flux; fields are of the order of one."""
    size, count = np.ones(fine.size), fine.size // 2
    size[count:] = np.abs(fine[count:]).max()
    return errors(coarse, fine) / size


def slowest(off: np.ndarray) -> float:
    """The lowest order between two meshes of what is above round-off on the finest, inf where nothing is; that between
    coarser ones, which approach it from below, may be less by a tenth.
    """
    judged = off[:, off[-1] > _NOISE]
    orders = np.log2(judged[:-1] / judged[1:]).min(axis=1, initial=np.inf)
    return float(min(orders[-1], orders[:-1].min() + 0.1))


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name.replace(" ", "_"))
def test_the_error_is_of_second_order_and_does_not_grow_with_the_contrast(case: Layered, tmp_path):
    """Errors of the states at the interface and of the fluxes, on 10, 20, 40 cells in each layer; 20, 40, 80 under
    forces: between nodes half as far apart the driving force of a body_force has another error, of order h^3.

    The less one layer resists, the more of the difference lies in the other, up to all of it: hence the constant of a
    contrast of 1e4 and 1e6 is held against those of 1 and 100.
    """
    constants = []
    for contrast in CONTRASTS:
        coarsest = checked(tmp_path, case.text(case.cells, contrast))
        *coarse, fine = (quantities(refined(coarsest, factor)) for factor in _FACTORS)
        off = relative_errors(coarse, fine)
        assert slowest(off) > case.order, (contrast, off)
        constants.append(off[-1].max() + _NOISE)
    assert max(constants[2:]) < 1.5 * max(constants[:2])
