"""The public door: check, run and load a case."""

import pytest

from fvtransport import api
from fvtransport.errors import CaseError
from fvtransport.results import write
from tests.tools.slab import write_slab


def test_a_case_is_checked_with_overrides(tmp_path):
    path = write_slab(tmp_path)
    assert api.check(path).parameters["D"] == 1.0
    assert (
        api.check(path, "parameters.D=2").parameters["D"] == api.check(path, ["parameters.D=2"]).parameters["D"] == 2.0
    )
    with pytest.raises(CaseError):
        api.check(path, "parameters.a=3 wibble")


def test_a_case_is_solved_from_its_path_or_as_it_was_checked(tmp_path):
    """N_A = D (x_left - 0.1)."""
    path = write_slab(tmp_path)
    seen = []
    result = api.run(path, ["parameters.D=2"], progress=seen.append)
    again = api.run(api.check(path, ["parameters.D=2"]))
    assert result.ending.succeeded and result.observables["N_A"].value == pytest.approx(1.6, rel=1e-12)
    assert again.observables["N_A"].value == result.observables["N_A"].value
    assert seen and set(result.timing) >= {"build_s", "solve_s"}


def test_a_folder_is_read_back(tmp_path):
    path = write_slab(tmp_path)
    write.write(api.run(path), tmp_path / "out")
    assert api.load(tmp_path / "out").result.observables["N_A"].value == pytest.approx(0.8, rel=1e-12)
