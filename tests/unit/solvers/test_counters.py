"""Steps and rejections are read off the times at which residuals are asked for."""

from fvtransport.solvers.counters import Counters


def _after(*times):
    counters = Counters()
    accepted = [counters.note(t) for t in times]
    return counters, accepted


def test_a_later_time_is_a_step_and_an_earlier_one_a_rejection():
    counters, accepted = _after(0.0, 1.0, 1.0, 3.0, 2.0, 2.0, 4.0)
    assert accepted == [False, True, False, True, False, False, True]
    assert (counters.residuals, counters.steps, counters.rejected) == (7, 3, 1)


def test_the_step_that_is_tried_starts_where_the_last_accepted_one_ended():
    counters, _ = _after(0.0, 1.0, 3.0)
    assert (counters.time, counters.step_size) == (1.0, 2.0)
    counters.note(1.5)
    assert (counters.time, counters.step_size) == (1.0, 0.5)
    counters.note(2.5)
    assert (counters.time, counters.step_size) == (1.5, 1.0)


def test_a_step_is_tried_again_from_its_rejection_until_it_is_accepted():
    counters, _ = _after(0.0, 4.0)
    assert not counters.retrying
    counters.note(2.0)
    counters.note(2.0)
    assert counters.retrying and counters.rejected == 1
    counters.note(3.0)
    assert not counters.retrying


def test_a_start_at_another_time_is_not_a_step():
    counters = Counters(time=7.0, trial=7.0)
    counters.note(7.0)
    assert (counters.steps, counters.rejected, counters.residuals, counters.step_size) == (0, 0, 1, 0.0)
