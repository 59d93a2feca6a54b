"""Collisions of two molecules by their equation of motion."""

from __future__ import annotations

import math

import numpy as np
from scipy.integrate import solve_ivp


def flown(force, E: float, b: float, far: float, longest: float = np.inf) -> float:
    """Angle by which a particle of mass 1 is turned, kinetic energy E far away, in steps no longer than a length."""
    speed = math.sqrt(2 * E)

    def motion(t, y):
        r = math.hypot(y[0], y[1])
        push = force(r) / r
        return [y[2], y[3], push * y[0], push * y[1]]

    def left(t, y):
        return math.hypot(y[0], y[1]) - 1.001 * math.hypot(far, b)

    left.terminal, left.direction = True, 1
    start = [-far, b, speed, 0.0]
    done = solve_ivp(
        motion,
        (0, 100 * far / speed),
        start,
        method="DOP853",
        rtol=1e-11,
        atol=1e-12,
        events=left,
        max_step=longest / speed,
    )
    return math.atan2(done.y[3, -1], done.y[2, -1])
