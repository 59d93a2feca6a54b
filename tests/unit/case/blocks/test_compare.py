"""The block `compare:`: the closed form, parameters of the case, a solution that does not hold."""

import pytest

from fvtransport.case.blocks.compare import read_compare
from tests.tools.reading import builder_of, messages, whole

SLAB = "concentration: 1, diffusivity: 2, length: 1, x_left: 0.9, x_right: 0.1"


def read(text: str, **blocks: str):
    builder = builder_of(compare=text, **blocks)
    read_compare(builder)
    return builder.comparison, messages(builder)


def test_a_closed_form_with_its_tolerance():
    found, wrong = read(f"{{solution: {{emcd_slab: {{{SLAB}}}}}, tolerance: 1e-3}}")
    assert not wrong and (found.name, found.tolerance) == ("emcd_slab", 1e-3)
    assert found.solution.observables()["N_A"] == pytest.approx(1.6, rel=1e-14)


def test_missing_parameters_are_those_of_the_case():
    builder = whole(
        parameters="{concentration: 1, diffusivity: 2, length: 1, x_left: 0.9, x_right: 0.1}",
        boundaries="{default: {T: no_flux, x_A: no_flux}}",
        compare="{solution: emcd_slab, tolerance: 1e-3}",
    )
    assert builder.comparison.solution.diffusivity == 2.0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("emcd_slab", "compare: found"),
        ("{tolerance: 1e-3}", "compare lacks solution"),
        ("{solution: emcd_slap, tolerance: 1e-3}", "emcd_slap"),
        (
            f"{{solution: {{emcd_slab: {{{SLAB.replace('0.9', '1.2')}}}}}, tolerance: 1e-3}}",
            "emcd_slab does not hold here: |N_A|",
        ),
    ],
)
def test_mistakes(text, says):
    found, wrong = read(text)
    assert found is None and says in wrong[0]
