"""What a law implements: one term of the balances, with the state at which it may be linearised.

Laws and properties are evaluated on NumPy arrays of any leading shape (..., faces) or (..., cells) and must only use
element-wise operations, so that the engine can differentiate them by evaluating many perturbed states at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from .flux_view import FluxView
from .handles import Shared
from .mixture import Mixture
from .parameters import Declared
from .reaction import OpposedRates
from .state import State, Terms
from .views import CellView, FaceView, View

__all__ = ["Law"]


class Law(Declared):
    """One term of the balances: a storage per volume, a flux per area, a source per volume.

    covers names laws that are part of this one, so that a case cannot count them twice.
    """

    needs: ClassVar[tuple[Shared, ...]] = ()
    covers: ClassVar[tuple[str, ...]] = ()

    @property
    def linearised_about(self) -> State | None:
        """The state at which a parameter freezes the law; None for a law of the local state."""
        states = (getattr(self, name) for name in type(self).model_fields)
        return next((state for state in states if isinstance(state, State)), None)

    @property
    def is_linearised(self) -> bool:
        """Whether a parameter freezes the law at a state; fields may then leave their physical range."""
        return self.linearised_about is not None

    def provides(self, mixture: Mixture) -> Mapping[Shared, Callable[[View], Any]]:
        """Shared quantities that the law gives to the others, such as the forces on the species."""
        return {}

    def storage(self, cell: CellView) -> Terms:
        """Amount per volume added to each balance; not a function of time."""
        return {}

    def flux(self, face: FaceView) -> Terms:
        """Flux along the face normal, per area, of each balance the law moves."""
        return {}

    def source(self, cell: CellView) -> Terms:
        """Amount produced per volume and time in each balance."""
        return {}

    def reactions(self, cell: CellView) -> Sequence[OpposedRates]:
        """The reactions that make up `source`, by their opposed rates per volume, for the audit; always as many."""
        return ()

    def face_source(self, face: FluxView) -> Terms:
        """Amount produced per volume and time by what passes the faces; it goes to the cells on both sides."""
        return {}
