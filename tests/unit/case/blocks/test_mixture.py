"""The block `mixture:`: its names, also where a number is wrong, and names that clash."""

from fvtransport.case.blocks.mixture import read_mixture
from tests.tools.reading import builder_of, messages


def read(text: str, **parameters: str):
    builder = builder_of(mixture=text)
    builder.know(given=parameters)
    read_mixture(builder)
    return builder, messages(builder)


def names(builder) -> list[str]:
    return [field.name for field in builder.scope.names.solved]


def test_a_mixture_gives_its_fields():
    builder, wrong = read("{binary: {species: [A, B], concentration: 2}}")
    assert not wrong and names(builder) == ["T", "x_A"] and builder.mixture_name == "binary"
    assert builder.mixture is builder.placeholder


def test_a_mixture_with_a_wrong_number_has_names_too():
    builder, wrong = read("{binary: {species: [A, B], concentration: -2}}")
    assert len(wrong) == 1 and builder.mixture is None and names(builder) == ["T", "x_A"]
    assert builder.placeholder.concentration.constant == 1.0


def test_names_that_could_not_be_read_are_not_known():
    builder, wrong = read("{binary: {species: [A], concentration: 2}}")
    assert wrong and builder.placeholder is None and builder.scope.names is None


def test_two_fields_of_one_name():
    _, wrong = read("{binary: {species: [A, A], concentration: 2}}")
    assert wrong == ["binary has two fields of one name"]


def test_its_own_properties_know_its_fields():
    builder, wrong = read("{binary: {species: [A, B], concentration: 2/T}}")
    assert not wrong and builder.mixture.concentration.constant is None
    assert "unknown mixture" in read("binari")[1][0]
