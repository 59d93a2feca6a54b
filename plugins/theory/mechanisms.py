"""Mechanisms of Cantera: found by name, and tabulated once, so that no face calls Cantera."""

from __future__ import annotations

import difflib
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.polynomial import chebyshev

__all__ = [
    "ATMOSPHERE",
    "Factor",
    "Fit",
    "Mechanism",
    "Pure",
    "available",
    "chebyshev_nodes",
    "described",
    "factor_fit",
    "multicomponent_gas",
    "pair_fit",
    "pure_fits",
    "reduced_temperature",
    "unreadable",
]

_DEGREE = 16
_ALONG_T, _ALONG_X = 12, 12
ATMOSPHERE = 101325.0
_MARGIN = 0.9  # many mechanisms start at 300 K for their heat capacities; fits of transport reach further


@dataclass(frozen=True, eq=False)
class Mechanism:
    """An ideal gas of Cantera with mixture-averaged transport, and the temperatures [K] that its fits hold for."""

    gas: Any
    bounds: tuple[float, float]


@dataclass(frozen=True, eq=False)
class Fit:
    """A positive function of temperature as exp of a Chebyshev series in ln T; not a number outside of its bounds."""

    bounds: tuple[float, float]
    series: np.ndarray

    def __call__(self, T: Any) -> Any:
        return np.exp(chebyshev.chebval(reduced_temperature(T, self.bounds), self.series))


@dataclass(frozen=True, eq=False)
class Factor:
    """A function of temperature and mole fraction as a Chebyshev series in ln T and x."""

    bounds: tuple[float, float]
    series: np.ndarray

    def __call__(self, T: Any, x: Any) -> Any:
        T, x = np.broadcast_arrays(T, x)
        return chebyshev.chebval2d(reduced_temperature(T, self.bounds), 2.0 * x - 1.0, self.series)


@dataclass(frozen=True, eq=False)
class Pure:
    """Viscosities [Pa s], conductivities [W/m/K] and molar masses [kg/mol] of species by themselves."""

    viscosities: tuple[Fit, ...]
    conductivities: tuple[Fit, ...]
    masses: tuple[float, ...]


def reduced_temperature(T: Any, bounds: tuple[float, float]) -> Any:
    """ln T on [-1, 1] between the bounds; not a number outside."""
    low, high = np.log(bounds)
    T = np.asarray(T)
    inside = (bounds[0] * (1.0 - 1e-12) <= T) & (bounds[1] * (1.0 + 1e-12) >= T)
    return (2.0 * np.log(np.where(inside, T, np.nan)) - low - high) / (high - low)


def chebyshev_nodes(count: int, bounds: tuple[float, float]) -> tuple[np.ndarray, np.ndarray]:
    """Chebyshev's points on [-1, 1], and the temperatures there."""
    points, (low, high) = chebyshev.chebpts1(count), np.log(bounds)
    return points, np.exp(0.5 * (low + high) + 0.5 * (high - low) * points)


@lru_cache(maxsize=16)
def available(mechanism: str) -> Mechanism:
    """The mechanism of a file; raises cantera.CanteraError where there is none, or none with
    transport data of a gas.
    """
    import cantera

    gas = cantera.Solution(mechanism)
    gas.transport_model = "mixture-averaged"
    return Mechanism(gas, (_MARGIN * gas.min_temp, gas.max_temp))


def unreadable(mechanism: str, names: tuple[str, ...]) -> str:
    """Why the mechanism does not serve these species, with the nearest name; '' where it does."""
    if find_spec("cantera") is None:
        return 'needs the extra [cantera]: pip install "fvtransport[cantera]"'
    import cantera

    if not _file(mechanism):
        files = sorted(
            path.name for folder in cantera.get_data_directories()[1:] for path in Path(folder).glob("*.yaml")
        )
        return f'no mechanism "{mechanism}" is found{_meant(mechanism, files)}'
    try:
        known = available(mechanism).gas.species_names
    except cantera.CanteraError as error:
        lines = [line.strip() for line in str(error).splitlines() if line.strip(" *")]
        return f"{mechanism} is not a gas with transport data: {' '.join(lines[1:2] or lines)}"
    unknown = [f'{mechanism} has no species "{name}"{_meant(name, known)}' for name in names if name not in known]
    repeated = ["the same species is given twice"] if len(set(names)) < len(names) else []
    return "; ".join(unknown + repeated)


def described(mechanism: str) -> str:
    """Digest of the file of a mechanism, and the version of Cantera."""
    import cantera

    path = _file(mechanism)
    digest = hashlib.sha256(path.read_bytes()).hexdigest() if path else "unknown"
    return f"sha256 {digest}, Cantera {cantera.__version__}"


@lru_cache(maxsize=256)
def pair_fit(mechanism: str, pair: tuple[str, str]) -> Fit:
    """D_AB p [Pa m^2/s] of two species."""
    found = available(mechanism)
    i, j = (found.gas.species_index(name) for name in pair)

    def value(T: float) -> float:
        found.gas.TP = T, ATMOSPHERE
        return found.gas.binary_diff_coeffs[i, j] * ATMOSPHERE

    return _fit(value, found.bounds)


@lru_cache(maxsize=64)
def pure_fits(mechanism: str, names: tuple[str, ...]) -> Pure:
    """Viscosities, conductivities and molar masses of species."""
    found = available(mechanism)

    def fit(what: str, name: str) -> Fit:
        def value(T: float) -> float:
            found.gas.TPX = T, ATMOSPHERE, {name: 1.0}
            return getattr(found.gas, what)

        return _fit(value, found.bounds)

    masses = tuple(1e-3 * found.gas.molecular_weights[found.gas.species_index(name)] for name in names)
    return Pure(
        tuple(fit("viscosity", name) for name in names),
        tuple(fit("thermal_conductivity", name) for name in names),
        masses,
    )


@lru_cache(maxsize=64)
def factor_fit(mechanism: str, pair: tuple[str, str]) -> Factor:
    """alpha_AB of the gas of two species alone, as a function of T and x_A."""
    found, gas = available(mechanism), multicomponent_gas(mechanism, pair)
    points, temperatures = chebyshev_nodes(_ALONG_T, found.bounds)
    across = chebyshev.chebpts1(_ALONG_X)
    values = np.array([[_factor(gas, T, 0.5 * (1.0 + each)) for each in across] for T in temperatures])
    along_T = chebyshev.chebfit(points, values, _ALONG_T - 1)
    return Factor(found.bounds, chebyshev.chebfit(across, along_T.T, _ALONG_X - 1).T)


def multicomponent_gas(mechanism: str, names: tuple[str, ...]) -> Any:
    """A gas of Cantera of these species alone, with the transport model that knows thermal diffusion."""
    import cantera

    own = [available(mechanism).gas.species(name) for name in names]
    return cantera.Solution(thermo="ideal-gas", species=own, transport_model="multicomponent")


def _factor(gas: Any, T: float, x: float) -> float:
    gas.TPX = T, ATMOSPHERE, [x, 1.0 - x]
    c, (first, second) = 1e3 * gas.density_mole, 1e-3 * gas.molecular_weights
    return (
        gas.thermal_diff_coeffs[0]
        * gas.density
        / (c**2 * first * second * gas.binary_diff_coeffs[0, 1] * x * (1.0 - x))
    )


def _fit(value: Any, bounds: tuple[float, float]) -> Fit:
    points, temperatures = chebyshev_nodes(_DEGREE + 1, bounds)
    return Fit(bounds, chebyshev.chebfit(points, np.log([value(T) for T in temperatures]), _DEGREE))


def _file(mechanism: str) -> Path | None:
    import cantera

    folders = [Path(mechanism).parent] if Path(mechanism).is_absolute() else cantera.get_data_directories()
    return next((path for folder in folders if (path := Path(folder) / mechanism).is_file()), None)


def _meant(name: str, options: list[str]) -> str:
    """The option most like a name, whatever the case, as a question; '' where none is near."""
    bare = {option.casefold(): option for option in options}
    near = difflib.get_close_matches(name.casefold(), bare, n=1)
    return f'; did you mean "{bare[near[0]]}"?' if near else ""
