"""Members of plugins that are tried at points of a case: each must treat a place by itself."""

import pytest

import fvtransport
from tests.tools.cases import PURE, case_text

LAW = '''
import numpy as np
from fvtransport import Boundary, Law, parameter, plugin
from fvtransport.plugins.handles import energy, temperature

@plugin("mean_law")
class MeanLaw(Law):
    """q = -<T> grad T"""

    def flux(self, face):
        return {energy: -MEAN(face[temperature]) * face.grad(temperature)}
'''


@pytest.mark.parametrize(("mean", "is_wrong"), [("np.mean", True), ("np.abs", False)])
def test_a_mean_over_faces_is_refused(tmp_path, mean, is_wrong):
    (tmp_path / "mine.py").write_text(LAW.replace("MEAN", mean))
    text = case_text(
        PURE, plugins="[mine.py]", laws="[mean_law]", initial='{T: "1 + x"}', solve="{transient: 1}",
        boundaries="{default: {T: no_flux}}", properties="{heat_capacity: 1}",
    )  # fmt: skip
    (tmp_path / "case.yaml").write_text(text)
    if is_wrong:
        with pytest.raises(fvtransport.PluginError, match="mean_law must be element-wise"):
            fvtransport.check(tmp_path / "case.yaml")
    else:
        fvtransport.check(tmp_path / "case.yaml")
