"""Readings as plain data."""

import numpy as np

from fvtransport.results.readings import plain


def test_plain_data():
    data = plain({1: np.float64(2.5), "a": (np.int32(3), np.bool_(True), np.array([np.nan, np.inf, 1.0])), "n": None})
    assert data == {"1": 2.5, "a": [3, True, [None, None, 1.0]], "n": None}
    assert type(data["1"]) is float and type(data["a"][0]) is int and data["a"][1] is True
