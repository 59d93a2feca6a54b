"""The block `properties:`: conventions, properties given twice, tensors where a number is expected."""

import pytest
from fvtransport.plugins.handles import diffusivity, temperature, thermal_diffusion_coefficient

from fvtransport.case.blocks.properties import Converted, known_handles, read_properties
from fvtransport.model.registry import Registry
from tests.tools.reading import messages, read_through
from tests.tools.views import binary, cells, medium


def read(text: str):
    builder = read_through(properties=text, laws="[fick, conduction, soret_dufour]")
    read_properties(builder)
    return builder, messages(builder)


def test_numbers_and_expressions():
    builder, wrong = read("{diffusivity: 2.0, conductivity: 3*T}")
    first, second = builder.properties
    assert not wrong and first.handle is diffusivity and first.value.constant == 2.0 and second.value.constant is None


def test_another_convention_is_converted():
    """D' = alpha_T D/T."""
    builder, wrong = read("{thermal_diffusion_factor: 6.0}")
    (given,) = builder.properties
    assert not wrong and given.handle is thermal_diffusion_coefficient and isinstance(given.value, Converted)
    at = cells(medium(binary(), {diffusivity: 2.0}), [300.0, 0.5])
    assert given.value(at)[0] == pytest.approx(6.0 * 2.0 / 300.0) and at[temperature] == 300.0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{difusivity: 2.0}", 'unknown property "difusivity"'),
        ("{soret_coefficient: 1, thermal_diffusion_factor: 2}", "thermal_diffusion_coefficient is given twice"),
        ("{concentration: 1}", "concentration is given twice: the mixture"),
        ("{heat_capacity: {tensor: [[1, 0], [0, 1]]}}", "heat_capacity is a number, not a tensor"),
        ("{diffusivity: 0}", "diffusivity = 0 is out of range"),
    ],
)
def test_mistakes(text, says):
    assert read(text)[1][0].startswith(says)


def test_known_names_are_those_of_handles_and_conventions():
    names, clashes = known_handles(Registry.installed(), binary())
    assert names["diffusivity"] == (diffusivity, None) and not clashes
    handle, convention = names["soret_coefficient"]
    assert handle is thermal_diffusion_coefficient and convention.name == "soret_coefficient"
