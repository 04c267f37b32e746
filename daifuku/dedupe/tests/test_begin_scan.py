"""Who keeps the whole ledger may look through everything at any time; others are told whom to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from daifuku.dedupe.actions.scanning import begin, begin_by_itself
from daifuku.foundation.errors import Forbidden
from daifuku.jobs.models import Job
from daifuku.staff.models import Person, Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.testing import Cast

    Login = Callable[[Any], Client]

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(cast: Cast) -> Person:
    made: Person = Person.objects.create_user(
        "toshiko@example.jp", "misonikomi-udon", family_name="栄", given_name="としこ"
    )
    made.roles.add(Role.objects.get(key="clerk"))
    return made


def test_the_clerk_begins_on_the_page_and_sees_how_far_it_is(clerk: Person, login_as: Login) -> None:
    client = login_as(clerk)
    assert "全件を調べる" in client.get(reverse("dedupe:pairs")).content.decode()
    answer = client.post(reverse("dedupe:scan"))
    assert answer["Location"] == reverse("jobs:job", args=[Job.objects.get().uid])
    assert client.get(answer["Location"]).status_code == 200


def test_whoever_may_change_some_only_is_told_whom_to_ask(cast: Cast, login_as: Login) -> None:
    for person in (cast.aoyama, cast.osaki):
        with pytest.raises(Forbidden, match="すべて変更できる人"):
            begin(by=person)
    client = login_as(cast.aoyama)
    page = client.get(reverse("dedupe:pairs")).content.decode()
    assert "全件を調べる</" not in page
    assert "依頼してください" in page
    refused = client.post(reverse("dedupe:scan"))
    assert refused.status_code == 403
    assert "すべて変更できる人" in refused.content.decode()
    assert not Job.objects.exists()


def test_the_scan_that_began_at_night_is_told_without_a_page_of_it(clerk: Person, login_as: Login) -> None:
    begin_by_itself()
    client, job = login_as(clerk), Job.objects.get()
    page = client.get(reverse("dedupe:pairs")).content.decode()
    assert "いま調べています" in page
    assert reverse("jobs:job", args=[job.uid]) not in page
    answer = client.post(reverse("dedupe:scan"), follow=True)
    assert answer.redirect_chain == [(reverse("dedupe:pairs"), 302)]
    assert "いま全件を調べています" in answer.content.decode()
    assert Job.objects.count() == 1
