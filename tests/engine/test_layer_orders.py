"""Two layers of unlike coefficients: the order of accuracy for every law and bulk flow, whatever the contrast."""

from __future__ import annotations

import numpy as np
import pytest

from tests.tools.layered_cases import CASES
from tests.tools.layers import Layered, checked, errors, flux_between, interface_states, refined

CONTRASTS = (1.0, 1e2, 1e4, 1e6)
_CELLS, _FACTORS = 10, (1, 2, 4, 8)
_NOISE = 1e-8


def quantities(snapshot) -> np.ndarray:
    """The states at the interface, and the fluxes through the left end over the largest of them."""
    flux = flux_between(snapshot)[:, 0]
    return np.concatenate([list(interface_states(snapshot).values()), flux / np.abs(flux).max()])


def slowest(off: np.ndarray) -> float:
    """The lowest order between neighbouring meshes of what is above round-off on the finest, inf where nothing is."""
    judged = off[:, off[-1] > _NOISE]
    return float(np.log2(judged[:-1] / judged[1:]).min(initial=np.inf))


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name.replace(" ", "_"))
def test_the_error_is_of_second_order_and_does_not_grow_with_the_contrast(case: Layered, tmp_path):
    """Errors of the states at the interface and of the fluxes, on 10, 20 and 40 cells in each layer.

    The less one layer resists, the more of the difference lies in the other, up to all of it: hence the constant of a
    contrast of 1e4 and 1e6 is held against those of 1 and 100.
    """
    constants = []
    for contrast in CONTRASTS:
        coarsest = checked(tmp_path, case.text(_CELLS, contrast))
        *coarse, fine = (quantities(refined(coarsest, factor)) for factor in _FACTORS)
        off = errors(coarse, fine)
        assert slowest(off) > case.order, (contrast, off)
        constants.append(off[-1].max() + _NOISE)
    assert max(constants[2:]) < 1.5 * max(constants[:2])
