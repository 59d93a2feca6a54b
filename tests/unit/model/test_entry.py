"""Entries of the registry: the kind of a class, and classes that are imported when they are used."""

import pytest
from fvtransport.plugins.laws.fick import Fick

from fvtransport.errors import PluginError
from fvtransport.model.boundary import Boundary
from fvtransport.model.entry import KINDS, Entry, kind_of
from fvtransport.model.law import Law

FICK = "fvtransport.plugins.laws.fick:Fick"


@pytest.mark.parametrize(("cls", "kind"), [(Fick, "law"), (Boundary, "boundary")])
def test_the_interface_says_the_kind(cls, kind):
    assert kind_of(cls, "it", "here") == kind and issubclass(cls, KINDS[kind])


def test_a_class_of_no_kind_is_refused():
    with pytest.raises(PluginError, match='int in here is named "it" but is no law, property'):
        kind_of(int, "it", "here")


def test_a_class_is_imported_when_it_is_asked_for():
    entry = Entry("law", "fick", "built in", FICK)
    assert not entry.is_imported and entry.is_of(Fick) and not entry.is_of(Law) and not entry.is_imported
    assert entry.cls is Fick and entry.is_imported


def test_a_class_at_hand():
    entry = Entry("law", "mine", "a file", Fick)
    assert entry.is_imported and entry.cls is Fick and entry.is_of(Fick) and not entry.is_of(Law)


@pytest.mark.parametrize("target", ["no_such_module:Fick", "fvtransport.plugins.laws.fick:Fik"])
def test_what_cannot_be_imported_is_named(target):
    with pytest.raises(PluginError, match=r'law "fick" \(somewhere\) could not be loaded: '):
        _ = Entry("law", "fick", "somewhere", target).cls
