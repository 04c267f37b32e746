"""A prepared query finds what the same query finds each time, whatever values it is asked with."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daifuku.customers.models import Account
from daifuku.foundation.sql.prepared import Prepared
from daifuku.ledger.models import Event
from daifuku.records.actions import create
from daifuku.records.models.record import UnscopedRead
from daifuku.staff.models import Membership, Person, Role

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def test_numbers(cast: Cast) -> None:
    roles = Prepared(lambda person: Role.objects.filter(people=person))
    for person in (cast.aoyama, cast.mizuno, cast.aoyama):
        assert roles(person.pk) == list(person.roles.all())


def test_texts_and_limits(cast: Cast) -> None:
    named = Prepared(lambda name: Person.objects.filter(family_name=name).order_by("pk")[:1])
    assert named("馬場") == [cast.baba]
    assert named.first("青山") == cast.aoyama
    assert named("' OR 1=1 --") == []
    assert named.first("だれもいない") is None


def test_uids_and_what_rows_link_to(cast: Cast) -> None:
    first, second = (create("account", {"name": name}, by=cast.aoyama) for name in ("青葉", "若葉"))
    by_uid = Prepared(lambda uid: Account.plain.select_related("owner", "parent").filter(uid=uid))
    assert by_uid.first(uuid.uuid4()) is None
    found = by_uid.first(second.uid)
    assert (found.pk, found.uid, found.updated_at, found.custom) == (
        second.pk, second.uid, second.updated_at, second.custom,
    )  # fmt: skip
    with CaptureQueriesContext(connection) as asked:
        assert (found.owner, found.parent) == (cast.aoyama, None)
    assert len(asked) == 0
    assert by_uid.first(first.uid).name == "青葉"


def test_one_value_at_two_places_and_two_values(cast: Cast) -> None:
    either = Prepared(
        lambda team, person: (
            Membership.objects.filter(team=team).values_list("person_id", flat=True)
            | Membership.objects.filter(person=person).values_list("person_id", flat=True)
        )
    )
    assert set(either(cast.section.pk, cast.senda.pk)) == {cast.aoyama.pk, cast.baba.pk, cast.senda.pk}
    assert set(either(cast.other.pk, cast.senda.pk)) == {cast.senda.pk}


def test_rows_bring_what_was_to_be_fetched_along(cast: Cast) -> None:
    account = create("account", {"name": "青葉"}, by=cast.aoyama)
    lines = Prepared(lambda actor: Event.objects.filter(actor_id=actor).prefetch_related("subjects"))
    (line,) = lines(cast.aoyama.pk)
    with CaptureQueriesContext(connection) as asked:
        assert [subject.record_id for subject in line.subjects.all()] == [account.pk]
    assert len(asked) == 0


def test_it_is_asked_anew_every_time(cast: Cast) -> None:
    count = Prepared(lambda: Role.objects.filter(key="helper").values_list("name"))
    assert count() == []
    Role.objects.create(key="helper", name="応援")
    assert count() == [("応援",)]


def test_records_pass_the_read_door() -> None:
    with pytest.raises(UnscopedRead):
        Prepared(lambda uid: Account.objects.filter(uid=uid))(uuid.uuid4())


def test_postgresql_keeps_what_is_asked_again(cast: Cast) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite plans in the same process, in less time than it takes to say the question")
    named = Prepared(
        lambda name: Person.objects.filter(family_name=name, given_name__contains="100%").order_by("pk")
    )
    for _time in range(4):
        assert named("青山") == []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT statement FROM pg_prepared_statements WHERE statement LIKE %s", ["%staff_person%"]
        )
        (kept,) = (text for (text,) in cursor.fetchall() if "family_name" in text)
    assert "100" in kept
    assert "青山" not in kept
