"""The block `interfaces:`: conditions by two regions and a field, each interface once."""

from fvtransport.case.blocks.interfaces import read_interfaces
from tests.tools.reading import messages, read_through


def read(text: str):
    builder = read_through(interfaces=text)
    read_interfaces(builder)
    found = {regions: {f.name: e.name for f, e in given.items()} for regions, given in builder.interfaces.items()}
    return found, messages(builder)


def test_conditions_are_by_regions_and_field():
    found, wrong = read("{a-b: {T: {contact_resistance: 0.5}, x_A: {partition: {ratio: 2}}}}")
    assert found == {("a", "b"): {"T": "contact_resistance", "x_A": "partition"}} and not wrong


def test_an_interface_is_given_once_in_either_order():
    found, wrong = read("{a-b: {T: {contact_resistance: 0.5}}, b-a: {T: {contact_resistance: 1}}}")
    assert list(found) == [("a", "b")] and wrong == ["b-a is the interface a-b, which is given above"]


def test_mistakes_are_named():
    assert read("{a-b: 3}")[1][0].startswith("a-b is ")
    assert "a-c" in read("{a-c: {T: {contact_resistance: 1}}}")[1][0]
    assert "x_C" in read("{a-b: {x_C: {contact_resistance: 1}}}")[1][0]
