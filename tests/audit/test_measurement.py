"""How far a rule is off, and how that is said."""

import numpy as np

from fvtransport.audit.measurement import Measurement, relative


def test_a_gap_is_measured_by_its_terms():
    assert relative(np.array([0.0, -2.0]), np.array([0.0, 4.0])).tolist() == [0.0, 0.5]


def test_a_violation_has_the_numbers_of_its_cell():
    found = Measurement(("a",), "rule", np.zeros(2), 1e-6, "{gap:g} J", {"gap": np.array([1.0, 7.0])})
    assert found.says(1) == "7 J"
