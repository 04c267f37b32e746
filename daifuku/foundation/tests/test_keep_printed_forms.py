"""A printed piece of a template shows each record's key and each page's token, and nothing that it was not told."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.template import Context, Template
from django.utils import translation

FORM = Template(
    "{% load i18n %}{% printed record.uid slug=slug on=on %}<form action=\"{% url 'records:trash' slug key %}\">"
    '{% csrf_token %}{% if on %}<b>{% translate "保存" %}</b>{% endif %}'
    "{{ secret }}{{ record.name }}</form>{% endprinted %}"
)


def drawn(uid: UUID | int, token: str, **values: Any) -> str:
    given = {
        "slug": "accounts",
        "on": True,
        "secret": "秘密",
        "record": {"uid": uid, "name": "青葉商事"},
    } | values
    return FORM.render(Context({**given, "csrf_token": token}))


def test_each_record_has_its_own_key_and_each_page_its_own_token() -> None:
    for _time in range(3):
        uid, token = uuid4(), uuid4().hex
        page = drawn(uid, token)
        assert f'action="/accounts/{uid}/trash/"' in page
        assert f'value="{token}"' in page


def test_nothing_else_of_the_page_gets_into_it() -> None:
    assert "秘密" not in drawn(uuid4(), "x")
    assert "青葉商事" not in drawn(uuid4(), "x")


def test_what_it_depends_on_is_named() -> None:
    assert "<b>" in drawn(uuid4(), "x", on=True)
    assert "<b>" not in drawn(uuid4(), "x", on=False)
    assert "/leads/" in drawn(uuid4(), "x", slug="leads")


def test_each_language_has_its_own() -> None:
    assert "保存" in drawn(uuid4(), "x")
    with translation.override("en"):
        assert "Save" in drawn(uuid4(), "x")
    assert "保存" in drawn(uuid4(), "x")


def test_a_number_is_a_key_as_well() -> None:
    line = Template("{% printed line.pk %}<a href=\"{% url 'records:undo' key %}\"></a>{% endprinted %}")
    for number in (7, 12_345_678):
        assert f'href="/events/{number}/undo/"' in line.render(Context({"line": {"pk": number}}))


def test_without_a_key_only_the_token_is_filled_in() -> None:
    piece = Template("{% printed name=name %}{{ name }}{% csrf_token %}{{ record.name }}{% endprinted %}")
    for name, token in (("木村", "a" * 32), ("<森>", "b" * 32)):
        page = piece.render(Context({"name": name, "csrf_token": token, "record": {"name": "青葉商事"}}))
        assert name.replace("<", "&lt;").replace(">", "&gt;") in page
        assert f'value="{token}"' in page
        assert "青葉商事" not in page
