"""What every law must keep: breaches by laws that are made wrong on purpose."""

import numpy as np
import pytest
from fvtransport.plugins.handles import temperature
from fvtransport.plugins.laws.conduction import Conduction

import fvtransport
from fvtransport.model.law import Law
from fvtransport.verification.contract_law import law_breaches
from fvtransport.verification.contract_trial import ContractTrial
from tests.tools.cases import PURE, case_text, line


@pytest.fixture
def trial(tmp_path):
    path = tmp_path / "case.yaml"
    closed = "{default: {T: no_flux}}"
    path.write_text(case_text(PURE, mesh=line(1, 5), boundaries=closed, initial="{T: 2}", solve="{transient: 1}"))
    return ContractTrial(fvtransport.check(path))


class OneWay(Law):
    """A flux that does not turn with the face."""

    def flux(self, face):
        return {temperature: face[temperature]}


class Nothing(Law):
    """A flux of nothing."""

    def flux(self, face):
        return {}


class Text(Law):
    """A source of a text."""

    def source(self, cell):
        return {"T": cell[temperature]}


class Clock(Law):
    """A storage that runs with the time."""

    def storage(self, cell):
        return {temperature: cell[temperature] * (1.0 + cell.t)}


class Mean(Law):
    """A source of the whole."""

    def source(self, cell):
        return {temperature: cell[temperature] - np.mean(cell[temperature])}


@pytest.mark.parametrize(
    ("law", "says"),
    [
        (OneWay(), "flux of T does not change sign with the face normal"),
        (Nothing(), "flux moves nothing"),
        (Text(), "source is keyed by 'T', which is neither a field nor a balance"),
        (Clock(), "storage of T is a function of time"),
        (Mean(), "source of T is not element-wise"),
    ],
)
def test_a_breach_is_named(trial, law, says):
    assert any(text.startswith(says) for text in law_breaches(trial, law))


def test_a_sound_law_has_none(trial):
    assert not list(law_breaches(trial, Conduction()))
