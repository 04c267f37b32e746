"""A kept piece of a page is drawn once for the same values, and anew for others."""

from __future__ import annotations

from django.template import Context, Template
from django.utils.translation import override

from daifuku.foundation import kept_tags


class Counted:
    """Tells how often somebody read it."""

    def __init__(self) -> None:
        self.reads = 0

    def __str__(self) -> str:
        self.reads += 1
        return str(self.reads)


def test_the_same_values_are_drawn_once() -> None:
    piece, counted = Template("{% kept who %}{{ who }} {{ counted }}{% endkept %}"), Counted()
    drawn = [piece.render(Context({"who": who, "counted": counted})) for who in ("青山", "馬場", "青山")]
    assert drawn == ["青山 1", "馬場 2", "青山 1"]


def test_each_language_has_its_own() -> None:
    piece = Template('{% load i18n %}{% kept %}{% translate "保存" %}{% endkept %}')
    drawn = []
    for language in ("ja", "en", "ja"):
        with override(language):
            drawn.append(piece.render(Context()))
    assert drawn == ["保存", "Save", "保存"]


def test_what_it_shows_is_escaped() -> None:
    assert Template("{% kept who %}{{ who }}{% endkept %}").render(Context({"who": "<b>"})) == "&lt;b&gt;"


def test_it_does_not_grow_for_ever() -> None:
    piece = Template("{% kept number %}{{ number }}{% endkept %}")
    for number in range(kept_tags.MOST + 10):
        assert piece.render(Context({"number": number})) == str(number)
    (node,) = piece.nodelist.get_nodes_by_type(kept_tags.KeptNode)
    assert isinstance(node, kept_tags.KeptNode)
    assert len(node._drawn) <= kept_tags.MOST
