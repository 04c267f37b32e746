"""Addresses are those that Django names, whatever they are made of."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.template import engines
from django.urls import NoReverseMatch, reverse
from hypothesis import given
from hypothesis import strategies as st

from daifuku.foundation.reversing import url_of

UIDS = st.builds(lambda number: UUID(int=number), st.integers(0, 2**128 - 1))


@given(uid=UIDS, slug=st.sampled_from(["accounts", "contacts", "leads"]))
def test_keys_and_words_are_put_where_they_belong(uid: UUID, slug: str) -> None:
    assert url_of("records:record", slug, uid) == reverse("records:record", args=[slug, uid])
    assert url_of("records:record", slug, str(uid)) == reverse("records:record", args=[slug, uid])


@given(first=UIDS, second=st.integers(0, 10**12))
def test_several_keys_keep_their_order(first: UUID, second: int) -> None:
    assert url_of("customers:unrelate", first, second) == reverse("customers:unrelate", args=[first, second])


def test_what_has_no_address_is_an_error_as_ever() -> None:
    for arguments in (
        ("records:nowhere",),
        ("records:record", "accounts"),
        ("records:record", "a/b", uuid4()),
    ):
        with pytest.raises(NoReverseMatch):
            url_of(*arguments)


def test_templates_name_addresses_the_same_way() -> None:
    uid = uuid4()
    draw = engines["django"].from_string
    expected = reverse("records:record", args=["leads", uid])
    assert draw("{% url 'records:record' 'leads' uid %}").render({"uid": uid}) == expected
    assert draw("{% url 'records:record' 'leads' uid as at %}{{ at }}").render({"uid": uid}) == expected
    assert draw("{% url 'nowhere' as at %}[{{ at }}]").render({}) == "[]"
