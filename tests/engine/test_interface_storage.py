"""What an interface stores: against ordinary differential equations written here, in steady states, and its balance."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy.integrate import solve_ivp

import fvtransport
from fvtransport import contract
from fvtransport.discretisation.build import build
from fvtransport.results.balance import BalanceLine
from fvtransport.solvers.segment import integrator
from tests.tools.cases import PURE, case_text

MESHES = {
    "line": ("Grid1D", "2", "10", ""),
    "plane": ("Grid2D", "[2, 1]", "[10, 3]", ""),
    "cylinder": ("CylindricalGrid1D", "2", "20", ", inner_radius: 1"),
}
UNTIL = 0.5
LINEAR = "{coefficient: 0.7}"
LANGMUIR = "{capacity: 2.5, affinity: 0.6}"
ISOTHERMS = {LINEAR: lambda c: 0.7 * c, LANGMUIR: lambda c: 2.5 * 0.6 * c / (1.0 + 0.6 * c)}
SLOPES = {LINEAR: lambda c: 0.7, LANGMUIR: lambda c: 2.5 * 0.6 / (1.0 + 0.6 * c) ** 2}
DILUTE = PURE | {
    "units": "SI",
    "mixture": "{binary: {species: [H, M], concentration: 1e6, temperature: 600}}",
    "properties": "{diffusivity: {by_region: {a: 1.0, b: 3.0}}}",
    "laws": "[fick]",
    "initial": "{x_H: 0.0}",
    "boundaries": "{default: {x_H: no_flux}, left: {x_H: {dirichlet: 4e-6}}}",
}


def mesh(where: str) -> str:
    """Two layers `a` and `b` of thickness 1 that meet in the middle."""
    kind, length, cells, more = MESHES[where]
    x = 2 if "inner_radius" in more else 1
    return f'{{type: {kind}, length: {length}, cells: {cells}{more}, regions: {{a: "x < {x}", b: "x >= {x}"}}}}'


def sorption(isotherm: str, turned: bool = False, side: str = "left") -> str:
    return f"{{{'b-a' if turned else 'a-b'}: {{x_H: {{sorption: {isotherm[:-1]}, side: {side}}}}}}}}}"


def in_time(rtol: float = 1e-9) -> str:
    return f"{{transient: {{until: {UNTIL}, rtol: {rtol}}}}}"


OBSERVED = (
    "{l: {surface: {of: x_H, interface: a-b}}, r: {surface: {of: x_H, interface: a-b, side: right}}, "
    "J: {interface_flux: {of: H, interface: a-b}}, JR: {interface_flux: {of: H, interface: a-b, side: right}}, "
    "n: {amount: H}, entered: {amount_through: {of: H, through: left}}}"
)


@pytest.fixture
def run(tmp_path):
    def start(**blocks: str):
        path = tmp_path / "case.yaml"
        path.write_text(case_text(DILUTE, **blocks))
        return fvtransport.run(path)

    return start


def lines(where: str, slope, D=(1.0, 3.0), open_sides=(1.0, 1.0), start=0.0, left: float | None = 4.0, at_start=0.0):
    """Concentrations [mol/m^3] in the cells and on the interface at UNTIL, by the method of lines: slope(c) dc/dt on
    the interface is what flows in from one layer less what flows out into the other.
    """
    radial, cells = where == "cylinder", int(MESHES[where][2].strip("[").split(",")[0])
    h, first = 2.0 / cells, 1.0 if radial else 0.0
    edges = first + h * np.arange(cells + 1)
    area = edges if radial else np.ones(cells + 1)
    volume = 0.5 * np.diff(edges**2) if radial else np.full(cells, h)
    half = cells // 2
    inner = np.repeat(D, half) * 1.0

    def rates(_, c):
        cell, on = c[:cells], c[cells]
        flow = np.zeros(cells + 1)
        flow[1:-1] = -inner[1:] * area[1:-1] * np.diff(cell) / h
        flow[0] = 0.0 if left is None else 2.0 * D[0] * area[0] * (left - cell[0]) / h
        into = open_sides[0] * 2.0 * D[0] * area[half] * (cell[half - 1] - on) / h
        out = open_sides[1] * 2.0 * D[1] * area[half] * (on - cell[half]) / h
        leaving, arriving = flow[1:].copy(), flow[:-1].copy()
        leaving[half - 1], arriving[half] = into, out
        return np.append((arriving - leaving) / volume, (into - out) / (area[half] * slope(on)))

    begin = np.append(np.full(cells, start), at_start)
    return solve_ivp(rates, (0.0, UNTIL), begin, method="LSODA", rtol=1e-11, atol=1e-12).y[:, -1]


def concentrations(result) -> np.ndarray:
    """In the cells of the first row along x, and on the interface."""
    last, geometry = result.snapshots[-1], result.system.geometry
    cells = 1e6 * last.solved[0, geometry.cells]
    on = last.solved[0, geometry.interfaces[0].left_nodes]
    np.testing.assert_allclose(on, on[0], rtol=1e-6)
    count = round(2 * cells.size / len(on) / 2)
    return np.append(cells[:count], 1e6 * on[0])


def assert_closed(result, tolerance: float) -> BalanceLine:
    assert result.exit_code == 0, result.ending
    (line,) = result.balance
    assert abs(line.relative_error) < tolerance and line.instant_relative_error < 1e-10, line
    return line


@pytest.mark.parametrize("where, turned, isotherm", list(itertools.product(MESHES, (False, True), ISOTHERMS)))
def test_a_species_that_is_absent_at_the_start_is_taken_up(run, where, turned, isotherm):
    side = "right" if turned else "left"
    result = run(mesh=mesh(where), interfaces=sorption(isotherm, turned, side), solve=in_time(), observe=OBSERVED)
    assert assert_closed(result, 1e-9 if isotherm == LINEAR else 1e-8).stored > 0.1
    np.testing.assert_allclose(concentrations(result), lines(where, SLOPES[isotherm]), rtol=2e-7)
    found = {name: float(each.value) for name, each in result.observables.items()}
    on, geometry = 1e6 * found["l"], result.system.geometry
    held = ISOTHERMS[isotherm](on) * geometry.interfaces[0].area.sum()
    cells = 1e6 * result.snapshots[-1].solved[0, geometry.cells] @ geometry.volume
    assert found["n"] == pytest.approx(cells + held, rel=1e-9) and held > 0.1 * cells
    assert found["l"] == pytest.approx(found["r"], rel=1e-12) and found["J"] > 1.05 * found["JR"]


@pytest.mark.parametrize("where, isotherm", list(itertools.product(MESHES, ISOTHERMS)))
def test_a_steady_state_stores_nothing_more(run, where, isotherm):
    ends = "{default: {x_H: no_flux}, left: {x_H: {dirichlet: 4e-6}}, right: {x_H: {dirichlet: 1e-6}}}"
    blocks = {
        "mesh": mesh(where),
        "boundaries": ends,
        "initial": "{x_H: 2e-6}",
        "observe": OBSERVED.split(", n:", maxsplit=1)[0] + "}",
    }
    plain, storing = run(**blocks), run(**blocks, interfaces=sorption(isotherm))
    assert all(line.closes() for line in storing.balance)
    for name, each in plain.observables.items():
        assert storing.observables[name].value == pytest.approx(each.value, rel=1e-12)
    assert storing.observables["J"].value == pytest.approx(storing.observables["JR"].value, rel=1e-12)


@pytest.mark.parametrize("isotherm", ISOTHERMS)
def test_a_long_run_ends_in_the_steady_state(run, isotherm):
    result = run(
        mesh=mesh("line"),
        interfaces=sorption(isotherm),
        observe=OBSERVED,
        solve="{transient: {until: 100, rtol: 1e-8}}",
    )
    assert float(result.observables["n"].value) == pytest.approx(8.0 + ISOTHERMS[isotherm](4.0), rel=1e-7)
    assert -float(result.observables["entered"].value) == pytest.approx(8.0 + ISOTHERMS[isotherm](4.0), rel=1e-7)


@pytest.mark.parametrize("where", MESHES)
def test_what_is_sorbed_at_the_start_spreads_over_closed_layers(run, where):
    """At rest c V + k c A = k c_0 A, with c_0 on the interface and nothing in the cells at the start."""
    x = 2 if where == "cylinder" else 1
    result = run(
        mesh=mesh(where), interfaces=sorption(LINEAR), boundaries="{default: {x_H: no_flux}}",
        observe="{n: {amount: H}}",
        initial=f"{{x_H: 'where(abs(x - {x}) < 1e-6, 4e-6, 0.0)'}}", solve="{transient: {until: 100, rtol: 1e-9}}",
    )  # fmt: skip
    geometry = result.system.geometry
    area, volume = geometry.interfaces[0].area.sum(), geometry.volume.sum()
    amounts = [each.amount(result.system.balances[0]) for each in result.snapshots]
    np.testing.assert_allclose(amounts, 0.7 * 4.0 * area, rtol=1e-12)
    rest = 0.7 * 4.0 * area / (volume + 0.7 * area)
    np.testing.assert_allclose(1e6 * result.snapshots[-1].solved[0, geometry.cells], rest, rtol=1e-7)


CREEP = """
import numpy as np

from fvtransport import Interface, Law, parameter, plugin
from fvtransport.plugins.handles import energy, temperature


@plugin("creep")
class Creep(Law):
    'Conduction:  q = -grad T, but for the half-faces on the interface beyond a point'

    beyond: float = parameter(meaning="where nothing moves from here to x = 1.05")

    def flux(self, face):
        first, last = (choose(face.left.coordinate(0), face.right.coordinate(0)) for choose in (np.minimum, np.maximum))
        return {energy: -1.0 * ~((last > self.beyond) & (first < 1.05)) * face.grad(temperature)}


@plugin("lining")
class Lining(Interface):
    'A lining that stores k T, of the temperature of both sides'

    k: float = parameter(meaning="k")

    def residual(self, face):
        return face.jump

    def storage(self, face):
        return self.k * face.left[face.field]
"""


@pytest.mark.parametrize("open_sides, turned", list(itertools.product(((1.0, 0.0), (0.0, 0.0)), (False, True))))
def test_a_side_on_which_nothing_moves_takes_no_part(tmp_path, open_sides, turned):
    (tmp_path / "creep.py").write_text(CREEP)
    path = tmp_path / "case.yaml"
    path.write_text(
        case_text(
            PURE, plugins="[creep.py]", mesh=mesh("line"), initial="{T: 'where(abs(x - 1) < 1e-6, 3.0, 1.0)'}",
            properties="{heat_capacity: 1.0}", laws=f"[creep: {{beyond: {1.01 if open_sides[0] else 0.95}}}]",
            boundaries="{default: {T: no_flux}}",
            interfaces=f"{{{'b-a' if turned else 'a-b'}: {{T: {{lining: {{k: 0.7}}}}}}}}", solve=in_time(),
        )
    )  # fmt: skip
    result = fvtransport.run(path)
    assert_closed(result, 1e-9)
    expected = lines("line", SLOPES[LINEAR], (1.0, 1.0), open_sides, 1.0, None, 3.0)
    np.testing.assert_allclose(concentrations(result), 1e6 * expected, rtol=2e-7)


@pytest.mark.parametrize("isotherm", ISOTHERMS)
def test_where_all_faces_are_solved_together_the_end_is_the_same(run, isotherm):
    """A tensor, whose tangential part couples the faces."""
    tensor = "{diffusivity: {by_region: {a: {tensor: [[1.0, 0.5], [0.5, 2.0]]}, b: 3.0}}}"
    result = run(
        mesh=mesh("plane"), interfaces=sorption(isotherm), solve="{transient: {until: 100, rtol: 1e-9}}",
        properties=tensor, initial="{x_H: 'where(x < 0.99, 1e-6, 4e-6*y)'}", observe=OBSERVED,
    )  # fmt: skip
    assert result.system.fluxes.reconstruction is not None
    assert_closed(result, 1e-9 if isotherm == LINEAR else 1e-8)
    assert float(result.observables["n"].value) == pytest.approx(8.0 + ISOTHERMS[isotherm](4.0), rel=1e-7)


def test_a_jump_of_a_boundary_loses_nothing_that_is_stored(run):
    pulses = "{square: {low: 1e-6, high: 4e-6, period: 0.1}}"
    result = run(
        mesh=mesh("line"), interfaces=sorption(LANGMUIR, side="right"), solve=in_time(1e-10), observe=OBSERVED,
        boundaries=f"{{default: {{x_H: no_flux}}, left: {{x_H: {{dirichlet: {pulses}}}}}}}",
    )  # fmt: skip
    assert_closed(result, 1e-9)


FOIL = '''
from fvtransport import Interface, parameter, plugin


@plugin("foil")
class Foil(Interface):
    """A foil of heat capacity C per area between two contacts of resistance R/2:  C dT/dt = q_left - q_right"""

    capacity: float = parameter(meaning="C")
    resistance: float = parameter(meaning="R")

    def flux(self, face):
        return 2.0 * face.jump / self.resistance - face.flux_into_right

    def storage(self, face):
        return 0.5 * self.capacity * (face.left[face.field] + face.right[face.field])
'''


@pytest.mark.parametrize("turned", (False, True))
def test_a_foil_between_two_contacts_stores_heat_from_both_sides(tmp_path, turned):
    """Q = (q_l + q_r)/2 = (T_l - T_r)/R, and C/2 d(T_l + T_r)/dt = q_l - q_r, for two stirred layers."""
    (tmp_path / "foil.py").write_text(FOIL)
    path = tmp_path / "case.yaml"
    path.write_text(
        case_text(
            PURE, plugins="[foil.py]", mesh=mesh("line"), initial="{T: 'where(x < 0.999, 3.0, 1.0)'}",
            properties="{conductivity: {by_region: {a: 1.0, b: 3.0}}, heat_capacity: 1.0}",
            boundaries="{default: {T: no_flux}}", solve=in_time(),
            interfaces=f"{{{'b-a' if turned else 'a-b'}: {{T: {{foil: {{capacity: 0.4, resistance: 0.2}}}}}}}}",
        )
    )  # fmt: skip
    result = fvtransport.run(path)
    assert_closed(result, 1e-9)
    np.testing.assert_allclose(result.snapshots[-1].solved[0, result.system.geometry.cells], foil(), rtol=2e-7)


def foil() -> np.ndarray:
    """The same by the method of lines: T_l + T_r is stored, T_l - T_r follows from the fluxes."""
    h = 0.2
    a, b = 2.0 / h, 6.0 / h

    def rates(_, y):
        T, total = y[:10], y[10]
        # a (T4 - l) + b (r - T5) = 2 Q = 2 (l - r)/R with r = total - l
        l = (a * T[4] - b * T[5] + b * total + 2.0 * total / 0.2) / (a + b + 4.0 / 0.2)
        flow = np.zeros(11)
        flow[1:-1] = -np.repeat((1.0, 3.0), 5)[1:] * np.diff(T) / h
        into, out = a * (T[4] - l), b * (total - l - T[5])
        leaving, arriving = flow[1:].copy(), flow[:-1].copy()
        leaving[4], arriving[5] = into, out
        return np.append((arriving - leaving) / h, 2.0 * (into - out) / 0.4)

    begin = np.append(np.repeat((3.0, 1.0), 5), 2.0)
    return solve_ivp(rates, (0.0, UNTIL), begin, method="LSODA", rtol=1e-11, atol=1e-12).y[:10, -1]


BROKEN = {
    "0.7 * face.left[face.field] * (1.0 + face.t)": "storage is a function of time",
    "0.7 * face.left[face.field] + face.flux": "storage depends on the flux",
    "0.7 * face.left[face.field].mean() + 0.0 * face.left[face.field]": "its storage|storage .*",
}


@pytest.mark.parametrize("storage", BROKEN)
def test_a_storage_that_breaks_the_contract_is_named(tmp_path, storage):
    start = FOIL.index("        return 0.5")
    (tmp_path / "foil.py").write_text(FOIL[:start] + f"        return {storage}\n")
    path = tmp_path / "case.yaml"
    path.write_text(
        case_text(
            PURE, plugins="[foil.py]", mesh=mesh("plane"), initial="{T: 1.0}", boundaries="{default: {T: no_flux}}",
            interfaces="{a-b: {T: {foil: {capacity: 0.4, resistance: 0.2}}}}", solve=in_time(),
        )
    )  # fmt: skip
    errors = (contract.ContractError, fvtransport.PluginError)
    with pytest.raises(errors, match=f"{BROKEN[storage]}|storage at one point changed when others were left out"):
        contract.check_plugins(fvtransport.check(path))


def test_sorption_keeps_the_contract(tmp_path):
    path = tmp_path / "case.yaml"
    for isotherm in ISOTHERMS:
        path.write_text(case_text(DILUTE, mesh=mesh("plane"), interfaces=sorption(isotherm), solve=in_time()))
        contract.check_plugins(fvtransport.check(path))


REFUSED = {
    "{sorption: {}}": "neither a linear isotherm nor Langmuir's is given",
    "{sorption: {capacity: 1}}": "neither a linear isotherm nor Langmuir's is given",
    "{sorption: {coefficient: 1, capacity: 1}}": "both isotherms are given",
    "{sorption: -1}": "out of range",
}


@pytest.mark.parametrize("condition", REFUSED)
def test_what_is_no_isotherm_is_refused_with_its_line(run, condition):
    with pytest.raises(fvtransport.CaseError) as caught:
        run(mesh=mesh("line"), interfaces=f"{{a-b: {{x_H: {condition}}}}}", solve=in_time())
    assert REFUSED[condition] in str(caught.value) and "case.yaml:" in str(caught.value)


@pytest.mark.parametrize("where, turned", list(itertools.product(("line", "plane"), (False, True))))
def test_the_jacobian_is_that_of_the_residual(tmp_path, where, turned):
    path = tmp_path / "case.yaml"
    more = {"mesh": mesh(where), "initial": "{x_H: 1e-6*x}", "interfaces": sorption(LINEAR, turned), "solve": in_time()}
    path.write_text(case_text(DILUTE, **more))
    case = fvtransport.check(path)
    solver = integrator(case, build(case))
    t, y, rate, cj = solver.now.t, solver.now.y, solver.now.rate, 7.0
    exact = solver._matrices(t, y, cj)[0].toarray()
    above, below = np.zeros(y.size), np.zeros(y.size)
    for column, step in enumerate(1e-6 * np.eye(y.size)):
        solver.residual(t, y + step, rate + cj * step, above)
        solver.residual(t, y - step, rate - cj * step, below)
        np.testing.assert_allclose(exact[:, column], (above - below) / 2e-6, rtol=0, atol=1e-6 * np.abs(exact).max())
