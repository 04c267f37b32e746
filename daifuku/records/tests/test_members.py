"""Several people on one lead or account: each sees it and what happened with it; a queue gives it to exactly one."""

from __future__ import annotations

from threading import Barrier, Thread
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.utils import timezone

from daifuku.activities.models import Talk
from daifuku.customers.models import Lead
from daifuku.foundation.errors import Conflict, Forbidden, Invalid
from daifuku.ledger.models import Event
from daifuku.records import actions, conditions, undoing
from daifuku.records.actions import members
from daifuku.records.actions.taking import take
from daifuku.records.explaining import ASKED, explain
from daifuku.records.listing import query
from daifuku.records.models import Share
from daifuku.records.scope import sees
from daifuku.staff.models import Company, Person, Role
from daifuku.staff.viewer import Viewer
from daifuku.voices.models import Voice

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.testing import Cast

CARD = {"family_name": "長久手", "company": "青葉商事"}


@pytest.fixture
def lead(db: None, cast: Cast) -> Any:
    Company.objects.create(name="シャチホコ商事")
    return actions.create("lead", CARD | {"privacy": "private"}, by=cast.aoyama)


def seen(person: Person, action: str = "view") -> list[int]:
    return list(Lead.objects.visible_to(Viewer(person), action=action).values_list("pk", flat=True))


def test_a_member_sees_and_changes_the_record_and_what_happened_with_it(cast: Cast, lead: Any) -> None:
    talk = actions.create(
        "talk", {"lead": lead, "method": "phone", "content": "other", "text": "納期"}, by=cast.aoyama
    )
    assert seen(cast.senda) == []
    members.put_member(lead, cast.senda, "engineer", by=cast.aoyama)
    assert seen(cast.senda) == seen(cast.senda, "edit") == [lead.pk]
    assert list(Talk.objects.visible_to(Viewer(cast.senda))) == [talk]
    assert seen(cast.baba) == []
    members.remove_member(lead, cast.senda, by=cast.aoyama)
    assert seen(cast.senda) == []
    assert not Talk.objects.visible_to(Viewer(cast.senda)).exists()


def test_a_member_sees_the_voices_of_a_private_customer(cast: Cast, lead: Any) -> None:
    heard = {"lead": lead, "topic": "wish", "text": "小分けにしてほしい"}
    voice = actions.create("voice", heard, by=cast.aoyama)
    Voice.plain.filter(pk=voice.pk).update(privacy="private")
    assert list(Voice.objects.visible_to(Viewer(cast.senda))) == []
    members.put_member(lead, cast.senda, by=cast.aoyama)
    assert list(Voice.objects.visible_to(Viewer(cast.senda))) == [voice]
    assert list(Voice.objects.visible_to(Viewer(cast.baba))) == []


@pytest.mark.parametrize(("scope", "may"), [("own", False), ("team", False), ("all", True)])
def test_what_others_wrote_a_member_changes_as_his_role_says(
    cast: Cast, lead: Any, scope: str, may: bool
) -> None:
    talk = actions.create(
        "talk", {"lead": lead, "method": "phone", "content": "other", "text": "納期"}, by=cast.aoyama
    )
    own = {"lead": lead, "method": "phone", "content": "other", "text": "数量"}
    members.put_member(lead, cast.senda, by=cast.aoyama)
    mine = actions.create("talk", own, by=cast.senda)
    Role.objects.update(grants={"*": {"view": "all", "create": "all", "edit": scope}})
    viewer = Viewer(Person.objects.get(pk=cast.senda.pk))
    assert set(Talk.objects.visible_to(viewer)) == {talk, mine}
    assert sees(viewer, mine, "edit")
    assert sees(viewer, talk, "edit") is may
    assert seen(cast.senda, "edit") == [lead.pk]


def test_a_role_without_talks_sees_none_as_a_member_either(cast: Cast, lead: Any) -> None:
    actions.create("talk", {"lead": lead, "method": "phone", "content": "other", "text": "x"}, by=cast.aoyama)
    members.put_member(lead, cast.senda, by=cast.aoyama)
    Role.objects.update(grants={"*": dict.fromkeys(ASKED, "all"), "talk": dict.fromkeys(ASKED, "none")})
    viewer = Viewer(Person.objects.get(pk=cast.senda.pk))
    assert list(Talk.objects.visible_to(viewer)) == []


def test_the_firm_lets_members_read_only(cast: Cast, lead: Any) -> None:
    members.put_member(lead, cast.senda, by=cast.aoyama)
    with pytest.raises(Forbidden):
        members.let_members_edit(False, by=cast.aoyama)
    members.let_members_edit(False, by=cast.mizuno)
    assert seen(cast.senda) == [lead.pk]
    assert seen(cast.senda, "edit") == []
    undoing.undo(Event.objects.get(kind="members.rule"), by=cast.mizuno)
    assert seen(cast.senda, "edit") == [lead.pk]


def test_adding_a_member_is_undone(cast: Cast, lead: Any) -> None:
    members.put_member(lead, cast.senda, by=cast.aoyama)
    undoing.undo(Event.objects.filter(kind="lead.edited").latest("pk"), by=cast.aoyama)
    assert seen(cast.senda) == []
    assert not Share.objects.exclude(role="").exists()


def test_who_left_and_who_is_in_charge_are_refused(cast: Cast, lead: Any) -> None:
    Person.objects.filter(pk=cast.baba.pk).update(is_active=False)
    with pytest.raises(Invalid):
        members.put_member(lead, Person.objects.get(pk=cast.baba.pk), by=cast.aoyama)
    with pytest.raises(Conflict):
        members.put_member(lead, cast.aoyama, by=cast.aoyama)


def test_a_file_brings_members_with_their_roles(cast: Cast, lead: Any) -> None:
    actions.edit(lead, {"members": "千田 葵（技術）、馬場 健"}, by=cast.aoyama)
    kept = Lead.plain.get(pk=lead.pk)
    assert [(each["label"], each["role"]) for each in kept.members] == [
        ("千田 葵", "engineer"),
        ("馬場 健", "second"),
    ]
    with pytest.raises(Invalid, match="選択肢にありません"):
        actions.edit(lead, {"members": "千田 葵（監査）"}, by=cast.aoyama)
    with pytest.raises(Invalid, match="見つかりません"):
        actions.edit(lead, {"members": "架空 太郎"}, by=cast.aoyama)


@pytest.mark.parametrize("op", ["any_of", "none_of"])
def test_lists_ask_for_records_of_which_one_is_a_member(cast: Cast, lead: Any, op: str) -> None:
    other = actions.create("lead", CARD | {"family_name": "日進"}, by=cast.aoyama)
    members.put_member(lead, cast.senda, by=cast.aoyama)
    viewer = Viewer(cast.senda)
    asked = conditions.parse({"all": [{"field": "members", "op": op, "value": ["me"]}]}, "lead", viewer)
    today = timezone.localdate()
    rows = query("lead", viewer, asked, "", today=today).rows
    wanted = lead if op == "any_of" else other
    assert [row.pk for row in rows] == [wanted.pk]
    assert asked.matches(Lead.plain.get(pk=wanted.pk), viewer, today)
    empty = conditions.parse({"all": [{"field": "members", "op": "empty"}]}, "lead", viewer)
    assert [row.pk for row in query("lead", viewer, empty, "", today=today).rows] == [other.pk]


@pytest.mark.parametrize("scope", ["none", "own", "team", "tree", "all"])
def test_query_memory_and_explanation_agree(cast: Cast, lead: Any, scope: str) -> None:
    members.put_member(lead, cast.senda, by=cast.aoyama)
    waiting = {"family_name": "待", "private": True, "owner": None, "team": cast.section}
    actions.create("lead", waiting, by=cast.mizuno)
    actions.create("talk", {"lead": lead, "method": "phone", "content": "other", "text": "x"}, by=cast.aoyama)
    actions.create("voice", {"lead": lead, "topic": "wish", "text": "小分けに"}, by=cast.aoyama)
    Voice.plain.update(privacy="private")
    Role.objects.update(grants={"*": dict.fromkeys(ASKED, scope)})
    for person in Person.objects.all():
        for model in (Lead, Talk, Voice):
            for action in ASKED:
                viewer = Viewer(person)
                found = set(model.objects.visible_to(viewer, action=action).values_list("pk", flat=True))
                for record in model.plain.select_related("owner", "team"):
                    assert sees(viewer, record, action) == (record.pk in found)
                    assert explain(viewer, record, action).allowed == (record.pk in found)


def waiting_lead(cast: Cast) -> Any:
    return actions.create("lead", CARD | {"owner": None, "team": cast.section}, by=cast.mizuno)


def test_one_of_the_team_takes_what_waits_and_the_second_reads_who_was_quicker(cast: Cast, lead: Any) -> None:
    waiting = waiting_lead(cast)
    with pytest.raises(Forbidden):
        take(waiting, by=cast.senda)
    assert take(waiting, by=cast.aoyama).owner == cast.aoyama
    assert take(waiting, by=cast.aoyama).version == 2
    with pytest.raises(Conflict, match="青山 凛さんが先に引き受けました。"):
        take(waiting, by=cast.baba)


def test_whoever_sees_only_his_own_sees_the_queue_of_his_team(cast: Cast, lead: Any) -> None:
    waiting = waiting_lead(cast)
    Role.objects.update(grants={"*": dict.fromkeys(ASKED, "own")})
    assert seen(cast.baba) == [waiting.pk]
    assert seen(cast.senda) == []
    take(waiting, by=cast.baba)
    assert seen(cast.aoyama) == [lead.pk]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_tap_at_once_exactly_one_gets_it(cast: Cast) -> None:
    Company.objects.create(name="シャチホコ商事")
    waiting, start, got = waiting_lead(cast), Barrier(2), []

    def tap(person: Person) -> None:
        start.wait()
        try:
            take(waiting, by=person)
            got.append(person)
        except Conflict:
            pass
        finally:
            connection.close()

    threads = [Thread(target=tap, args=(person,)) for person in (cast.aoyama, cast.baba)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 1
    assert Lead.plain.get(pk=waiting.pk).owner == got[0]


def test_the_page_adds_and_removes_members(client: Client, cast: Cast, lead: Any) -> None:
    client.force_login(cast.aoyama)
    page = client.get(lead.get_absolute_url()).content.decode()
    assert "メンバーを追加" in page
    address = f"{lead.get_absolute_url()}members/"
    assert "千田 葵" in client.get(address).content.decode()
    headers = {"HX-Request": "true"}
    answer = client.post(address, {"person": cast.senda.uid, "role": "engineer"}, headers=headers)
    assert "千田 葵" in answer.content.decode()
    refused = client.post(address, {"person": ""}, headers=headers)
    assert refused.status_code == 422
    assert "社員を選んでください" in refused.content.decode()
    gone = client.post(f"{address}remove/", {"person": cast.senda.uid}, headers=headers)
    assert "千田 葵" not in gone.content.decode().replace("千田 葵をメンバー", "")


def test_the_page_of_a_waiting_record_offers_to_take_it(client: Client, cast: Cast, lead: Any) -> None:
    waiting = waiting_lead(cast)
    client.force_login(cast.baba)
    page = client.get(waiting.get_absolute_url()).content.decode()
    assert "営業一課の順番待ちです。" in page
    answer = client.post(f"{waiting.get_absolute_url()}take/", follow=True).content.decode()
    assert "引き受けました。" in answer
    client.force_login(cast.aoyama)
    late = client.post(f"{waiting.get_absolute_url()}take/", follow=True).content.decode()
    assert "馬場 健さんが先に引き受けました。" in late
