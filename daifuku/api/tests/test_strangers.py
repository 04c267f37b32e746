"""The walk of the stranger over every operation: foreign looks like unknown, a refused write leaves nothing behind.

The table is made from the document, so an operation that is added is walked as well.
"""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from daifuku.api import rates
from daifuku.api.document import document
from daifuku.api.models import ApiToken
from daifuku.api.tests.support import Program, problem
from daifuku.daily.actions import close_day
from daifuku.ledger.models import Event
from daifuku.records import actions
from daifuku.records.actions import commenting
from daifuku.staff.viewer import Viewer
from daifuku.voices.models import Conduct
from tests.support.world_orders import orders_of

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
PAPERS = ("order", "order_line", "purchase", "delivery")
OBJECTS = (
    "account", "contact", "lead", "talk", "plan", "task", "voice", "deal", "product", "price", "quote",
    "invoice", "payment", *PAPERS, "daily_report", "target", "milestone",
)  # fmt: skip
# What is open to everybody who works here, or to whoever has a power: it names no record of anybody.
WEBHOOKS = {
    "list_webhooks", "create_webhook", "list_webhook_kinds", "get_webhook", "change_webhook", "remove_webhook",
    "change_webhook_secret", "take_over_webhook", "replay_webhook", "test_webhook", "list_webhook_deliveries",
    "drop_webhook_deliveries", "get_webhook_delivery", "send_webhook_again",
}  # fmt: skip
STAFF = {
    "get_person", "change_person", "set_roles", "put_absence_of", "leave", "come_back", "list_devices",
    "sign_out_everywhere", "sign_out_device", "reset_second_factor", "give_password_link", "list_invitations", "invite",
    "revoke_invitation", "revoke_tokens", "create_team", "get_team", "change_team", "dissolve_team", "put_into_team",
    "set_wage", "record_penalty_payment", "cancel_penalty_payment",
    "take_out_of_team", "list_roles", "create_role", "get_role", "change_role", "remove_role",
}  # fmt: skip
RULES = {
    "list_rules", "create_rule", "get_rule", "change_rule", "remove_rule", "preview_rule", "write_rule_book",
    "publish_rule_book", "list_rule_book_readers",
}  # fmt: skip
CARDS = {
    "get_card_settings", "change_card_settings", "forget_card_mailbox", "try_card_mailbox", "look_into_card_mailbox",
}  # fmt: skip
FOR_EVERYBODY = {
    *RULES, "get_conversion_settings", "change_conversion_settings", "get_conversion_mapping", "map_lead_field",
    "convert_leads", "get_rule_book", "list_rule_book_editions", "get_rule_book_edition", "confirm_rule_book",
    "duplicate_candidates", "list_duplicates", "scan_duplicates", "keep_apart", "rejoin", "get_dedupe_settings",
    "change_dedupe_settings", "weigh_thresholds", "list_duplicate_decisions", "bring_duplicate_decisions",
    "get_distribution", "change_distribution", "put_taker", "add_distribution_rule", "change_distribution_rule",
    "remove_distribution_rule", "distribute_leads", "distribution_queue",
    "list_cards", "bring_card", "get_card_figures", *CARDS, "list_cards_to_check", "list_card_letters",
    "get_passing", "change_passing", "list_passings", "passing_report",
    "list_handover_kinds", "preview_handover", "list_handovers", "arrange_handover", "list_to_receive",
    "get_knowledge_risk", "preview_merge", "merge_records", "list_merges", "link_same_party",
    "list_sharing", "change_sharing", "get_receiving", "change_receiving", "list_watched", "list_push_devices",
    "list_duties", "get_input_rate", "list_days_off", "take_day_off", "list_input_reasons", "get_duty_policy",
    "change_duty_policy", "get_penalties", "get_penalty_terms", "change_penalty_terms", "give_penalty_consent",
    "take_back_penalty_consent", "get_issuer", "change_issuer", "get_quote_policy", "change_quote_policy",
    "get_daily_day", "keep_daily_draft", "close_day", "list_unread_reports",
    "get_morning", "list_daily_shared", "share_daily", "get_daily_settings", "change_daily_settings",
    "list_notices", "count_unread_notices", "read_all_notices",
    "get_me", "change_me", "get_calendar", "open_calendar", "close_calendar",
    "put_absence", "list_marked", "list_people", "list_teams", "list_objects", "list_events",
    "list_jobs", "list_imports", "list_tags", "search", "rename_object", "create_tag", "change_tag", "retire_tag",
    "restore_tag", "merge_tag", "count_field_usage", "summary_voice",
    "bill_deliveries", "preview_closing", "start_closing", "get_closing",
    "enter_order", "buy_purchase", "order_ledger", "get_forecast", "enter_targets", "list_field_requests",
    "list_processes",
    "search_papers", "search_received_papers", "get_journal", "get_accounting", "change_accounting", "close_accounting",
    "milestones_ahead", "list_milestone_plans", "put_milestone_plan",
    "receive_payment", "receivables", "give_bank_file", "list_bank_lines", "book_sure_bank_lines", "book_bank_line",
    "put_aside_bank_line", "take_up_bank_line",
    "list_minutes_templates", "create_minutes_template", "change_minutes_template", "count_minutes_template",
    "apply_minutes_proposal", "read_minutes",
    "ask_for_field", "similar_fields", "list_backups", "make_backup", *WEBHOOKS, *STAFF,
    *(f"{verb}_{key}" for verb in (
        "list", "groups", "create", "upsert", "bulk", "fields", "choices", "views", "import", "export", "create_view",
        "add_field", "order_fields", "get_field", "change_field", "retire_field", "restore_field", "retype_field",
        "add_choice", "order_choices", "change_choice", "replace_choice",
        "layout", "apply_layout", "reset_layout", "field_usage", "review_field", "trash", "indexes", "switch_index",
    ) for key in OBJECTS),
}  # fmt: skip
# Of these 千田 is told that he may not.
BY_POWER = {
    *RULES, *CARDS, "get_conversion_settings", "change_conversion_settings", "get_conversion_mapping", "map_lead_field",
    "get_accounting", "get_issuer", "change_issuer", "get_quote_policy", "change_quote_policy",
    "list_bank_lines",
    "scan_duplicates", "get_dedupe_settings", "change_dedupe_settings", "weigh_thresholds",
    "get_distribution", "change_distribution", "put_taker", "add_distribution_rule", "change_distribution_rule",
    "remove_distribution_rule", "distribute_leads", "get_passing", "change_passing",
    *WEBHOOKS, *STAFF, "count_minutes_template", "list_sharing", "list_imports", "list_backups",
    "get_daily_settings",
    *(f"{verb}_{key}" for verb in ("get_field", "field_usage", "indexes") for key in OBJECTS),
}  # fmt: skip
BODIES: dict[str, Any] = {
    "create_minutes_template": {"name": "x", "headings": [{"name": "x"}, {"name": "y"}]}, "accept": {"all": True},
    "change_minutes_template": {"name": "x"}, "apply_minutes_proposal": {"kind": "drop", "name": "x"},
    "read_minutes": {"text": "x"}, "accept_talk_minutes": {"all": True},
    "pick": {"topic": "wish"}, "answer": {"answer": "x"},
    "finish": {"values": {}}, "cancel": {"reason": "x"}, "postpone": {"reason": "x", "started_at": "2099-05-01"},
    "add_items": {"texts": ["x"]}, "tick_item": {"done": True}, "repeat": {"unit": "week"},
    "change_following": {"values": {}}, "cancel_following": {"reason": "x"}, "move_plan": {"started_at": "2099-05-01"},
    "comment": {"text": "x"}, "change_comment": {"text": "x"}, "change": {"note": "x"}, "change_import": {},
    "assign_import_notes": {}, "split_import": {}, "assign_import": {"heading": "x", "account": "x"},
    "add_post": {"account": "x"}, "change_post": {}, "move": {"account": "x"}, "left": {},
    "change_view": {"name": "x"}, "share": {}, "put_member": {}, "relate": {"target": "x", "kind": "group"},
    "separate": {"other": "x", "reason": "x"}, "decline_field_request": {"reason": "x"}, "change_field_request": {},
    "make_requested_field": {}, "erase": {"sure": True}, "snooze_duty": {"until": "2099-01-01", "reason": "x"},
    "hand_on_duty": {"to": "x", "reason": "x"}, "plead_duty": {"reason": "x"}, "excuse_duty": {"reason": "x"},
    "decline_duty": {"reason": "x"}, "answer_input_reason": {"reason": "time"}, "object_to_penalty": {"reason": "x"},
    "convert_lead": {}, "pass_lead": {}, "return_passing": {"reason": "early"}, "keep_card_draft": {"values": {}},
    "finish_card": {"values": {}, "how": "new"}, "set_card_aside": {"why": "x"}, "check_card": {"values": {}},
    "judge_card": {"wrong": []}, "take_card_letter": {}, "change_card": {},
    "write_handover_note": {"note": "x"}, "write_handover_notice": {"text": "x"}, "undo_merge": {},
    "limit_account": {}, "set_off_payment": {}, "release_payment": {}, "cancel_payment": {"reason": "x"},
    "lay_milestones": {"plan": "long_order"}, "put_milestone_plan": {"name": "x", "of": "order", "steps": []},
    "bill_order": {}, "issue_invoice": {}, "correct_invoice": {"reason": "x"},
    "send_invoice": {"to": "x@example.jp", "subject": "x", "text": "{リンク}"},
    "lines_order": {"lines": []}, "cancel_order": {"reason": "x"},
    "deliver_order": {}, "take_back_delivery": {"reason": "x"}, "arrive_purchase": {},
    "cancel_purchase": {"reason": "x"},
    "return_quote": {"reason": "x"}, "answer_quote": {"verdict": "accepted"}, "void_quote": {"reason": "x"},
    "send_quote": {"to": "x@example.jp", "subject": "x", "text": "x"}, "ask_quote_approval": {},
    "move_deal": {"stage": "appointment"}, "put_deal_person": {"contact": "x"},
    "remove_deal_person": {"contact": "x"}, "put_deal_rival": {"name": "x"}, "remove_deal_rival": {"name": "x"},
    "decide_penalty": {"accept": True, "reason": "x"}, "waive_penalty": {"reason": "x"},
}  # fmt: skip
PLACEHOLDER = re.compile(r"\{[a-z:]+\}")
SECRETS: dict[str, dict[str, Any]] = {
    "account": {"name": "秘密商事"},
    "daily_report": {"remark": "秘密の所感"},
    "contact": {"family_name": "秘田"},
    "lead": {"family_name": "秘山", "company": "秘密商店"},
    "talk": {"method": "phone", "content": "other", "text": "秘密の電話"},
    "task": {"subject": "秘密の資料"},
    "plan": {"subject": "秘密の訪問", "started_at": "2099-04-01T10:00:00+09:00"},
    "voice": {"topic": "wish", "text": "秘密の要望"},
    "deal": {"name": "秘密の商談"},
    "target": {"month": "2026-11-01", "amount": "123"},
    "quote": {"title": "秘密の見積"},
    "invoice": {"title": "秘密の請求"},
    "payment": {"paid_on": "2026-11-01", "amount": 1000, "payer": "ヒミツノニュウキン"},
    "product": {"code": "S-1", "name": "秘密の商品", "price": "100"},
    "price": {"amount": "90"},
    **dict.fromkeys(PAPERS, {}),
    "milestone": {"name": "秘密の節目", "due_on": "2099-04-01"},
}


@pytest.fixture
def secrets(cast: Cast) -> dict[str, Any]:
    """A private record of 青山 of every kind, with a comment."""
    made: dict[str, Any] = {}
    Conduct.objects.create(share_private=False)
    for key, values in SECRETS.items():
        if key in PAPERS:
            if key == "order":
                papers = orders_of(made["account"], made["product"], "private", by=cast.aoyama)
            made[key] = papers[f"{key} private"]
            commenting.write_comment(made[key], "秘密の話", by=cast.aoyama)
            continue
        if key == "target":
            made[key] = actions.create(key, {**values, "owner": cast.aoyama}, by=cast.mori)
            commenting.write_comment(made[key], "秘密の話", by=cast.aoyama)
            continue
        if key == "daily_report":
            made[key] = close_day(timezone.localdate() - timedelta(days=2), values, by=cast.aoyama)
            commenting.write_comment(made[key], "秘密の話", by=cast.aoyama)
            continue
        if key == "milestone":
            made[key] = actions.create(key, {**values, "order": made["order"]}, by=cast.aoyama)
            commenting.write_comment(made[key], "秘密の話", by=cast.aoyama)
            continue
        kept = (
            {"account": made["account"]}
            if key in {"talk", "plan", "task", "voice", "price", "quote", "invoice", "payment"}
            else {"privacy": "private"}
        )
        if key == "deal":
            kept["account"] = made["account"]
        if key == "price":
            kept["product"] = made["product"]
        made[key] = actions.create(key, {**values, **kept}, by=cast.aoyama)
        commenting.write_comment(made[key], "秘密の話", by=cast.aoyama)
    return made


def operations(viewer: Viewer) -> Iterator[tuple[str, str, str]]:
    for path, methods in document(viewer)["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path.removeprefix("/api/v1"), operation["operationId"]


def everything_kept() -> str:
    """A digest of all rows that a write could touch."""
    digest = hashlib.sha256()
    for model in apps.get_models():
        if model._meta.app_label in {
            "activities",
            "customers",
            "records",
            "ledger",
            "staff",
            "jobs",
            "transfers",
        }:
            rows = model._base_manager.order_by("pk").values_list()
            digest.update(repr([model.__name__, *rows]).encode())
    return digest.hexdigest()


def test_a_record_of_somebody_else_looks_like_none(
    senda: Program, cast: Cast, secrets: dict[str, Any]
) -> None:
    Program(cast.mizuno)
    walked = 0
    senda.get("/me")
    line = str(Event.objects.order_by("pk").first().pk)  # type: ignore[union-attr]
    before = everything_kept()
    for method, path, name in operations(Viewer(cast.mizuno)):
        if name in FOR_EVERYBODY:
            continue
        key = next((key for key in SECRETS if name.endswith(f"_{key}")), "")
        body = BODIES.get(name, BODIES.get(name.removesuffix(f"_{key}")))
        body = body if method in {"POST", "PATCH", "PUT"} else None
        answers = []
        rates.forget()  # there are more operations than requests in a minute
        for uid in (str(secrets[key].uid) if key else str(uuid.uuid4()), str(uuid.uuid4())):
            real = path.replace("{uid}", uid).replace("{number}", line)
            real = PLACEHOLDER.sub(lambda _match: str(uuid.uuid4()), real)
            kind = "multipart/form-data; boundary=x" if name.startswith("add_file") else "application/json"
            data: Any = (
                b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhi\r\n--x--\r\n'
                if name.startswith("add_file")
                else body
            )
            answers.append(senda.ask(method, real, data, kind=kind))
        assert {answer.status_code for answer in answers} == {404}, (name, [a.content for a in answers])
        assert len({answer.content for answer in answers}) == 1, name
        walked += 1
    assert walked >= 3 * 10
    assert everything_kept() == before


def test_nothing_of_somebody_else_shows_in_what_is_open_to_everybody(
    senda: Program, cast: Cast, secrets: dict[str, Any]
) -> None:
    for method, path, name in operations(Viewer(cast.senda)):
        if method != "GET" or name not in FOR_EVERYBODY or name in BY_POWER:
            continue
        asked = path.replace("{field}", "rank").replace("{kind}", "seen") + (
            "?q=秘密" if name == "search" else ""
        )
        answer = senda.get(asked)
        assert answer.status_code in {200, 404}, (name, answer.content)
        for word in ("秘密", "秘田", "秘山"):
            assert word not in answer.content.decode(), name


@pytest.mark.sqlite
def test_without_a_token_every_operation_is_closed(mizuno: Program, cast: Cast) -> None:
    stranger = Client()
    for method, path, name in operations(Viewer(cast.mizuno)):
        asked = (
            path.replace("{uid}", str(uuid.uuid4())).replace("{field}", "rank").replace("{path:value}", "1")
        )
        answer = stranger.generic(method, f"/api/v1{asked}", b"{}", "application/json")
        assert (answer.status_code, problem(answer)["code"]) == (401, "unauthorized"), name


def test_who_only_reads_writes_nothing(cast: Cast, aoyama: Program, secrets: dict[str, Any]) -> None:
    """江口's role reads everything that is not private; his token may write, his role may not."""
    eguchi = Program(cast.eguchi)
    record = actions.create("account", {"name": "公開"}, by=cast.aoyama)
    line = Event.objects.latest("pk")
    eguchi.get("/me")
    before = everything_kept()
    for method, path, body in (
        ("POST", "/accounts", {"name": "x"}),
        ("PATCH", f"/accounts/{record.uid}", {"note": "x"}),
        ("DELETE", f"/accounts/{record.uid}", None),
        ("PUT", "/accounts/by/code/T-1", {"name": "x"}),
        ("POST", f"/accounts/{record.uid}/restore", None),
        ("POST", f"/events/{line.pk}/undo", None),
    ):
        answer = eguchi.ask(method, path, body)
        assert (answer.status_code, problem(answer)["code"]) == (403, "forbidden"), (method, path)
    bulk = eguchi.post("/accounts/bulk", {"operations": [{"op": "create", "values": {"name": "x"}}]})
    assert json.loads(bulk.content)["refused"] == 1
    assert everything_kept() == before


def test_a_token_reaches_no_further_than_its_person(cast: Cast, senda: Program) -> None:
    """A token with every scope of somebody without the power to audit does not audit."""
    ApiToken.objects.filter(pk=senda.token.pk).update(scopes=["read", "write", "audit"])
    actions.create("account", {"name": "秘密商事", "privacy": "private"}, by=cast.aoyama)
    assert "秘密商事" not in senda.get("/events").content.decode()
