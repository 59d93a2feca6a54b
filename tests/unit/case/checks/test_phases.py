"""Phases of a protocol as cases of their own: what they may change, and mistakes that are told once."""

import pytest

from fvtransport.case.checks.phases import check_phases
from tests.tools.reading import messages, whole

TWO = "{phases: {rest: {duration: 2}, work: {duration: 1, %s}}, repeat: 3}"
CLOSED = "{default: {T: no_flux, x_A: no_flux}}"


def checked(changes: str, **blocks: str):
    builder = whole(**{
        "parameters": "{k: 1, n: 4}", "mesh": "{type: Grid1D, length: 1, cells: n}", "boundaries": CLOSED,
        "solve": "transient", "protocol": TWO % changes, **blocks,
    })  # fmt: skip
    check_phases(builder)
    return builder, messages(builder)


def test_each_phase_has_laws_boundaries_and_times_of_its_own():
    builder, wrong = checked("laws: [conduction, fick], boundaries: {default: {T: {dirichlet: 2}, x_A: no_flux}}")
    rest, work = builder.phases
    assert not wrong and (rest.solve.start, rest.solve.until, work.solve.start, work.solve.until) == (0, 2, 2, 3)
    assert [len(rest.laws), len(work.laws)] == [3, 2]
    assert {entry.name for entry in work.boundaries["left"].values()} == {"dirichlet", "no_flux"}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ("parameters: {n: 5}", "in phase work: mesh depends on n, whose value differs in this phase"),
        ("parameters: {q: 5}", 'in phase work: unknown parameter "q": a phase can change only parameters of the case'),
        ("laws: [conduction, fik]", 'in phase work: unknown law "fik"'),
    ],
)
def test_mistakes_of_a_phase_name_it(changes, says):
    assert checked(changes)[1] == [says]


def test_a_mistake_of_all_phases_is_told_once_without_a_name():
    _, wrong = checked(
        "parameters: {k: 2}", properties="{diffusivity: 1, thermal_diffusion_coefficient: 0.3, heat_capacity: 1}"
    )
    assert len(wrong) == 1 and wrong[0].startswith("conduction needs conductivity")
