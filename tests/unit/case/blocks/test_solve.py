"""The block `solve:`: steady or in time, the order of its times, the end that a protocol gives."""

import pytest

from fvtransport.case.blocks.solve import is_steady, last_time, read_solve
from fvtransport.case.model import SteadySpec, TransientSpec
from fvtransport.case.reading.builder import PhaseRead, ProtocolEntry
from tests.tools.reading import messages, read_through


def read(text: str, protocol=None):
    builder = read_through(solve=text)
    builder.protocol = protocol
    read_solve(builder)
    return builder, messages(builder)


def phases(*durations: float, cycles: int = 3, tolerance: float | None = None) -> ProtocolEntry:
    root = read_through().root
    return ProtocolEntry(tuple(PhaseRead(f"p{i}", each, root) for i, each in enumerate(durations)), cycles, tolerance)


@pytest.mark.parametrize(
    ("text", "steady"), [("steady", True), ("{steady: {mean: {T: 1}}}", True), ("{transient: 1}", False)]
)
def test_a_steady_state_is_known_before_the_fields(text, steady):
    assert is_steady(read_through(solve=text).block("solve")) == steady and not is_steady(None)


def test_both_ways_to_solve():
    assert isinstance(read("steady")[0].solve, SteadySpec)
    spec = read("{transient: {until: 10, start: 1, times: [2, 4], rtol: 1e-4}}")[0].solve
    assert spec == TransientSpec(until=10.0, start=1.0, rtol=1e-4, times=(2.0, 4.0))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("stedy", 'unknown way to solve "stedy"'),
        ("{transient: {until: 1, start: 2}}", "the run ends at 1, but it starts at 2"),
        ("{transient: {until: 5, times: [2, 6]}}", "times: 6 is outside the run"),
    ],
)
def test_mistakes(text, says):
    builder, wrong = read(text)
    assert wrong == [says] and builder.solve is None


def test_a_protocol_says_when_the_run_ends():
    builder, wrong = read("{transient: {start: 1}}", phases(2.0, 0.5))
    assert not wrong and builder.solve.until == 8.5 and last_time(builder, builder.solve) == (8.5, "")
    assert read("{transient: 4}", phases(2.0))[1] == ["until is given, but the protocol says when the run ends"]
    assert read("steady", phases(2.0))[1] == ["a protocol runs in time, and a steady case has none"]


def test_a_periodic_run_is_sure_of_one_cycle():
    builder, _ = read("transient", phases(2.0, 0.5, tolerance=1e-3))
    assert last_time(builder, builder.solve)[0] == 2.5
