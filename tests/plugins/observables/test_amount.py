"""Observables read off hand-made states whose answers are known."""

import numpy as np
import pytest
from fvtransport.plugins.boundaries.dirichlet import Dirichlet
from fvtransport.plugins.handles import conductivity, diffusivity, energy, heat_capacity, temperature
from fvtransport.plugins.laws.conduction import Conduction
from fvtransport.plugins.laws.fick import Fick
from fvtransport.plugins.mixtures.binary import Binary
from fvtransport.plugins.observables.amount import Amount
from fvtransport.plugins.observables.amount_through import AmountThrough
from fvtransport.plugins.observables.flux import Flux
from fvtransport.plugins.observables.heat_from import HeatFrom
from fvtransport.plugins.observables.heat_to import HeatTo
from fvtransport.plugins.observables.mean import Mean
from fvtransport.plugins.observables.outflow import Outflow
from fvtransport.plugins.observables.surface import Surface
from fvtransport.plugins.observables.value import Value

from fvtransport import Constant
from fvtransport.discretisation.boundary_equation import BoundaryEquation
from fvtransport.discretisation.snapshot import Snapshot
from fvtransport.discretisation.system import System
from fvtransport.mesh.fipy_mesh import build_mesh, geometry_of
from fvtransport.mesh.spec import Axis, MeshSpec
from fvtransport.model.medium import Medium

LENGTH, AREA, CONCENTRATION, CAPACITY, KAPPA, DIFFUSIVITY = 2.0, 3.0, 40.0, 1000.0, 0.5, 0.25
HOT, COLD, RICH, POOR = 400.0, 300.0, 0.8, 0.2


@pytest.fixture(scope="module")
def mixture() -> Binary:
    return Binary(species=("A", "B"), concentration=Constant(value=CONCENTRATION))


@pytest.fixture(scope="module")
def snapshot(mixture) -> Snapshot:
    """Straight profiles, T from 400 to 300 and x_A from 0.8 to 0.2, with amounts that have left by each wall."""
    given = {diffusivity: DIFFUSIVITY, conductivity: KAPPA, heat_capacity: CAPACITY}
    medium = Medium(mixture, {key: Constant(value=value) for key, value in given.items()}, {"gas_constant": 8.314})
    spec = MeshSpec("Grid1D", (Axis("x", LENGTH, 4, ratio=5.0),), AREA, ("left", "right"))
    geometry = geometry_of(build_mesh(spec), spec)
    species = mixture.mole_fractions[0]
    boundary_equations = []
    for boundary, T, x in ((geometry.boundaries["left"], HOT, RICH), (geometry.boundaries["right"], COLD, POOR)):
        boundary_equations.append(BoundaryEquation(boundary, 0, temperature, Dirichlet(value=Constant(value=T))))
        boundary_equations.append(BoundaryEquation(boundary, 1, species, Dirichlet(value=Constant(value=x))))
    system = System(medium, {"conduction": Conduction(), "fick": Fick()}, geometry, boundary_equations)
    along = geometry.position[0] / LENGTH
    values = np.stack([HOT + (COLD - HOT) * along, RICH + (POOR - RICH) * along])
    left = {(0, "left"): -7.0, (0, "right"): 5.0, (1, "left"): -0.3, (1, "right"): 0.1}
    return Snapshot(system, 4.0, values, left, np.zeros(2))


def test_heat_from_and_to_have_opposite_signs(snapshot):
    assert HeatFrom(boundary="left").measure(snapshot) == 7.0
    assert HeatFrom(boundary="right").measure(snapshot) == -5.0
    assert HeatTo(boundary="left").measure(snapshot) == -7.0
    assert HeatTo(boundary="right").measure(snapshot) == 5.0


def test_amount_through_counts_outward(snapshot, mixture):
    species = mixture.balances[1]
    assert AmountThrough(of=species, through="left").measure(snapshot) == -0.3
    assert AmountThrough(of=species, through="right").measure(snapshot) == 0.1
    assert AmountThrough(of=energy, through="right").measure(snapshot) == 5.0


@pytest.mark.parametrize("boundary", ["left", "right"])
def test_flux_points_along_x_at_both_ends(snapshot, mixture, boundary):
    q, J = KAPPA * (HOT - COLD) / LENGTH, CONCENTRATION * DIFFUSIVITY * (RICH - POOR) / LENGTH
    assert Flux(of=energy, through=boundary).measure(snapshot) == pytest.approx(q, rel=1e-12)
    assert Flux(of=mixture.balances[1], through=boundary).measure(snapshot) == pytest.approx(J, rel=1e-12)


@pytest.mark.parametrize(("boundary", "sign"), [("left", -1.0), ("right", 1.0)])
def test_outflow_is_outward_over_the_whole_area(snapshot, boundary, sign):
    expected = sign * AREA * KAPPA * (HOT - COLD) / LENGTH
    assert Outflow(of=energy, through=boundary).measure(snapshot) == pytest.approx(expected, rel=1e-12)


def test_value_between_nodes_and_on_walls(snapshot, mixture):
    A, B = mixture.mole_fractions
    assert Value(of=temperature, x=0.0).measure(snapshot) == HOT
    assert Value(of=temperature, x=LENGTH).measure(snapshot) == COLD
    assert Value(of=A, x=0.77).measure(snapshot) == pytest.approx(RICH - 0.3 * 0.77, rel=1e-12)
    assert Value(of=B, x=0.77).measure(snapshot) == pytest.approx(1.0 - RICH + 0.3 * 0.77, rel=1e-12)


def test_surface_is_the_unknown_of_the_wall(snapshot, mixture):
    A, B = mixture.mole_fractions
    assert Surface(of=A, boundary="left").measure(snapshot) == pytest.approx(RICH, rel=1e-14)
    assert Surface(of=B, boundary="right").measure(snapshot) == pytest.approx(1.0 - POOR, rel=1e-14)


def test_mean_and_amount_weigh_by_volume(snapshot, mixture):
    A = mixture.mole_fractions[0]
    assert Mean(of=A).measure(snapshot) == pytest.approx(0.5, rel=1e-12)
    moles, heat = 0.5 * CONCENTRATION * AREA * LENGTH, 350.0 * CAPACITY * AREA * LENGTH
    assert Amount(of=mixture.balances[1]).measure(snapshot) == pytest.approx(moles, rel=1e-12)
    assert Amount(of=energy).measure(snapshot) == pytest.approx(heat, rel=1e-12)


def test_units_follow_the_balance_or_the_field(snapshot, mixture):
    species = mixture.balances[1]
    found = {
        "heat": HeatFrom(boundary="left").reading_unit,
        "given": HeatTo(boundary="left").reading_unit,
        "flux": Flux(of=energy, through="left").reading_unit,
        "outflow": Outflow(of=species, through="left").reading_unit,
        "through": AmountThrough(of=species, through="left").reading_unit,
        "amount": Amount(of=energy).reading_unit,
        "value": Value(of=temperature, x=0.0).reading_unit,
        "surface": Surface(of=temperature, boundary="left").reading_unit,
        "mean": Mean(of=mixture.mole_fractions[0]).reading_unit,
    }
    expected = ["J", "J", "W/m^2", "mol/s", "mol", "J", "K", "K", ""]
    assert list(found.values()) == expected


def test_amounts_need_a_run_in_time():
    needing = {cls.__name__ for cls in (HeatFrom, HeatTo, AmountThrough, Flux, Outflow, Amount) if cls.needs_time}
    assert needing == {"HeatFrom", "HeatTo", "AmountThrough"}
