"""Observables: numbers read off a state, and integrals in time of densities."""

from typing import ClassVar

import pytest

from fvtransport.model.observable import Observable


class Level(Observable):
    unit: ClassVar[str] = "mol"


class Density(Level):
    def rate_density(self, face):
        return face


class Produced(Density):
    needs_time: ClassVar[bool] = True


class Outflow(Level):
    needs_time: ClassVar[bool] = True


@pytest.mark.parametrize("kind, is_integral", [(Level, False), (Density, False), (Outflow, False), (Produced, True)])
def test_a_time_integral_needs_time_and_a_density(kind, is_integral):
    assert kind().is_time_integral == is_integral


def test_what_is_not_said():
    level = Level()
    assert level.point is None and level.reading_unit == "mol" and Observable().reading_unit == ""
    for call in (level.measure, level.rate_density):
        with pytest.raises(NotImplementedError):
            call(None)
