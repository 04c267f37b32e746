"""How often each main page asks the database: as often for a hundred rows as for ten, and not more often than before.

The numbers stand in query_counts.json for each engine. After a wanted change: `RENEW_SNAPSHOTS=1 pytest
tests/house/test_query_counts.py`, once as it is and once with `DAIFUKU_TEST_DATABASE=postgresql`.
"""

from __future__ import annotations

import json
import os
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from daifuku.foundation import behind
from tests.support.world import World

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

pytestmark = pytest.mark.django_db
BASELINE = Path(__file__).with_name("query_counts.json")
FEW, MANY = 10, 100
PAGES = {
    "home": "/",
    "list": "/accounts/",
    "list, narrowed": "/accounts/?q=会社&sort=-name",
    "list as a board": "/accounts/?layout=board&by=status",
    "list in groups, narrowed": "/accounts/?group=owner&cols=name,annual_sales&q=会社",
    "list with totals": "/accounts/?cols=name,annual_sales&totals=annual_sales:sum",
    "list in a grid": "/accounts/grid/",
    "list of contacts": "/contacts/",
    "list of leads": "/leads/",
    "list of talks": "/talks/",
    "list of plans": "/plans/",
    "list of tasks": "/tasks/",
    "list of voices": "/voices/",
    "board of deals": "/deals/?view=running",
    "list of deals": "/deals/?view=all",
    "record of a deal": "/deals/{deal}/",
    "list of products": "/products/",
    "list of prices": "/prices/",
    "list of quotes": "/quotes/",
    "record of a quote": "/quotes/{quote}/",
    "prices for a customer": "/prices/for/?account={account}",
    "record of a product": "/products/{product}/",
    "list of orders": "/orders/",
    "list of order lines": "/order-lines/",
    "order ledger": "/orders/ledger/",
    "order ledger of a customer": "/orders/ledger/?account={account}",
    "record of an order": "/orders/{order}/",
    "voices counted": "/voices/summary/",
    "minutes": "/minutes/",
    "minutes to write": "/minutes/new/",
    "today": "/today/",
    "schedule of a week": "/schedule/",
    "schedule of a month": "/schedule/?by=month",
    "left to enter": "/duties/",
    "input rate": "/duties/rate/",
    "items of the input rate": "/duties/items/?state=on_time",
    "statement of what was not entered": "/penalties/",
    "a day's report": "/daily/",
    "everybody's reports": "/daily/all/",
    "morning page": "/daily/morning/",
    "what was shared": "/daily/shared/",
    "turn of a lead": "/distribution/why/",
    "queue of leads": "/distribution/",
    "what was passed on": "/passing/",
    "how hand-overs ended": "/passing/report/",
    "what was distributed": "/distribution/log/",
    "day on the phone": "/phone/data/",
    "record": "/accounts/{account}/",
    "record of a contact": "/contacts/{contact}/",
    "edit": "/accounts/{account}/edit/",
    "new": "/accounts/new/",
    "timeline": "/accounts/{account}/history/",
    "tree": "/accounts/{account}/tree/",
    "customer sheet": "/accounts/{account}/sheet/",
    "search": "/search/?q=会社",
    "suggestions": "/suggest/?q=会社",
    "trash": "/trash/",
    "notices": "/notices/",
    "how one is told": "/account/notices/",
    "jobs": "/jobs/",
    "requests for fields": "/field-requests/",
    "API list": "/api/v1/accounts?size=200",
    "API get": "/api/v1/accounts/{account}",
    "API search": "/api/v1/search?q=会社&size=100",
    "API timeline": "/api/v1/accounts/{account}/timeline",
    "API events": "/api/v1/events",
    "API requests for fields": "/api/v1/field_requests?size=200",
    "API left to enter": "/api/v1/duties?size=200",
    "API input rate": "/api/v1/input_rate",
}
# What is for whoever leads the others.
LEADING = {"everybody's reports", "morning page", "what was distributed"}


@pytest.fixture(scope="module")
def counts(lasting: World, django_db_blocker: DjangoDbBlocker) -> dict[int, dict[str, int]]:
    """Of each page, first with ten of everything, then with a hundred; small writes behind the answer do not count."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(behind, "later", lambda key, work: None)
        found = {}
        for rows, before in ((FEW, 0), (MANY, FEW)):
            _fill(lasting, range(before, rows))
            _work(lasting, range(before, rows))
            found[rows] = {
                name: _queries(lasting, address, "administrator" if name in LEADING else "rep")
                for name, address in PAGES.items()
            }
        return found


def _fill(world: World, numbers: range) -> None:
    """As many accounts below the one that is opened as people, comments, files, tags, notices and jobs on it."""
    from daifuku.jobs import handlers, queue
    from daifuku.messages.notices import notify
    from daifuku.records import actions
    from daifuku.records.actions import commenting, filing, reacting, tagging
    from daifuku.records.requests import asking

    wanted = {"type": "text", "purpose": "x", "decider": "x", "enterer": "x", "review_on": "2099/1/1"}
    by, account = world.cast.aoyama, world.records["account open"]
    rows = [{"name": f"会社{number}", "parent": account, "rank": "a"} for number in numbers]
    made = actions.create_many("account", rows, by=by)
    actions.create_many("contact", [{"family_name": f"会社{n}", "account": account} for n in numbers], by=by)
    actions.create_many("lead", [{"company": f"会社{n}", "family_name": "佐藤"} for n in numbers], by=by)
    talk = {"account": account, "method": "phone", "content": "order", "text": "会社の電話"}
    actions.create_many("talk", [talk for _ in numbers], by=by)
    plans = [
        {"account": account, "subject": f"会社{n}", "started_at": timezone.now() + timedelta(hours=n)}
        for n in numbers
    ]
    actions.create_many("plan", plans, by=by)
    _owe(by, [record for record in made if not isinstance(record, Exception)])
    tasks = [{"account": account, "subject": f"会社{n}", "due_on": timezone.localdate()} for n in numbers]
    actions.create_many("task", tasks, by=by)
    heard = {"account": account, "topic": "wish", "text": "小分けに", "product": "袋"}
    actions.create_many("voice", [heard for _ in numbers], by=by)
    deals = [{"name": f"会社{n}の棚", "account": account, "amount": n} for n in numbers]
    actions.create_many("deal", deals, by=by)
    goods = [{"code": f"C-{n}", "name": f"会社{n}の袋", "price": 100} for n in numbers]
    actions.create_many("product", goods, by=by)
    bought = {"product": world.records["product open"], "account": account}
    order = world.records["order open"]
    ordered = [{"order": order, "product": bought["product"], "quantity": 1} for n in numbers]
    actions.create_many("order_line", ordered, by=by)
    actions.create_many("price", [bought | {"amount": n, "quantity": n} for n in numbers], by=by)
    lines = [{"name": f"会社の袋{n}", "unit_price": 10} for n in range(3)]
    offers = [{"title": f"会社{n}の袋", "account": account, "lines": lines} for n in numbers]
    actions.create_many("quote", offers, by=by)
    thrown = [record.pk for record in made[: len(made) // 10 + 1] if not isinstance(record, Exception)]
    actions.trash_many("account", thrown, by=by)
    for number in numbers:
        said = commenting.write_comment(account, f"{number}回目の訪問 @馬場 健", by=by)
        commenting.write_comment(account, "承知しました", by=world.cast.baba, quotes=said.uid)
        reacting.react(said, "thanks", by=world.cast.baba)
        filing.add_file(account, ContentFile(b"%d" % number, name=f"{number}.txt"), by=by)
        tagging.put_tag(account, f"札{number}", by=by)
        asked = asking.ask_for_field("account", by=by, label=f"希望{number}", **wanted)
        asking.support(asked, by=world.cast.baba)
        notify(by, kind="test", sentence=f"{number}件", url="/accounts/")
        queue.enqueue(handlers.kinds()[0], {}, by=by, title=f"{number}件の変更")


def _owe(by: Any, accounts: list[Any]) -> None:
    """Of every account one that waits, one that was entered, and one that is noted as missing."""
    from daifuku.duties.actions import Owed, owe_many
    from daifuku.duties.models import Duty
    from daifuku.penalties.models import Entry

    now, today = timezone.now(), timezone.localdate()
    for what, done in (("waits", None), ("entered", now)):
        owe_many(
            Owed(
                f"{what}:{account.pk}",
                "rule:x",
                by,
                now + timedelta(minutes=1),
                subject=account,
                done_at=done,
            )
            for account in accounts
        )
    Duty.objects.filter(kind="rule").update(due_on=today)
    waiting = Duty.objects.filter(key__in=[f"waits:{account.pk}" for account in accounts])
    Entry.objects.bulk_create([Entry(person=by, duty=duty, day=today, mode="points") for duty in waiting])


def pass_some(cast: Any, numbers: range) -> None:
    """So many leads that wait for an answer of 青山's section."""
    from daifuku.passing.actions import edit_setup, pass_on
    from daifuku.records import actions

    edit_setup({"on": True}, by=cast.mizuno)
    for number in numbers:
        values = {
            "family_name": f"引渡{number}",
            "company": "引渡",
            "status": "qualified",
            "owner": cast.mizuno,
        }
        pass_on(actions.create("lead", values, by=cast.mizuno), cast.section, by=cast.mizuno)


def _work(world: World, numbers: range) -> None:
    """So many people who sell: each talked with a customer on the last working day, let a plan lie, missed an entry,
    handed in his report; and so many leads that wait because whoever takes them has enough."""
    from daifuku.customers.models import Lead
    from daifuku.daily import days
    from daifuku.daily.actions import close_day
    from daifuku.distribution.actions import distribute, edit_setup, keep_taker
    from daifuku.duties.actions import Owed, owe_many
    from daifuku.duties.working import Calendar
    from daifuku.ledger.channel import through
    from daifuku.records import actions
    from daifuku.staff.models import Membership, Person

    cast, account, today = world.cast, world.records["account open"], timezone.localdate()
    day = days.last_working(today, Calendar([], today))
    noon = datetime.combine(day, time(12), timezone.get_default_timezone())
    for number in numbers:
        person = Person.objects.create_user(f"seller{number}@example.jp", None, family_name=f"販売{number}")
        person.roles.set(cast.aoyama.roles.all())
        Membership.objects.create(person=person, team=cast.section)
        with through("page", at=noon):
            said = {"account": account, "method": "visit", "content": "complaint", "text": "箱がつぶれていた"}
            actions.create("talk", {**said, "started_at": noon - timedelta(hours=1)}, by=person)
            plan = {"account": account, "subject": "ご訪問", "started_at": noon - timedelta(days=1)}
            actions.create("plan", plan, by=person)
            task = {"account": account, "subject": "見積を送る", "due_on": day - timedelta(days=1)}
            actions.create("task", task, by=person)
            owe_many([Owed(f"seller:{number}", "rule:x", person, noon, subject=account)])
            close_day(day, {"remark": "手応えがあった", "consult": "値引きの相談"}, by=person)
    edit_setup({"on": True, "opens": time(0), "closes": time(23, 59)}, by=cast.mizuno)
    keep_taker(cast.aoyama, {"most_open": 1}, by=cast.mizuno)
    leads = [{"company": f"待つ{n}", "family_name": "佐藤", "owner": None} for n in numbers]
    made = actions.create_many("lead", leads, by=cast.mizuno)
    keys = [lead.pk for lead in made if isinstance(lead, Lead)]
    with through("page", at=noon):
        distribute(keys, by=None, again=True)
    pass_some(cast, numbers)


def _queries(world: World, address: str, visitor: str) -> int:
    kinds = ("account", "contact", "deal", "product", "order", "quote")
    words = {kind: world.records[f"{kind} open"].uid for kind in kinds}
    path = address.format(**words)
    client = world.client(visitor)
    assert client.get(path).status_code == 200, path
    with CaptureQueriesContext(
        connection,
    ) as captured:
        client.get(path)
    return sum(
        1 for query in captured if not (query["sql"] or "").startswith(("SAVEPOINT", "RELEASE", "ROLLBACK"))
    )


def test_a_page_asks_as_often_for_a_hundred_rows_as_for_ten(counts: dict[int, dict[str, int]]) -> None:
    grown = {name: (few, counts[MANY][name]) for name, few in counts[FEW].items() if counts[MANY][name] > few}
    assert grown == {}, "these pages ask once more for each row"


def test_no_page_asks_more_often_than_its_baseline(counts: dict[int, dict[str, int]]) -> None:
    kept: dict[str, Any] = json.loads(BASELINE.read_text()) if BASELINE.exists() else {}
    if os.environ.get("RENEW_SNAPSHOTS"):
        kept[connection.vendor] = counts[MANY]
        BASELINE.write_text(json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    baseline = kept[connection.vendor]
    assert set(counts[MANY]) == set(baseline), "a page came or went; renew query_counts.json"
    more = {name: (count, baseline[name]) for name, count in counts[MANY].items() if count > baseline[name]}
    assert more == {}, "(now, baseline)"
