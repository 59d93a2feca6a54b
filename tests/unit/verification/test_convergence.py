"""Orders from errors on a series of meshes: exact powers, round-off, and series that are not asymptotic."""

import pytest

from fvtransport.verification.convergence import Convergence, Level


def study(*errors: float, **more) -> Convergence:
    return Convergence(
        "t", "r", tuple(Level((10 * 2**k,), 0.1 / 2**k, {"u": e}, 0.5) for k, e in enumerate(errors)), **more
    )


def test_a_power_is_its_own_order():
    own = study(1e-2, 2.5e-3, 6.25e-4)
    assert (
        own.quantities == ("u",)
        and own.orders("u") == pytest.approx([2.0, 2.0])
        and own.observed()["u"] == pytest.approx(2.0)
    )
    assert not own.not_yet_asymptotic()


def test_sizes_need_not_halve():
    own = Convergence("t", "r", (Level((9,), 0.3, {"u": 27.0}), Level((27,), 0.1, {"u": 1.0})))
    assert own.orders("u") == pytest.approx([3.0])


def test_round_off_has_no_order():
    own = study(1e-2, 1e-13, 1e-13)
    assert own.orders("u") == [None, None] and own.observed() == {}


def test_orders_that_change_are_not_asymptotic():
    own = study(1e-2, 5e-3, 1.25e-3)
    assert own.not_yet_asymptotic() == {"u": pytest.approx([1.0, 2.0])}
    assert study(1e-2, 5e-3).not_yet_asymptotic() == {}


def test_plain_data():
    found = study(1e-2, 2.5e-3, numeric_because="a table").as_dict()
    assert found["levels"][1] == {"cells": [20], "errors": {"u": 2.5e-3}, "cell_peclet": 0.5}
    assert found["orders"]["u"] == pytest.approx([2.0]) and found["numeric_sources"] == "a table"
