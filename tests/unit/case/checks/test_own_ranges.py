"""Coefficients of laws and mixtures have the ranges that they declare."""

import pytest

import fvtransport
from tests.tools.cases import ISOTHERMAL, case_text


@pytest.mark.parametrize(("rate", "is_wrong"), [("1 + x", False), ("x - 0.5", True)])
def test_a_rate_below_zero_is_named_with_its_place(tmp_path, rate, is_wrong):
    law = f'[fick, {{reaction: {{reactants: {{A: 1}}, products: {{B: 1}}, rate_constant: "{rate}"}}}}]'
    mixture = "{binary: {species: [A, B], concentration: 1.0, temperature: 1.0}}"
    text = case_text(
        ISOTHERMAL, mixture=mixture, laws=law, properties="{diffusivity: 1}", initial="{x_A: 0.5}", units="reduced",
        mesh="{type: Grid1D, length: 1, cells: 4}", boundaries="{default: {x_A: {dirichlet: 0.5}}}", solve="steady",
    )  # fmt: skip
    (tmp_path / "case.yaml").write_text(text)
    if not is_wrong:
        fvtransport.check(tmp_path / "case.yaml")
        return
    with pytest.raises(fvtransport.CaseError, match="rate_constant = -0.*at the initial state is out of range"):
        fvtransport.check(tmp_path / "case.yaml")
