"""A coefficient that depends on direction."""

from collections.abc import Iterable

import numpy as np

from fvtransport import Context, Issue, PluginError, Property, View, normal_component, parameter, plugin

_ASYMMETRY = 1e-12


@plugin("tensor")
class Tensor(Property):
    """A symmetric and positive definite tensor along the axes of the mesh:  J = -K . grad u

    {tensor: [[K_xx, K_xy], [K_xy, K_yy]]}, in three dimensions three rows of three; entries may be expressions. On a
    face the coefficient along its normal, n . K . n, is used where a law asks for a number; in cells the smallest
    principal value.
    """

    shorthand = "rows"
    rows: tuple[tuple[Property, ...], ...] = parameter(unit="{property}", meaning="entries of the tensor row by row")

    @property
    def tensor_dimension(self) -> int:
        return len(self.rows)

    def tensor(self, at: View):
        return tuple(tuple(entry(at) for entry in row) for row in self.rows)

    def __call__(self, at: View):
        if at.normal is not None:
            return normal_component(self.tensor(at), at.normal)
        return np.linalg.eigvalsh(self._matrices(at))[..., 0]

    def _matrices(self, at: View) -> np.ndarray:
        """The tensor at every place, (..., n, rows, rows)."""
        entries = np.broadcast_arrays(*(np.asarray(entry, float) for row in self.tensor(at) for entry in row))
        return np.stack(entries, axis=-1).reshape(*entries[0].shape, len(self.rows), len(self.rows))

    def validate(self, context: Context) -> Iterable[Issue]:
        size = len(self.rows)
        if size not in (2, 3) or any(len(row) != size for row in self.rows):
            shape = ", ".join(str(len(row)) for row in self.rows)
            yield Issue(f"rows of {shape} entries are no tensor", "two rows of two entries or three rows of three")
            return
        if any(entry.tensor_dimension for row in self.rows for entry in row):
            yield Issue("an entry is a tensor itself", "numbers or expressions")
            return
        if context.state is not None:
            yield from super().validate(context)
            yield from _mistakes(self._matrices(context.state), context.state)
        elif all(entry.constant is not None for row in self.rows for entry in row):
            yield from _mistakes(np.array([[entry.constant for entry in row] for row in self.rows]), None)


def _mistakes(matrices: np.ndarray, at: View | None) -> Iterable[Issue]:
    """What is wrong with tensors (..., rows, rows), each with the first place where it is."""
    size = np.abs(matrices).max(axis=(-1, -2))
    apart = np.abs(matrices - np.swapaxes(matrices, -1, -2)).max(axis=(-1, -2)) > _ASYMMETRY * size
    if np.any(apart):
        yield Issue(f"the tensor is not symmetric{_place(apart, at)}", "K_xy = K_yx")
        return
    with np.errstate(invalid="ignore"):
        least = np.linalg.eigvalsh(matrices)[..., 0] if np.isfinite(matrices).all() else np.full(size.shape, np.nan)
    wrong = ~(least > 0.0)
    if np.any(wrong):
        value = np.min(least[wrong]) if np.ndim(least) else least
        text = f"the tensor is not positive definite: its smallest principal value is {value:.4g}{_place(wrong, at)}"
        yield Issue(text, "|K_xy| < sqrt(K_xx K_yy)")


def _place(wrong: np.ndarray, at: View | None) -> str:
    if at is None or not np.ndim(wrong):
        return ""
    first = tuple(np.argwhere(wrong)[0])[-1]
    try:
        position = (np.broadcast_to(at.coordinate(axis), np.shape(wrong)[-1:])[first] for axis in range(3))
        return f" at ({', '.join(f'{x:g}' for x in position)})"
    except (TypeError, PluginError):
        return ""
