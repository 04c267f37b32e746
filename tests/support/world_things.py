"""What lies in the world of the tests: records with all that hangs on them, and what people keep for themselves."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from tests.support.world import NO_NUMBER, NOWHERE, OBJECTS, Place, Words
from tests.support.world_cards import cards
from tests.support.world_conversion import conversion
from tests.support.world_daily import daily
from tests.support.world_duties import duties
from tests.support.world_handover import handover
from tests.support.world_invoices import draft as invoice_draft
from tests.support.world_invoices import invoices
from tests.support.world_merging import merges
from tests.support.world_minutes import minutes
from tests.support.world_money import bank_line, payment
from tests.support.world_orders import orders_of
from tests.support.world_passing import passing
from tests.support.world_quotes import draft, quotes

if TYPE_CHECKING:
    from tests.support.world import World

SIGHTS = ("open", "private")
UNKNOWN_UID, UNKNOWN_PK = {"uid": NOWHERE}, {"pk": NO_NUMBER}
NAMES = {"open": "青葉商事", "private": "若葉産業"}


def fill(world: World) -> None:
    world.places["-"] = Place({}, {})
    _vocabulary(world)
    for sight in SIGHTS:
        _records(world, sight)
    _record_places(world)
    _companions(world)
    _customers(world)
    _background(world)
    _staff(world)
    duties(world)
    daily(world)
    minutes(world)
    handover(world)
    merges(world)
    quotes(world)
    invoices(world)
    bank_line(world)
    conversion(world)
    cards(world)
    passing(world)


def _vocabulary(world: World) -> None:
    from daifuku.records.actions import custom_fields
    from daifuku.records.requests import asking

    field = custom_fields.add_field("account", "choice", "取引区分", by=world.cast.mizuno, key="trade")
    world.records["field"] = field
    words, nothing = {"object": "account", "key": field.key}, {"object": "account", "key": "nothing"}
    world.places["field"] = Place(words, nothing)
    world.places["standard field"] = Place({**words, "key": "rank"}, nothing)
    world.places["kind"] = Place({"object": "account"}, {"object": "nothing"})
    computed = {"object": "account", "kind": "formula"}
    world.places["computed"] = Place(computed, computed | {"kind": "nothing"})
    asked = asking.ask_for_field(
        "account", by=world.cast.aoyama, label="決算の月", type="text", purpose="提案の時期を決める。",
        decider="課長", enterer="担当の営業", review_on="2099/1/1",
    )  # fmt: skip
    world.places["field request"] = Place({"uid": asked.uid}, UNKNOWN_UID)
    for kind, slug in OBJECTS.items():
        world.places[f"{kind}s"] = Place({"slug": slug}, {"slug": "nothing"})


def _records(world: World, sight: str) -> None:
    from daifuku.activities.actions.series import repeat_plan
    from daifuku.activities.actions.ticking import add_items
    from daifuku.records import actions
    from daifuku.voices.models import Conduct

    privacy, by = {"open": "", "private": "private"}[sight], world.cast.aoyama
    Conduct.objects.get_or_create(defaults={"share_private": False})
    name = NAMES[sight]
    account = actions.create("account", {"name": name, "privacy": privacy}, by=by)
    contact = {"family_name": "山田", "given_name": sight, "account": account, "privacy": privacy}
    world.records[f"account {sight}"] = account
    world.records[f"contact {sight}"] = actions.create("contact", contact, by=by)
    lead = {"company": f"{name}の紹介", "family_name": "佐藤", "privacy": privacy}
    world.records[f"lead {sight}"] = actions.create("lead", lead, by=by)
    deal = {"name": f"{name}の棚", "account": account, "amount": 500_000, "privacy": privacy}
    world.records[f"deal {sight}"] = actions.create("deal", deal, by=by)
    talk = {
        "account": account,
        "method": "phone",
        "content": "order",
        "text": "注文の確認",
        "subject": f"{name}の注文",
    }
    world.records[f"talk {sight}"] = actions.create("talk", talk, by=by)
    plan = {
        "account": account,
        "method": "visit",
        "subject": f"{name}へ",
        "started_at": "2099-04-01T10:00:00+09:00",
    }
    task = actions.create(
        "task", {"account": account, "subject": f"{name}の資料", "due_on": "2099-04-01"}, by=by
    )
    world.records[f"task {sight}"] = add_items(task, "単価を確かめる", by=by)
    world.records[f"plan {sight}"] = actions.create("plan", plan, by=by)
    voice = {"account": account, "topic": "wish", "product": "緩衝材", "text": f"{name}の要望"}
    world.records[f"voice {sight}"] = actions.create("voice", voice, by=by)
    goods = {"code": f"C-{sight}", "name": f"{name}の緩衝材", "price": "1200", "privacy": privacy}
    product = world.records[f"product {sight}"] = actions.create("product", goods, by=by)
    price = {"product": product, "account": account, "amount": "1100"}
    world.records[f"price {sight}"] = actions.create("price", price, by=by)
    draft(world, sight)
    world.records |= orders_of(account, product, sight, by=by)
    invoice_draft(world, sight)
    payment(world, sight)
    milestone = {"order": world.records[f"order {sight}"], "name": f"{name}の検収", "due_on": "2099-04-01"}
    world.records[f"milestone {sight}"] = actions.create("milestone", milestone, by=by)
    weekly = actions.create("plan", {**plan, "subject": f"{name}の定例"}, by=by)
    world.records[f"series {sight}"] = repeat_plan(weekly, {"unit": "week"}, by=by)


def _record_places(world: World) -> None:
    def words(kind: str, sight: str) -> dict[str, Any]:
        return {"slug": OBJECTS[kind], "uid": world.records[f"{kind} {sight}"].uid}

    series = {sight: {"slug": "plans", "uid": world.records[f"series {sight}"].uid} for sight in SIGHTS}
    world.places["series"] = Place(series["open"], {"slug": "plans", "uid": NOWHERE}, series["private"])
    _deal_places(world)
    for kind, slug in OBJECTS.items():
        unknown = {"slug": slug, "uid": NOWHERE}
        world.places[kind] = Place(words(kind, "open"), unknown, words(kind, "private"))
        key = {
            "key": {
                "account": "name",
                "talk": "text",
                "plan": "place",
                "task": "text",
                "voice": "answer",
                "deal": "product",
                "product": "spec",
                "price": "note",
                "quote": "memo",
                "invoice": "memo",
                "payment": "note",
                "order": "customer_number",
                "order_line": "note",
                "purchase": "promised_on",
                "delivery": "received_by",
                "milestone": "note",
            }.get(kind, "title")
        }
        if kind == "task":
            items = {sight: {"key": world.records[f"task {sight}"].items[0]["key"]} for sight in SIGHTS}
            world.places["task item"] = _below(world, "task", items, {"key": "nothing"})
        world.places[f"{kind} field"] = Place(
            words(kind, "open") | key, unknown | key, words(kind, "private") | key
        )


def _deal_places(world: World) -> None:
    from daifuku.deals.actions.people import put_person, put_rival
    from daifuku.deals.actions.processes import edit_process

    # What is shipped becomes the firm's own words with the first change.
    edit_process("standard", {"purpose": "新しい商談"}, by=world.cast.mizuno)
    told: dict[str, dict[str, Words]] = {"person": {}, "rival": {}}
    for sight in SIGHTS:
        deal, contact = world.records[f"deal {sight}"], world.records[f"contact {sight}"]
        put_person(deal, contact, {"role": "decider"}, by=world.cast.aoyama)
        rival = put_rival(deal, "有松資材", {}, by=world.cast.aoyama)
        told["person"][sight] = {"uid": deal.uid, "contact": contact.uid}
        told["rival"][sight] = {"uid": deal.uid, "rival": rival.uid}
    for name, word in (("person", "contact"), ("rival", "rival")):
        words = told[name]
        world.places[f"deal {name}"] = Place(words["open"], {"uid": NOWHERE, word: NOWHERE}, words["private"])
    orders = {sight: {"of": "order", "uid": world.records[f"order {sight}"].uid} for sight in SIGHTS}
    world.places["order milestones"] = Place(
        orders["open"], {"of": "order", "uid": NOWHERE}, orders["private"]
    )
    plan = Place({"key": "long_order"}, {"key": "nothing"})
    world.places["milestone plan"] = plan
    world.places["process"] = Place({"key": "standard"}, {"key": "nothing"})
    world.places["stage"] = Place(
        {"key": "standard", "stage": "visit"}, {"key": "standard", "stage": "nothing"}
    )


def _companions(world: World) -> None:
    """A comment, a file, a tag on both accounts, and the lines of the ledger that they left."""
    from daifuku.ledger.models import Event
    from daifuku.records.actions import commenting, filing, tagging

    by = world.cast.aoyama
    told: dict[str, Words] = {}
    for sight in SIGHTS:
        account = world.records[f"account {sight}"]
        comment = commenting.write_comment(account, "来週また伺います。", by=by)
        attachment = filing.add_file(account, ContentFile(b"a,b\n1,2\n", name="見積.csv"), by=by)
        tag = tagging.put_tag(account, f"展示会 {sight}", by=by)
        lines = Event.objects.filter(subjects__object="account", subjects__record_id=account.pk)
        line = lines.get(kind="account.created")
        told[sight] = {"comment": comment.uid, "file": attachment.uid, "tag": tag.pk, "event": line.pk}
        world.records[f"event {sight}"] = line
    for name, word, nothing in (
        ("comment", "comment", NOWHERE),
        ("file", "file", NOWHERE),
        ("tag", "pk", NO_NUMBER),
    ):
        things = {sight: {word: told[sight][name]} for sight in SIGHTS}
        world.places[name] = _below(world, "account", things, {word: nothing})
    for sight in SIGHTS:
        told[sight]["version"] = {"file": told[sight]["file"], "number": 1}
    versions = {sight: told[sight]["version"] for sight in SIGHTS}
    world.places["file version"] = _below(world, "account", versions, {"file": NOWHERE, "number": 1})
    world.places["event"] = Place({"pk": told["open"]["event"]}, UNKNOWN_PK, {"pk": told["private"]["event"]})


def _below(world: World, kind: str, things: dict[str, Words], nothing: Words) -> Place:
    """The place of things that hang on records of this kind."""
    record = {
        sight: world.places[kind].open if sight == "open" else world.places[kind].private for sight in SIGHTS
    }
    opened, private = record["open"] or {}, record["private"] or {}
    return Place(
        opened | things["open"], world.places[kind].unknown | nothing, private | things["private"],
        opened | things["private"], opened | nothing,
    )  # fmt: skip


def _customers(world: World) -> None:
    """A relation and a post of each of the two accounts, with their partner."""
    from daifuku.customers.actions import add_post, relate
    from daifuku.records import actions

    by = world.cast.aoyama
    partner = world.records["partner"] = actions.create("account", {"name": "丸福物産"}, by=by)
    pairs, relations, posts = {}, {}, {}
    for sight in SIGHTS:
        account, contact = world.records[f"account {sight}"], world.records[f"contact {sight}"]
        pairs[sight] = {"slug": "accounts", "uid": account.uid, "other": partner.uid}
        relations[sight] = {"pk": relate(account, partner, "supplier", by=by).pk}
        posts[sight] = {"pk": add_post(contact, account=partner, title="顧問", by=by).pk}
    unknown, kind = {**pairs["open"], "uid": NOWHERE}, {"other_slug": "accounts"}
    world.places["pair"] = Place(pairs["open"], unknown, pairs["private"])
    turned = {sight: {**pair, "uid": partner.uid, "other": pair["uid"]} for sight, pair in pairs.items()}
    world.places["turned pair"] = Place(
        turned["open"], {**turned["open"], "other": NOWHERE}, turned["private"]
    )
    world.places["likeness"] = Place(pairs["open"] | kind, unknown | kind, pairs["private"] | kind)
    world.places["relation"] = _below(world, "account", relations, UNKNOWN_PK)
    world.places["post"] = _below(world, "contact", posts, UNKNOWN_PK)


def _background(world: World) -> None:
    """青山's own: a job, a notice, a token, a view, an export; and an import of 水野."""
    from daifuku.activities.actions.feeding import open_feed
    from daifuku.activities.models import Feed
    from daifuku.api.models import ApiToken
    from daifuku.jobs import handlers, queue
    from daifuku.messages.notices import notify
    from daifuku.transfers.actions.uploading import upload
    from daifuku.transfers.models import Export
    from daifuku.transfers.tests.enex_files import enex_file, note

    by = world.cast.aoyama
    job = queue.enqueue(handlers.kinds()[0], {}, by=by, title="500件の変更")
    notice = notify(by, kind="test", sentence="「青葉商事」の担当になりました。", url="/accounts/")
    token = ApiToken.objects.filter(person=by).latest("pk")
    stored = default_storage.save("file", ContentFile("会社名\n青葉商事\n".encode()))
    export = Export.objects.create(
        object="account", by=by, name="取引先.csv", wish={"object": "account"}, file=stored
    )
    file = io.BytesIO("会社名,電話\n青葉商事,03-1234-5678\n".encode())
    imported = upload(ContentFile(file.read(), name="取引先.csv"), by=world.cast.mizuno, object_key="account")
    notes = upload(enex_file(note("社員旅行の候補")), by=world.cast.mizuno, object_key="account")
    things: Words = {
        "job": job,
        "notice": notice,
        "token": token,
        "export": export,
        "import": imported,
        "notes": notes,
    }
    for name, thing in things.items():
        world.records[name] = thing
        world.places[name] = Place({"uid": thing.uid}, UNKNOWN_UID)
    secret = open_feed(by=by)
    # Read by tomorrow, so that it is not noted in the middle.
    Feed.objects.filter(person=by).update(read_at=timezone.now() + timedelta(days=1))
    world.places["feed"] = Place({"secret": secret}, {"secret": "nothing"})
    _views(world)
    _webhooks(world)
    _sharing(world)
    _rules(world)
    _distribution(world)


def _rules(world: World) -> None:
    """A rule that rests, and two editions of the book, the second of which nobody has read."""
    from daifuku.rules import actions

    by = world.cast.mizuno
    asked = {"title": "新規顧客の必須項目", "object": "account", "required": ["phone"]}
    rule = actions.create_rule(asked, by=by, on=False)
    for text in ("電話のあと、すぐに入力します。", "電話のあと、15分のうちに入力します。"):
        actions.write_book([{"key": "calls", "title": "電話", "text": text, "objects": ["account"]}], by=by)
        actions.publish_book("", by=by)
    actions.write_book([{"key": "calls", "title": "電話", "text": "直す途中", "objects": []}], by=by)
    world.records["rule"] = rule
    world.places["rule"] = Place({"uid": rule.uid}, UNKNOWN_UID)
    world.places["edition"] = Place({"number": 1}, {"number": 900})


def _distribution(world: World) -> None:
    """A rule about where leads go."""
    from daifuku.distribution.models import Rule

    rule = Rule.objects.create(name="Webは一課")
    world.records["lead rule"] = rule
    world.places["lead rule"] = Place({"uid": rule.uid}, UNKNOWN_UID)


def _sharing(world: World) -> None:
    """A browser of 青山, and a cell of the matrix."""
    from daifuku.messages.models import PushDevice

    device = PushDevice.objects.create(
        person=world.cast.aoyama, endpoint="https://push.example.com/1", keys="x"
    )
    world.places["push device"] = Place({"uid": device.uid}, UNKNOWN_UID)
    world.places["matrix"] = Place({"key": "president"}, {"key": "nothing"})
    cell = {"key": "president", "happening": "talk.complaint"}
    world.places["matrix cell"] = Place(cell, {**cell, "happening": "nothing"})


def _webhooks(world: World) -> None:
    """水野's, with a test that waits."""
    from daifuku.messages.webhooks import actions, asking

    by = world.cast.mizuno
    webhook, _secret = actions.create_webhook(
        by=by, name="基幹システム", address="https://erp.example.co.jp/hook"
    )
    delivery = asking.send_test(webhook, by=by)
    world.records["webhook"] = webhook
    world.places["webhook"] = Place({"uid": webhook.uid}, UNKNOWN_UID)
    words = {"uid": webhook.uid, "delivery": delivery.uid}
    world.places["sending"] = Place(words, {**words, "delivery": NOWHERE})


def _views(world: World) -> None:
    from daifuku.records.actions import views

    view = views.create_view("account", {"name": "愛知"}, by=world.cast.aoyama)
    words = {"slug": "accounts", "key": str(view.uid)}
    world.records["view"] = view
    world.places["view"] = Place(words, {**words, "key": str(NOWHERE)})


def _staff(world: World) -> None:
    from allauth.usersessions.models import UserSession

    from daifuku.staff.actions import invite
    from daifuku.staff.models import Role

    cast = world.cast
    device = UserSession.objects.filter(user=cast.aoyama).first()
    if device is None:
        device = UserSession.objects.create(
            user=cast.aoyama, session_key="nothing", ip="127.0.0.1", user_agent=""
        )
    invited = invite("new@example.jp", family_name="新井", by=cast.mizuno)
    role = Role.objects.create(key="guest", name="見習い", grants={"*": {"view": "own"}})
    person = {"uid": cast.baba.uid}
    world.places |= {
        "device": Place({"pk": device.pk}, UNKNOWN_PK),
        "invitation": Place({"pk": invited.invitation.pk}, UNKNOWN_PK),
        "join": Place({"secret": invited.link.rstrip("/").rsplit("/", 1)[-1]}, {"secret": "nothing"}),
        "setup": Place({"token": "nothing"}, {"token": "else"}),
        "role": Place({"pk": role.pk}, UNKNOWN_PK),
        "team": Place({"pk": cast.section.pk}, UNKNOWN_PK),
        "member": Place(
            {"pk": cast.section.pk, "person": cast.baba.pk}, {"pk": cast.section.pk, "person": NO_NUMBER}
        ),
        "person": Place(person, UNKNOWN_UID),
        "person team": Place({**person, "pk": cast.section.pk}, {**UNKNOWN_UID, "pk": cast.section.pk}),
        "passkey": Place({"pk": NO_NUMBER}, {"pk": NO_NUMBER + 1}),
        "confirmation": Place({"key": "x"}, {"key": "y"}),
        "reset link": Place({"uidb36": "x", "key": "y"}, {"uidb36": "x", "key": "z"}),
    }
