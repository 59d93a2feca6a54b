"""Names of plugins: those of the classes themselves, not of their bases."""

import pytest

from fvtransport.errors import PluginError
from fvtransport.model.naming import name_of, plugin, tag_of


@plugin("mine")
class Mine:
    pass


class Heir(Mine):
    pass


def test_a_class_has_the_name_that_it_was_given():
    assert name_of(Mine) == tag_of(Mine) == "mine"


def test_a_name_is_not_inherited():
    assert name_of(Heir) == "Heir" and tag_of(Heir) is None and tag_of(Mine()) is None


def test_a_missing_name_is_asked_for():
    with pytest.raises(PluginError, match=r'write @plugin\("name"\) above Heir'):
        plugin(Heir)
