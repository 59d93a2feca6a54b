from __future__ import annotations

import pytest

import fvtransport
from fvtransport import Law
from fvtransport.model.registry import Registry
from tests.tools.coupled import COUPLED, PARAMETERS, SOFT
from tests.tools.drifting import DRIFTING, PLUGINS


@pytest.fixture
def case_of(tmp_path):
    def make(at: str = "face[A]", soret: str = "0.3", diffusivity: str = "1.0e-9", mesh: str = ""):
        (tmp_path / "dilute.py").write_text(PLUGINS.replace("AT", at).replace("SORET", soret))
        text = DRIFTING.replace("DIFFUSIVITY", diffusivity)
        (tmp_path / "case.yaml").write_text(text.replace("type: Grid1D, length: 1.0e-3", mesh) if mesh else text)
        return fvtransport.check(tmp_path / "case.yaml")

    return make


@pytest.fixture
def case_with(tmp_path):
    """A function that checks the case with one more law, given in the file or as an object."""

    def make(name: str, law: Law | None = None, text: str = COUPLED):
        covered = () if law is not None else Registry.installed().get("law", name).cls.covers
        laws = [each for each in ("conduction", "fick") if each not in (name, *covered)]
        if law is None:
            laws.append(f"{name}: {PARAMETERS[name]}" if name in PARAMETERS else name)
        wanted = {handle.name for handle in Registry.installed().get("law", name).cls.needs} if law is None else set()
        properties = "".join(f"  {key}: {value}\n" for key, value in SOFT.items() if key in wanted)
        path = tmp_path / f"{name}.yaml"
        path.write_text(text.replace("PROPERTIES\n", properties).replace("LAWS", ", ".join(laws)))
        case = fvtransport.check(path)
        return case if law is None else case.__class__(**{**vars(case), "laws": {**case.laws, name: law}})

    return make
