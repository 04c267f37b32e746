"""A hand-over is arranged: from whom, to whom, from which day, what of it; on its day a job carries it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.duties.whose import people_seen
from daifuku.foundation.errors import Conflict, FieldProblem, Forbidden, Invalid, NotFound
from daifuku.foundation.japanese import clean_text
from daifuku.handover import movers
from daifuku.handover.models import Handover, Item
from daifuku.handover.models.handover import State
from daifuku.handover.sharing_out import CUSTOMERS, Shares, checked_condition, share_out
from daifuku.jobs import queue
from daifuku.jobs.models import Job
from daifuku.ledger import writing as ledger
from daifuku.ledger.models import Event
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

MOST_SUCCESSORS, LONGEST_BOTH = 20, 365
CARRY_OUT = "handover.carry_out"


def arrange(values: Mapping[str, Any], *, by: Person, today: date) -> Handover:
    """`values` as `cleaned` takes them. From today on it begins at once, otherwise on its day.

    Raises Invalid, Forbidden (whose customers one may not give away).
    """
    given = cleaned(values, by=by, today=today)
    shares = share_out(given["giver"], given["plan"], by, today)
    if not any(shares.moving.values()) or not any(shares.count(key) for key in shares.moving):
        raise Invalid(
            [
                FieldProblem(
                    "successors",
                    _("引き継ぐものがありません。条件や範囲を確認してください。"),
                    code="nothing",
                )
            ]
        )
    with ledger.writing():
        handover = Handover.objects.create(**given, created_by=by)
        keep_items(handover, shares)
        data = {"handover": str(handover.uid), "starts_on": handover.starts_on.isoformat()}
        ledger.record("handover.arranged", by=by, about=about(handover), data=data)
        if handover.starts_on <= today:
            begin(handover)
    return handover


def cleaned(values: Mapping[str, Any], *, by: Person, today: date) -> dict[str, Any]:
    """`giver`, `successors` [{"person", "condition"}], `starts_on`, `returns_on`, `reason`, `kinds`, `excluded`,
    `chosen`, `both_days`; people as rows, customers as keys. Raises Invalid with all that is wrong, Forbidden."""
    problems: list[FieldProblem] = []
    giver = values.get("giver")
    if giver is None:
        raise Invalid([FieldProblem("giver", _("だれから引き継ぐかを選んでください。"), code="required")])
    seen = people_seen(viewer_of(by))
    if seen is not None and giver.pk not in seen:
        raise Forbidden
    successors = _successors(values.get("successors") or [], giver, by, problems)
    starts_on, returns_on = values.get("starts_on") or today, values.get("returns_on")
    if starts_on < today:
        problems.append(
            FieldProblem(
                "starts_on",
                _("過ぎた日からは引き継げません。今日か、これからの日を選んでください。"),
                code="past",
            )
        )
    if returns_on is not None and returns_on <= starts_on:
        problems.append(
            FieldProblem("returns_on", _("元に戻す日は、引き継ぐ日よりあとにしてください。"), code="order")
        )
    if returns_on is not None and not giver.is_active:
        problems.append(
            FieldProblem(
                "returns_on", _("退職した人には元に戻せません。元に戻す日を空にしてください。"), code="left"
            )
        )
    if problems:
        raise Invalid(problems)
    known = [each.key for each in movers.every()]
    plan: dict[str, Any] = {
        "successors": successors,
        "kinds": [key for key in values.get("kinds") or known if key in known],
        "excluded": {kind: sorted((values.get("excluded") or {}).get(kind, ())) for kind in CUSTOMERS},
    }
    if values.get("chosen"):
        plan["chosen"] = {kind: sorted(values["chosen"].get(kind, ())) for kind in CUSTOMERS}
    both = values.get("both_days", 30)
    return {
        "giver": giver, "starts_on": starts_on, "returns_on": returns_on, "plan": plan,
        "reason": " ".join(clean_text(values.get("reason") or "").split())[:300],
        "both_days": min(max(int(both), 0), LONGEST_BOTH),
    }  # fmt: skip


def _successors(
    raw: Sequence[Mapping[str, Any]], giver: Person, by: Person, problems: list[FieldProblem]
) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for each in raw[:MOST_SUCCESSORS]:
        person: Person = each["person"]
        if person.pk == giver.pk:
            problems.append(
                FieldProblem(
                    "successors", _("本人には引き継げません。ほかの人を選んでください。"), code="self"
                )
            )
        elif not person.is_active:
            sentence = _("%(person)sさんは退職しています。在籍している人を選んでください。") % {
                "person": person
            }
            problems.append(FieldProblem("successors", sentence, code="inactive"))
        elif person.pk in {other["person"] for other in found}:
            sentence = _("%(person)sさんが2回選ばれています。") % {"person": person}
            problems.append(FieldProblem("successors", sentence, code="twice"))
        else:
            condition = checked_condition(each.get("condition"), viewer_of(by))
            found.append({"person": person.pk, "condition": condition})
    if not found and not problems:
        problems.append(FieldProblem("successors", _("だれに引き継ぐかを選んでください。"), code="required"))
    return found


def keep_items(handover: Handover, shares: Shares) -> None:
    """A row for each customer; who was given to the person since is added, what he gave away is said to stay."""
    known = {(row.object, row.record_id): row for row in handover.items.all()}
    new = [
        Item(handover=handover, object=kind, record_id=key, successor_id=person)
        for (kind, key), person in shares.customers.items()
        if (kind, key) not in known
    ]
    Item.objects.bulk_create(new, batch_size=500)
    for place, row in known.items():
        person = shares.customers.get(place)
        if row.state == Item.State.WAITING and person is not None and person != row.successor_id:
            Item.objects.filter(pk=row.pk).update(successor=person)


def begin(handover: Handover) -> Job:
    """Puts it into the queue, once. Call inside `ledger.writing()`."""
    return queue.enqueue(
        CARRY_OUT, {"handover": handover.pk}, by=handover.created_by, title=str(handover),
        key=f"handover:{handover.pk}:{handover.result.get('attempt', 0)}",
    )  # fmt: skip


def go_on(handover: Handover, *, by: Person) -> Job:
    """It was stopped, and what is left is moved now. Raises Conflict, Forbidden, NotFound."""
    with ledger.writing():
        held = held_for(handover, by)
        if held.state != State.STOPPED:
            raise Conflict(_("止まっている引き継ぎではありません。画面を開き直してください。"), code="state")
        held.result = {**held.result, "attempt": held.result.get("attempt", 0) + 1}
        held.state = State.RUNNING
        held.save(update_fields=["result", "state"])
        return begin(held)


def cancel(handover: Handover, *, by: Person) -> Handover:
    """Before its day. Raises Conflict (it has begun), Forbidden, NotFound."""
    with ledger.writing():
        held = held_for(handover, by)
        if held.state != State.PLANNED:
            raise Conflict(_("すでに始まっています。「元に戻す」をお使いください。"), code="state")
        held.state = State.CANCELLED
        held.save(update_fields=["state"])
        ledger.record("handover.cancelled", by=by, about=about(held), data={"handover": str(held.uid)})
    return held


def held_for(handover: Handover, by: Person) -> Handover:
    """Whoever arranged it, gives, or leads the one who gives may change it; the receiver only receives."""
    held = Handover.objects.visible_to(viewer_of(by)).filter(pk=handover.pk).first()
    if held is None:
        raise NotFound
    if not may_change(held, by):
        raise Forbidden
    return Handover.objects.select_for_update(of=("self",)).get(pk=handover.pk)


def may_change(handover: Handover, by: Person) -> bool:
    seen = people_seen(viewer_of(by))
    return seen is None or handover.created_by_id == by.pk or handover.giver_id in seen


def about(handover: Handover) -> list[ledger.About]:
    people = [ledger.About("person", key, "related") for key in handover.successor_keys]
    return [ledger.About("person", handover.giver_id), *people]


def line_of(handover: Handover) -> Event | None:
    return handover.begun
