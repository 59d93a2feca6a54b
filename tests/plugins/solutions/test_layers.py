"""Layers on a line, in which an interface has two nodes at one place."""

import numpy as np
from fvtransport.plugins.solutions.layers import layer_of


def test_of_two_nodes_on_an_interface_the_first_is_on_the_left():
    x = np.array([0.0, 0.1, 0.1 + 1e-17, 0.2, 0.3, 0.3, 0.4])
    assert layer_of(x, [0.1, 0.3]).tolist() == [0, 0, 1, 1, 1, 2, 2]
    assert layer_of(np.array([0.1]), [0.1]).tolist() == [0]
