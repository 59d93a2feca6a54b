from pathlib import Path

import numpy as np

import fvtransport
from fvtransport import contract

HERE = Path(__file__).parent
BOUNDARY, FLOW, OBSERVABLE = (str(HERE / f"{n}.yaml") for n in ("boundary", "bulk_flow", "observable"))


def test_boundary_keeps_the_contract():
    contract.check_plugins(fvtransport.check(BOUNDARY))


def test_boundary_is_of_second_order():
    contract.check_order(fvtransport.check(BOUNDARY), at_least=1.9)


def test_boundary_insulated_plate_reaches_the_temperature_of_mixing():
    read = fvtransport.run(
        BOUNDARY,
        ["boundaries.right.T.thin_plate.coefficient=0", "solve.transient.until=20000", "observe.plate.at=[20000]"],
    ).observables
    bar, C = 3.0e6 * 0.1, 1.0e5
    start, end = 300.0, np.ravel(read["plate"].value)[-1]
    assert np.isclose(end, (bar * 350 + C * 300) / (bar + C), rtol=1e-6)
    assert np.isclose(read["left_by_the_end"].value, C * (end - start), rtol=1e-6)


def test_boundary_energy_that_left_is_stored_or_lost():
    times = np.linspace(0.0, 2000.0, 401)
    read = fvtransport.run(BOUNDARY, [f"observe.plate.at={times[1:].tolist()}"]).observables
    plate = np.concatenate([[300.0], read["plate"].value])
    lost = 200 * np.trapezoid(plate - 290, times)
    assert np.isclose(read["left_by_the_end"].value, 1.0e5 * (plate[-1] - plate[0]) + lost, rtol=1e-3)


def test_flow_keeps_the_contract():
    contract.check_plugins(fvtransport.check(FLOW))


def test_flow_is_of_second_order():
    contract.check_order(fvtransport.check(FLOW), at_least=1.9)


def test_flow_closed_form():
    """N_A (1 - b x) = -c D dx/dz with b = 1 - a_A/a_B."""
    read = fvtransport.run(FLOW).observables
    c, b = 1e5 / (8.31446261815324 * 300), 1 - 1.5
    exact = c * 2.5e-5 / (b * 0.01) * np.log((1 - b * 0.1) / (1 - b * 0.8))
    assert np.isclose(read["N_A"].value, exact, rtol=1e-5)


def test_observable_keeps_the_contract():
    contract.check_plugins(fvtransport.check(OBSERVABLE))


def test_observable_closed_form():
    times, L = np.array([20.0, 60.0]), 0.1
    amplitude = 0.4 * np.exp(-(np.pi**2) * 2e-5 * times / L**2)
    exact = L / 2 - amplitude * 2 * L / (np.pi**2 * 0.5)
    assert np.allclose(fvtransport.run(OBSERVABLE).observables["centre"].value, exact, rtol=1e-4)
