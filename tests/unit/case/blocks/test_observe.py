"""The block `observe:`: observables with times, reductions and points, and what does not go together."""

import pytest

from fvtransport.case.blocks.observe import read_observe
from fvtransport.case.model import Reduction, SteadySpec, TransientSpec
from tests.tools.reading import messages, read_through

RUN = TransientSpec(until=10.0)


def read(text: str, spec=RUN):
    builder = read_through(observe=text)
    builder.solve = spec
    read_observe(builder)
    return builder, messages(builder)


def test_an_observable_has_times_and_a_reduction():
    builder, wrong = read(
        "{q: {flux: {of: energy, through: left}, at: [5, 2, 5]}, top: {extremum: {of: T}, reduce: max}}"
    )
    flux, top = builder.observe
    assert not wrong and (flux.name, flux.plugin, flux.times) == ("q", "flux", (2.0, 5.0))
    assert top.reduction is Reduction.MAX and top.times is None


def test_a_formula_of_others():
    builder, wrong = read("{q: {flux: {of: energy, through: left}}, twice: {formula: 2*q}}")
    assert not wrong and builder.derived["twice"].expression.names == {"q"}


@pytest.mark.parametrize(
    ("text", "spec", "says"),
    [
        ("{q: {heat_from: left}}", SteadySpec(), "heat_from is an amount since the start of a run"),
        ("{q: {mean: T, at: 5}}", SteadySpec(), "q is given times, but a steady case has none"),
        ("{q: {mean: T, at: 11}}", RUN, "at = 11 is outside the run"),
        ("{q: {at: 5}}", RUN, "q has times but no observable"),
        ("{q: {reduce: max}}", RUN, "q has reduce but no observable"),
        ("{q: {mean: T, at: 5, reduce: max}}", RUN, "q has reduce together with at or over"),
        ("{q: {mean: T, reduce: max}}", SteadySpec(), "q reduces a history"),
        ("{q: {value: {of: T, x: 3}}}", RUN, "value looks at x = 3, outside the mesh"),
        ("{q: {value: {of: T, x: 1, y: 1}}}", RUN, "value has a coordinate y too many"),
        ("{q: {meen: T}}", RUN, 'unknown observable "meen"'),
    ],
)
def test_mistakes(text, spec, says):
    builder, wrong = read(text, spec)
    assert len(wrong) == 1 and wrong[0].startswith(says) and not builder.derived
