"""A constant, a formula and a closed boundary."""

import numpy as np

from fvtransport.case.text.expressions import compile_expression
from fvtransport.model.elementary import ELEMENTARY, Constant, Expression, NoFlux
from fvtransport.model.formula import Formula
from fvtransport.model.naming import name_of
from tests.tools.views import at_boundary, binary, cells, medium

AT = cells(medium(binary()), [300.0, 0.25])


def test_a_constant_is_the_same_everywhere():
    assert Constant(value=3.0)(AT) == Constant(value=3.0).constant == 3.0


def formula(text: str) -> Expression:
    handles = {field.name: field for field in (*AT.medium.fields, *AT.species)}
    compiled = compile_expression(text, handles)
    read = tuple(handles[name] for name in compiled.arguments)
    return Expression(formula=Formula(text, compiled.function, read))


def test_a_formula_reads_the_view():
    assert formula("2*T + x_B")(AT).tolist() == [600.75] and formula("2*T").constant is None
    assert formula("2*3").constant == 6.0


def test_nothing_passes_a_closed_boundary():
    view = at_boundary(medium(binary()), [300.0, 0.25], flux=5.0)
    assert NoFlux().outward_flux(view) == 0.0 and np.ravel(NoFlux().residual(view)).tolist() == [5.0]


def test_their_names():
    assert [name_of(cls) for cls in ELEMENTARY] == ["constant", "expression", "no_flux"]
