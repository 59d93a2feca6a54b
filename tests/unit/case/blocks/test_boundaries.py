"""The blocks `initial:` and `boundaries:`: conditions by field, defaults, and what is missing."""

from fvtransport.case.blocks.boundaries import read_boundaries, read_condition, read_initial
from fvtransport.model.elementary import NoFlux
from tests.tools.reading import messages, read_through


def conditions(text: str):
    builder = read_through(boundaries=text)
    read_boundaries(builder)
    found = {
        name: {field.name: (entry.name, entry.is_default) for field, entry in given.items()}
        for name, given in builder.boundaries.items()
    }
    return found, messages(builder)


def test_what_is_given_comes_before_the_default():
    found, wrong = conditions("{left: {T: {dirichlet: 3}}, default: {T: {neumann: 1}, x_A: no_flux}}")
    assert found == {
        "left": {"T": ("dirichlet", False), "x_A": ("no_flux", True)},
        "right": {"T": ("neumann", True), "x_A": ("no_flux", True)},
    }
    assert not wrong


def test_missing_conditions_are_named():
    found, wrong = conditions("{left: {T: {dirichlet: 3}, x_A: no_flux}, right: {T: no_flux}}")
    assert wrong == ["no condition for x_A on right"] and list(found["right"]) == ["T"]


def test_a_misspelt_boundary_is_missing_nothing():
    _, wrong = conditions("{lefd: {T: no_flux, x_A: no_flux}, right: {T: no_flux, x_A: no_flux}}")
    assert wrong == ['unknown boundary "lefd"']


def test_a_boundary_is_a_mapping_of_fields():
    _, wrong = conditions("{left: no_flux, default: {T: no_flux, x_A: no_flux}}")
    assert len(wrong) == 1 and wrong[0].startswith("left is ")


def test_a_condition_is_a_plugin_of_its_field():
    builder = read_through(boundaries="{left: {T: no_flux}}")
    node = builder.mapping("boundaries")["left"].value["T"]
    name, condition = read_condition(builder, next(iter(builder.scope.names.solved)), node, "boundary", "a condition")
    assert name == "no_flux" and isinstance(condition, NoFlux)


def test_initial_values_are_numbers_or_expressions():
    builder = read_through(initial="{T: 1 + x, x_A: 0.25, x_C: 1}")
    read_initial(builder)
    by_name = {field.name: value for field, value in builder.initial.items()}
    assert by_name["x_A"].constant == 0.25 and by_name["T"].constant is None
    assert len(messages(builder)) == 1 and "x_C" in messages(builder)[0]
