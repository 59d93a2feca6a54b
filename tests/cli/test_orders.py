"""The command converge, as it is typed: errors and orders, and what is missing."""

from __future__ import annotations

import json
import sys

import pytest

import fvtransport
from fvtransport.errors import FvtransportError
from tests.tools.tube import TUBE


@pytest.mark.slow
@pytest.mark.parametrize("option", [[], ["--manufactured"]])
def test_converge_prints_errors_and_orders(tube, call, option):
    text = call("converge", "tube.yaml", "--levels", "3", *option)
    assert text.returncode == 0 and text.stdout == "" and "order" in text.stderr
    answer = call("converge", "tube.yaml", "--levels", "4", "--format", "json", *option)
    found = json.loads(answer.stdout)
    assert [level["cells"] for level in found["levels"]] == [[10], [20], [40], [80]]
    flux = "flux of A through boundaries" if option else "N_A"
    assert found["orders"][flux] == pytest.approx([2.0, 2.0, 2.0], abs=0.1)
    inside = [level["errors"]["x_A inside"] for level in found["levels"]]
    assert found["orders"]["x_A inside"][-1] >= 1.9 and inside[0] > 30 * inside[-1]


def test_converge_without_a_closed_form_says_what_to_do(tmp_path, call):
    (tmp_path / "plain.yaml").write_text(TUBE.partition("compare:")[0])
    done = call("converge", "plain.yaml")
    assert done.returncode == 2 and "--manufactured" in done.stderr


def test_manufactured_without_sympy_says_how_to_get_it(tube, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "sympy", None)
    with pytest.raises(FvtransportError, match=r"pip install 'fvtransport\[symbolic\]'"):
        fvtransport.contract.check_order(fvtransport.check(tmp_path / "tube.yaml"))
