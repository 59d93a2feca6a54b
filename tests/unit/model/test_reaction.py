"""What a reaction declares."""

import numpy as np
from fvtransport.plugins.handles import temperature

from fvtransport.model.reaction import OpposedRates


def test_the_net_rate_is_forward_less_reverse():
    forward, reverse = np.array([3.0, 1.0]), np.array([1.0, 2.0])
    both = OpposedRates({}, forward, reverse, temperature, 8.314)
    alone = OpposedRates({}, forward, None, temperature, 8.314)
    assert both.is_reversible and both.net.tolist() == [2.0, -1.0]
    assert not alone.is_reversible and alone.net is forward
