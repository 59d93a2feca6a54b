"""What a plugin returns, held against its interface."""

import numpy as np
import pytest

from fvtransport.case.checks.returned_values import as_terms, numbers
from fvtransport.errors import WrongResult


def test_terms_are_a_mapping():
    assert as_terms({}) == {}
    with pytest.raises(WrongResult, match="gives list, not a mapping"):
        as_terms([1.0])


def test_numbers_have_the_shape_that_is_asked_for():
    assert numbers(2.0, (3,)).tolist() == [2.0, 2.0, 2.0] and numbers([1, 2]).dtype == float
    for value in (None, "text", np.zeros(2)):
        with pytest.raises(WrongResult):
            numbers(value, (3,))
