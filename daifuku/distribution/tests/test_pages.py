"""The pages around distribution: who sees which, what they say, and that a refusal keeps what was typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.distribution.actions import add_rule, distribute
from daifuku.distribution.models import Decision, Rule, Taker
from daifuku.distribution.models.setup import setup
from daifuku.distribution.tests.conftest import at, entered, when
from daifuku.ledger.models import Event
from daifuku.records import undoing

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
Make = Callable[..., Any]


def page(client: Client, reader: Any, address: str, **asked: Any) -> str:
    client.force_login(reader)
    with when(at(24, 16)):
        answer = client.get(address, asked)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def test_the_queue_offers_what_waits(client: Client, desk: Cast, lead_of: Make) -> None:
    Taker.objects.update(active=False)
    lead = lead_of(company="若草工業")
    with when(at(24, 10)):
        distribute([lead.pk], by=None)
    text = page(client, desk.aoyama, "/distribution/")
    assert "若草工業" in text
    assert "引き受ける" in text
    assert "振り分け直す" not in text
    assert "振り分け直す" in page(client, desk.mizuno, "/distribution/")


def test_whoever_gets_none_reads_why_item_by_item(client: Client, desk: Cast, lead_of: Make) -> None:
    entered(desk.aoyama, 5, 3, date(2026, 11, 24))
    lead = lead_of(company="若草工業")
    with when(at(24, 15)):
        distribute([lead.pk], by=None)
    text = page(client, desk.aoyama, "/distribution/why/")
    assert "入力率 62% &lt; 80%" in text
    assert "新しい見込み客の割り当てを止めています" in text
    assert lead.get_absolute_url() in text
    of_lead = page(client, desk.baba, lead.get_absolute_url())
    assert "順番で、馬場 健さんに渡しました" in of_lead
    assert "入力率 62%" not in of_lead, "how a colleague enters is for himself and for whoever distributes"
    assert "入力率 62% &lt; 80%" in page(client, desk.mizuno, lead.get_absolute_url())
    client.force_login(desk.senda)
    assert client.get("/distribution/why/", {"person": str(desk.aoyama.uid)}).status_code == 404
    assert "62%" in page(client, desk.osaki, "/distribution/why/", person=str(desk.aoyama.uid))


def test_log_and_effect_are_for_whoever_leads(client: Client, desk: Cast, lead_of: Make) -> None:
    entered(desk.aoyama, 5, 3, date(2026, 11, 24))
    with when(at(24, 15)):
        distribute([lead_of().pk], by=None)
    assert "馬場 健さんに渡しました" in page(client, desk.osaki, "/distribution/log/")
    assert "青山 凛" in page(client, desk.osaki, "/distribution/effect/")
    client.force_login(desk.aoyama)
    assert client.get("/distribution/log/").status_code == 404


def test_settings_are_saved_and_a_refusal_keeps_what_was_typed(client: Client, desk: Cast) -> None:
    client.force_login(desk.mizuno)
    sent = {
        "on": "on", "by_rate": "on", "strategy": "turn", "opens": "08:30", "closes": "17:30", "low_percent": "85",
        "back_percent": "70", "back_days": "5", "grace_days": "14", "alarm_hours": "4", "return_hours": "16",
        "warn_hours": "4", "queue_team": str(desk.section.pk), "givers": [str(desk.mori.pk)],
        "version": str(setup().version),
    }  # fmt: skip
    refused = client.post("/settings/distribution/", sent)
    assert refused.status_code == 422
    assert "外れる入力率と同じか、それより高く" in refused.content.decode()
    assert 'value="70"' in refused.content.decode()
    client.post("/settings/distribution/", sent | {"back_percent": "95"})
    assert (setup().back_percent, setup().givers) == (95, [desk.mori.pk])
    undoing.undo(Event.objects.filter(kind="distribution.setup_changed").latest("pk"), by=desk.mizuno)
    assert setup().back_percent == 90


def test_a_rule_is_tried_before_it_is_kept(client: Client, desk: Cast, lead_of: Make) -> None:
    lead_of(moment=None, source="web")
    client.force_login(desk.mizuno)
    sent = {
        "name": "Webは馬場", "active": "on", "target": "people", "strategy": "turn", "people": [str(desk.baba.pk)],
        "row": ["0"], "field-0": "source", "op-0": "any_of", "value-0": ["web"], "takes-0": "many", "match": "all",
    }  # fmt: skip
    tried = client.post("/settings/distribution/rules/new/", sent | {"do": "try"})
    assert "先月の見込み客で試した結果" in tried.content.decode()
    assert not Rule.objects.exists()
    assert not Decision.objects.exists()
    client.post("/settings/distribution/rules/new/", sent)
    rule = Rule.objects.get()
    assert rule.people == [desk.baba.pk]
    assert "Webは馬場" in page(client, desk.mizuno, "/settings/distribution/")
    address = f"/settings/distribution/rules/{rule.uid}/"
    empty = client.post(address, sent | {"name": "", "version": str(rule.version)})
    assert empty.status_code == 422
    client.post(f"{address}remove/")
    assert not Rule.objects.exists()
    undoing.undo(Event.objects.filter(kind="distribution.rule_removed").latest("pk"), by=desk.mizuno)
    assert Rule.objects.get().uid == rule.uid


def test_rules_are_put_into_another_order(client: Client, desk: Cast) -> None:
    for name in ("一", "二"):
        add_rule({"name": name}, by=desk.mizuno)
    client.force_login(desk.mizuno)
    second = Rule.objects.get(name="二")
    client.post(f"/settings/distribution/rules/{second.uid}/up/")
    assert list(Rule.objects.values_list("name", flat=True)) == ["二", "一"]


def test_one_takes_part(client: Client, desk: Cast) -> None:
    client.force_login(desk.mizuno)
    sent = {
        "person": str(desk.senda.uid),
        "active": "on",
        "weight": "2",
        "most_open": "30",
        "most_a_day": "x",
    }
    refused = client.post("/settings/distribution/taker/", sent)
    assert refused.status_code == 422
    assert "整数で入力してください" in refused.content.decode()
    client.post("/settings/distribution/taker/", sent | {"most_a_day": "5"})
    assert Taker.objects.get(person=desk.senda).most_open == 30


def test_the_list_distributes_what_was_chosen(client: Client, desk: Cast, lead_of: Make) -> None:
    leads = [lead_of() for _number in range(3)]
    client.force_login(desk.mizuno)
    assert 'value="distribute"' in client.get("/leads/").content.decode()
    sent = {"do": "distribute", "keys": [str(lead.uid) for lead in leads]}
    assert "まとめて振り分ける" in client.post("/leads/many/", sent).content.decode()
    client.post("/leads/many/", sent | {"go": "1"})
    assert Decision.objects.count() == 3
    undoing.undo(Event.objects.get(kind="distribution.ran"), by=desk.mizuno)
    client.force_login(desk.aoyama)
    assert 'value="distribute"' not in client.get("/leads/").content.decode()


def test_a_lead_is_distributed_from_its_page(client: Client, desk: Cast, lead_of: Make) -> None:
    lead = lead_of()
    client.force_login(desk.mizuno)
    assert "まだ振り分けていません" in client.get(lead.get_absolute_url()).content.decode()
    answer = client.post(f"{lead.get_absolute_url()}distribute/", follow=True)
    assert Decision.objects.filter(lead=lead).exists()
    assert "元に戻す" in answer.content.decode()
