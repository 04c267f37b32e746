"""The firms of the demo enter the ledger, live for two years there and fall out with nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from random import Random
from typing import Any

from daifuku.customers.actions import contact_left, move_contact, relate, separate
from daifuku.customers.demo.firms import RANKS, Firm, invent_firms
from daifuku.customers.demo.stage import YEARS, Stage, Step, weighted, working_minute
from daifuku.customers.demo.words import COMMENTS, NOTES, POSTS
from daifuku.customers.models import Relation
from daifuku.foundation.errors import DomainError
from daifuku.records import actions
from daifuku.records.actions.commenting import write_comment
from daifuku.records.actions.tagging import put_tag

FIRMS = 300
TAGS = ("DM希望", "年賀状", "重点", "要訪問", "新年会", "紹介元")
Happening = Callable[[Random, Firm, Stage], None]


def firms(random: Random) -> Iterator[Step]:
    """Half of the firms were known on the first day and came in from the old list, the others came one by one."""
    for number, firm in enumerate(invent_firms(random, FIRMS)):
        old = number < FIRMS // 2
        days = YEARS if old else random.randrange(20, YEARS - 10)
        minute = 9 * 60 + 30 if old else working_minute(random)
        yield Step(days, minute, partial(_enter, firm), "import" if old else "page")
        for _ in range(random.choice((2, 3, 4, 5, 6, 8))):
            happening = weighted(random, HAPPENINGS)
            later = random.randrange(1, days - 3)
            via = random.choice(("page", "page", "phone"))
            yield Step(later, working_minute(random), partial(happening, Random(random.random()), firm), via)  # noqa: S311
    yield from _relations(random)


def _enter(firm: Firm, stage: Stage) -> None:
    """Level by level from the top, then everybody who works there."""
    owner, waiting = stage.people[firm.owner], firm.offices
    while waiting:
        ready = [office for office in waiting if not office.parent or office.parent in stage.saved]
        waiting = [office for office in waiting if office not in ready]
        rows = [{**office.values, "parent": stage.saved.get(office.parent)} for office in ready]
        for office, account in zip(ready, actions.create_many("account", rows, by=owner), strict=True):
            stage.saved[office.key] = _made(account)
    people = [
        {"account": stage.saved[office.key], **values} for office in firm.offices for values in office.people
    ]
    made = [_made(contact) for contact in actions.create_many("contact", people, by=owner)]
    stage.saved[f"{firm.key}.people"] = made


def _made(result: Any) -> Any:
    if isinstance(result, DomainError):
        raise result
    return result


def _rank(random: Random, firm: Firm, stage: Stage) -> None:
    _edit(stage, firm, {"rank": weighted(random, RANKS)})


def _status(random: Random, firm: Firm, stage: Stage) -> None:
    _edit(stage, firm, {"status": random.choice(("active", "active", "dormant"))})


def _profile(random: Random, firm: Firm, stage: Stage) -> None:
    head = _head(stage, firm)
    grown = int(head.employees * random.uniform(0.9, 1.2)) + 1
    _edit(stage, firm, {"employees": grown, "annual_sales": grown * random.randrange(12, 45) * 1_000_000})


def _note(random: Random, firm: Firm, stage: Stage) -> None:
    _edit(
        stage,
        firm,
        {
            "note": random.choice(NOTES),
            "strengths": random.choice(("短納期", "小ロット対応", "地域密着", "特注品")),
        },
    )


def _comment(random: Random, firm: Firm, stage: Stage) -> None:
    text = random.choice(COMMENTS)
    if random.random() < 0.15:
        text = f"@栄 としこ {text}"
    write_comment(_head(stage, firm), text, by=stage.people[firm.owner])


def _tag(random: Random, firm: Firm, stage: Stage) -> None:
    put_tag(_head(stage, firm), random.choice(TAGS), by=stage.people[firm.owner])


def _promotion(random: Random, firm: Firm, stage: Stage) -> None:
    department, title, role, influence = random.choice(POSTS)
    contact = random.choice(stage.saved[f"{firm.key}.people"])
    values = {"department": department, "title": title, "role": role, "influence": influence}
    actions.edit(contact, values, by=stage.people[firm.owner])


def _move(random: Random, firm: Firm, stage: Stage) -> None:
    """To another office of the firm, or within the only one."""
    department, title, _role, _influence = random.choice(POSTS)
    office = random.choice(firm.offices)
    move_contact(
        random.choice(stage.saved[f"{firm.key}.people"]), stage.saved[office.key],
        department=department, title=title, on=stage.now.date(), by=stage.people[firm.owner],
    )  # fmt: skip


def _leave(random: Random, firm: Firm, stage: Stage) -> None:
    contact = random.choice(stage.saved[f"{firm.key}.people"])
    contact_left(contact, on=stage.now.date(), by=stage.people[firm.owner])


HAPPENINGS: tuple[tuple[Happening, int], ...] = (
    (_rank, 5), (_status, 4), (_profile, 4), (_note, 4), (_comment, 6), (_tag, 4), (_promotion, 4),
    (_move, 2), (_leave, 1),
)  # fmt: skip


def _head(stage: Stage, firm: Firm) -> Any:
    return stage.saved[firm.offices[0].key]


def _edit(stage: Stage, firm: Firm, values: dict[str, Any]) -> None:
    head = firm.offices[0].key
    stage.saved[head] = actions.edit(stage.saved[head], values, by=stage.people[firm.owner])


def _relations(random: Random) -> Iterator[Step]:
    """Told by the clerk, who knows everybody; among the firms of the first day, which surely exist."""
    old = FIRMS // 2
    pairs = {tuple(random.sample(range(old), 2)) for _ in range(60)}
    for one, other in sorted(pairs):
        kind = random.choice(Relation.Kind.values)
        yield Step(random.randrange(1, 700), working_minute(random), partial(_relate, one, other, kind))
    yield Step(200, 10 * 60, _twins)


def _relate(one: int, other: int, kind: str, stage: Stage) -> None:
    relate(stage.saved[f"firm{one}.0"], stage.saved[f"firm{other}.0"], kind, by=stage.people["toshiko"])


def _twins(stage: Stage) -> None:
    """Three firms stand twice in the ledger on purpose."""
    for number in range(3):
        head, clerk = stage.saved[f"firm{number}.0"], stage.people["toshiko"]
        copied = {name: getattr(head, name) for name in ("name", "kana", "industry", "prefecture", "city")}
        twin = actions.create("account", copied | {"owner": head.owner, "note": "工場の購買窓口"}, by=clerk)
        separate(head, twin, "工場の購買は決裁者が別のため", by=clerk)
