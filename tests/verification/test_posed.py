"""A law without a value is named."""

from __future__ import annotations

import pytest

from fvtransport.verification import contract
from fvtransport.verification.posed import NotFinite


def test_a_law_without_a_value_is_named(case_of):
    text = r"law dilute: its flux of x_A is nan on the face at x = .*, where T = 30\d.*, x_A = 0\.001"
    with pytest.raises(NotFinite, match=text):
        contract.check_order(case_of(at="face[A] * np.log(face[A] - 0.5)"))
