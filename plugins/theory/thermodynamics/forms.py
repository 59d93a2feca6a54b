"""What `check` prints of the transport coefficients: Onsager's, those of the laws, those per mass fraction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from fvtransport import Coefficient, View

from ...handles import concentration, gas_constant, temperature
from .conversions import (
    State,
    heats_of_transport,
    mass_from_molar,
    molar_from_onsager,
    sealed_conductivity,
    total_from_reduced,
)
from .enthalpies import molar_enthalpies

__all__ = ["forms"]

ONSAGER = "Onsager's coefficients, reduced heat flux q' (convention II)"
TOTAL = "Onsager's coefficients, total heat flux q' + sum_i h_i J_i (convention I)"
MOLAR = "mole fractions, molar-average velocity"
MASS = "mass fractions, centre of mass"


def forms(onsager: np.ndarray, at: View) -> Sequence[Coefficient]:
    """The same coefficients in every form, from Onsager's matrix with heat first and then all species but the last.

    Empty without thermal diffusion, where there is nothing to convert.
    """
    L = np.asarray(onsager)
    names = at.mixture.species_names
    if not (L[0, 1:].any() or L[1:, 0].any()):
        return ()
    found = [*_onsager(L, names, ONSAGER), *_molar(L, names, at)]
    masses = at.mixture.known_molar_masses
    if len(names) == len(masses) == 2:
        found += _by_mass(L, _state(at, *masses.values()))
    enthalpies = molar_enthalpies(at)
    if enthalpies is not None and any(h != enthalpies[-1] for h in enthalpies):
        found += _onsager(total_from_reduced(L, [_number(h) for h in enthalpies]), names, TOTAL)
    return found


def _onsager(L: np.ndarray, names: list[str], form: str) -> Iterator[Coefficient]:
    """Under the names by which the law `phenomenological` takes them; what is equal both ways is stated once."""
    yield Coefficient(form, "L_qq", float(L[0, 0]), "W*K/m", "heat by grad(1/T)")
    for i, name in enumerate(names[:-1], start=1):
        yield Coefficient(form, f"L_qi {name}", float(L[0, i]), "mol*K/m/s", f"heat by the force on {name}")
        if not _equal(L[0, i], L[i, 0]):
            yield Coefficient(form, f"L_iq {name}", float(L[i, 0]), "mol*K/m/s", f"{name} by grad(1/T)")
    for i, row in enumerate(names[:-1], start=1):
        for j, column in enumerate(names[:-1], start=1):
            if j >= i or not _equal(L[i, j], L[j, i]):
                yield Coefficient(
                    form, f"L_ij {row}-{column}", float(L[i, j]), "mol^2*K/J/m/s", f"{row} by the force on {column}"
                )


def _equal(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-9 * (abs(one) + abs(other))


def _molar(L: np.ndarray, names: list[str], at: View) -> Iterator[Coefficient]:
    T = _number(at[temperature])
    yield Coefficient(MOLAR, "kappa", float(L[0, 0]) / T**2, "W/m/K", "conductivity at uniform composition, L_qq/T^2")
    yield Coefficient(MOLAR, "lambda", sealed_conductivity(L, T), "W/m/K", "conductivity where no species diffuses")
    yield from _binary(L, at) if len(names) == 2 else _fick(L, names, at)
    for name, heat in zip(names, heats_of_transport(L)):
        yield Coefficient(MOLAR, f"Q*_{name}", float(heat), "J/mol", "heat of transport, L_iq = sum_j L_ij Q*_j")


def _fick(L: np.ndarray, names: list[str], at: View) -> Iterator[Coefficient]:
    """Coefficients of the gradients themselves, by the thermodynamic metric."""
    c, T = _number(at[concentration]), _number(at[temperature])
    rows = {field: i for i, field in enumerate((temperature, *at.species[:-1]))}
    metric = np.zeros(L.shape)
    for (balance, field), entry in at.mixture.metric(at).items():
        if balance.field in rows and field in rows:
            metric[rows[balance.field], rows[field]] = _number(entry)
    slopes = L @ metric
    for i, row in enumerate(names[:-1], start=1):
        for j, column in enumerate(names[:-1], start=1):
            text = f"J_{row} = -c sum_j D_{row}-j grad x_j - c D_T,{row} grad T" if j == 1 else ""
            yield Coefficient(MOLAR, f"D_{row}-{column}", float(slopes[i, j] / c), "m^2/s", text)
        yield Coefficient(
            MOLAR, f"D_T,{row}", float(L[i, 0] / (c * T**2)), "m^2/s/K", f"thermal diffusion of {row}, L_iq/(c T^2)"
        )
    for j, column in enumerate(names[:-1], start=1):
        text = "q' = -kappa grad T - sum_j B_j grad x_j" if j == 1 else ""
        yield Coefficient(MOLAR, f"B_{column}", float(slopes[0, j]), "W/m", text)


def _binary(L: np.ndarray, at: View) -> Iterator[Coefficient]:
    state = _state(at)
    molar = molar_from_onsager(L, state)
    soret = molar.D_soret / molar.D
    yield Coefficient(MOLAR, "D", float(molar.D), "m^2/s", "diffusivity, R L_AA/(c x_A x_B)")
    yield Coefficient(
        MOLAR, "D'", float(molar.D_soret), "m^2/s/K", "thermal diffusion coefficient, L_Aq/(c x_A x_B T^2)"
    )
    yield Coefficient(MOLAR, "D''", float(molar.D_dufour), "m^2/s/K", "Dufour coefficient, L_qA/(c x_A x_B T^2)")
    yield Coefficient(MOLAR, "S_T", float(soret), "1/K", "Soret coefficient D'/D")
    yield Coefficient(MOLAR, "alpha_T", float(soret * state.T), "", "thermal diffusion factor T S_T")
    yield Coefficient(MOLAR, "k_T", float(soret * state.T * state.pair), "", "thermal diffusion ratio x_A x_B alpha_T")


def _by_mass(L: np.ndarray, state: State) -> Iterator[Coefficient]:
    mass = mass_from_molar(molar_from_onsager(L, state), state)
    yield Coefficient(MASS, "k", float(mass.k), "W/m/K", "conductivity, equal to kappa")
    yield Coefficient(MASS, "D_F", float(mass.D_F), "W/m", "Dufour coefficient, q' = -k grad T + D_F grad Y_A")
    yield Coefficient(
        MASS, "d_ST", float(mass.d_ST), "kg/m/s/K", "Soret coefficient, j_A = -rho D grad Y_A - d_ST grad T"
    )
    yield Coefficient(MASS, "rho D", float(mass.rho_D), "kg/m/s", "mass density times diffusivity")


def _state(at: View, *masses: float) -> State:
    first = at.species[0]
    return State(*(_number(at[handle]) for handle in (temperature, first, concentration, gas_constant)), *masses)


def _number(value) -> float:
    return float(np.ravel(value)[0])
