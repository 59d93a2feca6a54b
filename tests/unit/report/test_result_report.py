"""Tables: everything said, in plain text off a terminal."""

import dataclasses
import io

from fvtransport.case.model import Comparison
from fvtransport.outcome import Ending, Outcome
from fvtransport.report import result_report


class Terminal(io.StringIO):
    def isatty(self):
        return True


def _shown(result, paths=()):
    out = io.StringIO()
    result_report.show(result, paths, file=out)
    return out.getvalue()


def _words(text):
    return [line.split() for line in text.splitlines()]


def test_a_result_in_plain_text(pump, tmp_path):
    long = tmp_path / ("folder" * 20)
    text = _shown(pump, [long, long / "summary.json"])
    assert text.startswith("Heat pump, mixing: converged\n")
    assert "\x1b" not in text and not any(line.endswith(" ") for line in text.splitlines())
    words = _words(text)
    assert ["Qc", "1.2334331", "reduced", "50"] in words
    assert ["outflow", "through", "right", "-3.18464", "0"] in words
    assert ["closed", "yes", "yes"] in words and "Balance: closed" in text
    assert str(long / "summary.json") in text
    assert f"{pump.counters['steps']} steps" in text and "residual evaluations" in text


def test_units_in_brackets_survive(slab):
    text = _shown(slab)
    assert "A [mol/s]" in text
    assert "unasked, which the case does not have" in text


def test_a_comparison_says_which_quantity_is_off(slab, made):
    assert "Comparison with linear: passed, relative tolerance 1e-09" in _shown(slab)
    wrong = dataclasses.replace(slab.case, comparison=Comparison("linear", made.Linear(offset=1e-3), 1e-9))
    text = _shown(dataclasses.replace(slab, case=wrong))
    assert "FAILED" in text
    assert ["x_A", "0.00125", "0.00125", "FAILED"] in _words(text)
    assert any(line[:1] == ["flow"] and line[-1] == "passed" for line in _words(text))


def test_a_balance_that_does_not_close_is_shouted(pump):
    line = dataclasses.replace(pump.balance[0], relative_error=1e-3)
    pump.__dict__["balance"] = [line, pump.balance[1]]
    text = _shown(pump)
    assert "Balance: NOT CLOSED" in text and ["closed", "NO", "yes"] in _words(text)


def test_a_failed_run(pump):
    failed = dataclasses.replace(pump, snapshots=pump.snapshots[:8], ending=Ending(Outcome.STALLED, "step 1e-9 [s]"))
    text = _shown(failed)
    assert text.startswith("Heat pump, mixing: stalled: step 1e-9 [s]\n")
    assert "not reached" in text and "not compared" in text


def test_a_run_without_any_state(pump):
    text = _shown(dataclasses.replace(pump, snapshots=[], ending=Ending(Outcome.NON_FINITE)))
    assert text.startswith("Heat pump, mixing: non-finite\n")


def test_colour_on_a_terminal(slab, monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    out = Terminal()
    result_report.show(slab, file=out)
    assert "\x1b[" in out.getvalue()


def test_standard_output_stays_clean(slab, capsys):
    result_report.show(slab)
    captured = capsys.readouterr()
    assert captured.out == "" and "converged" in captured.err
