"""What a condition between materials must keep: breaches by conditions that are made wrong on purpose."""

import numpy as np
import pytest
from fvtransport.plugins.interfaces.contact_resistance import ContactResistance

import fvtransport
from fvtransport import Constant
from fvtransport.model.interface import Interface
from fvtransport.verification.contract_interface import interface_breaches
from fvtransport.verification.contract_trial import ContractTrial
from tests.tools.cases import PURE, case_text

MESH = "{type: Grid2D, length: [2, 1], cells: [4, 3], regions: {a: x < 1, b: x >= 1}}"
GOOD = ContactResistance(resistance=Constant(value=0.5))


@pytest.fixture
def trial(tmp_path):
    path = tmp_path / "case.yaml"
    blocks = {"boundaries": "{default: {T: no_flux}}", "initial": "{T: 2}", "solve": "{transient: 1}"}
    path.write_text(case_text(PURE, mesh=MESH, interfaces="{a-b: {T: {contact_resistance: 0.5}}}", **blocks))
    return ContractTrial(fvtransport.check(path))


def breaches(trial, condition):
    return list(interface_breaches(trial, condition, trial.system.medium.fields[0]))


class Idle(Interface):
    """Nothing."""

    def residual(self, face):
        return np.ones_like(face.flux)


class Whole(Interface):
    """The mean of all faces."""

    def residual(self, face):
        return face.jump - np.mean(face.jump)


class Clock(Interface):
    """A storage that runs with the time and with the flux."""

    def residual(self, face):
        return face.jump

    def storage(self, face):
        return face.left[face.field] * (1.0 + face.t) + face.flux


def test_a_sound_condition_has_none(trial):
    assert not breaches(trial, GOOD)


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        (Idle(), "residual depends neither on the field on either side nor on its flux"),
        (Whole(), "its of residual is not element-wise"),
        (Clock(), "storage is a function of time"),
        (Clock(), "storage depends on the flux"),
    ],
)
def test_a_breach_is_named(trial, condition, says):
    assert any(text.startswith(says) for text in breaches(trial, condition))
