"""What single cases promise on their pages: order, refusals, numbers that the tolerance
of the comparison leaves open.
"""

import sys
from pathlib import Path

import numpy as np
import pytest

from fvtransport import CaseError, check, run
from fvtransport.case.model import TransientSpec
from fvtransport.cli.app import main

CASES = Path(__file__).parents[2] / "cases"
SECOND_ORDER = [
    "emcd/sphere_shell",
    "emcd/cylinder_shell",
    "emcd/with_soret",
    "reaction/thiele_slab",
    "reaction/thiele_cylinder",
    "reaction/thiele_sphere",
    "reaction/isomerisation",
    "robin/biot_slab",
    "robin/biot_cylinder",
    "robin/biot_sphere",
    "soret/sealed_cell_transient",
    "transport/composite_transient",
]


def errors(name: str, *overrides: str) -> dict[str, float]:
    """The worst error of every field and observable of a case."""
    summary = run(CASES / f"{name}.yaml", overrides=overrides).summary()
    assert summary["status"] == "converged", summary["message"]
    return {key: max(norms.values()) for key, norms in summary["comparison"]["errors"].items()}


def observables(name: str, *overrides: str) -> dict:
    summary = run(CASES / f"{name}.yaml", overrides=overrides).summary()
    return {key: entry["value"] for key, entry in summary["observables"].items()}


@pytest.mark.parametrize("name", SECOND_ORDER)
def test_errors_are_second_order(name):
    case = check(CASES / f"{name}.yaml")
    cells = case.mesh.axes[0].cells
    precise = ["solve.transient.rtol=1e-10"] if isinstance(case.solve, TransientSpec) else []
    coarse, fine = (errors(name, f"mesh.cells={count}", *precise) for count in (cells // 2, cells))
    orders = {key: np.log2(coarse[key] / fine[key]) for key in fine}
    assert min(orders.values()) > 1.85, orders


def test_manufactured_is_second_order():
    coarse, fine = (errors("2d/manufactured", f"mesh.cells={cells}") for cells in ("[40, 20]", "[80, 40]"))
    orders = {key: np.log2(coarse[key] / fine[key]) for key in fine}
    assert min(orders.values()) > 1.85, orders


def test_ring_decays_at_second_order():
    coarse, fine = (errors("periodic/ring", f"mesh.cells={cells}") for cells in (34, 102))
    for key in ("x_N2", "crest"):
        assert np.log(coarse[key] / fine[key]) / np.log(3.0) == pytest.approx(2.0, abs=0.05), key


def test_a_flux_beyond_the_limit_is_refused(capsys, monkeypatch):
    case = CASES / "emcd" / "flux_limit.yaml"
    with pytest.raises(CaseError, match=r"\|N_A\| = 0\.006878 mol/m\^2/s exceeds c D/L = 0\.006744: no steady state"):
        check(case, overrides=["parameters.share=1.02"])
    monkeypatch.setattr(sys, "argv", ["fvtransport", "run", str(case), "--set", "parameters.share=1.02"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "exceeds c D/L" in capsys.readouterr().err


def test_imposed_fluxes_that_differ_are_refused():
    with pytest.raises(CaseError, match="unbalanced fluxes"):
        check(CASES / "emcd" / "neumann_mean.yaml", overrides=["boundaries.right.x_N2.neumann=2*flux"])


def test_porous_medium_front_and_centre():
    seen = observables("transport/porous_medium")
    assert seen["front"] == pytest.approx(9.0 ** (1.0 / 3.0), rel=6e-5)
    assert seen["centre"] == pytest.approx(9.0 ** (2.0 / 3.0) / 12.0, rel=5e-6)
    assert seen["mass"] == pytest.approx(1.0, rel=2e-5)


@pytest.mark.parametrize("cells", [150, 201, 260, 333])
def test_porous_medium_front_on_other_meshes(cells):
    seen = observables("transport/porous_medium", f"mesh.cells={cells}")
    assert seen["front"] == pytest.approx(9.0 ** (1.0 / 3.0), abs=0.06 * 5.0 / cells)


def test_shells_pass_the_same_amount_through_every_radius():
    for name in ("sphere_shell", "cylinder_shell"):
        snapshot = run(CASES / "emcd" / f"{name}.yaml").snapshots[-1]
        flow = snapshot.evaluation.flux[0] * snapshot.system.geometry.faces.area
        np.testing.assert_allclose(flow, flow[0], rtol=1e-12)


def test_the_jumps_of_a_composite_do_not_cost_accuracy_on_any_mesh_that_meets_them():
    for cells in (10, 20):
        assert max(errors("emcd/composite", f"mesh.cells={cells}").values()) < 1e-12


@pytest.mark.parametrize("velocity", ["-3.3 mm/s", "0.1 mm/s", "33 mm/s"])
def test_peclet_is_exact_at_any_speed(velocity):
    assert max(errors("transport/peclet", f"parameters.velocity={velocity}").values()) < 1e-11


def test_isomerisation_makes_as_much_b_as_a_goes_missing():
    (line,) = run(CASES / "reaction" / "isomerisation.yaml").balance
    seen = observables("reaction/isomerisation")
    assert line.produced == pytest.approx(1e-4 * (seen["N_A_right"] - seen["N_A_left"]), rel=1e-10)
    assert line.produced < 0.0
