"""Gases at rest in a field: their fractions, and contents that are refused."""

import pytest
from fvtransport.plugins.solutions.barometric_column import BarometricColumn

from tests.tools.issues import issue_texts

R, T = 8.31446261815324, 300.0
COLUMN = {
    "molar_masses": {"He": 4.0026e-3, "Xe": 131.293e-3},
    "temperature": T,
    "content": {"He": 0.5, "Xe": 0.5},
    "length": 100.0,
    "pressure": 101325.0,
}


@pytest.mark.parametrize("content", [{"He": 0.5}, {"He": 0.5, "Xe": 0.6}, {"He": 0.5, "Ar": 0.5}])
def test_a_content_that_is_none_is_refused(content):
    assert len(issue_texts(BarometricColumn(**{**COLUMN, "content": content}))) == 1
