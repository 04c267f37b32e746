"""What was typed about a hand-over becomes what `arrange` keeps; all that is wrong is told at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.duties.whose import people_seen
from daifuku.foundation.errors import FieldProblem, Forbidden, Invalid
from daifuku.foundation.japanese import clean_text
from daifuku.handover import movers
from daifuku.handover.sharing_out import CUSTOMERS, checked_condition
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

MOST_SUCCESSORS, LONGEST_BOTH, LONGEST_REASON = 20, 365, 300
Problems = list[FieldProblem]


def cleaned(values: Mapping[str, Any], *, by: Person, today: date) -> dict[str, Any]:
    """`giver`, `successors` [{"person", "condition"}], `starts_on`, `returns_on`, `reason`, `kinds`, `excluded`,
    `chosen`, `both_days`; people as rows, customers as keys, days as such or as they were typed.

    Raises Invalid with all that is wrong, Forbidden (whose customers one may not give away).
    """
    problems: Problems = []
    giver = values.get("giver")
    if giver is None:
        problems.append(FieldProblem("giver", _("だれから引き継ぐかを選んでください。"), code="required"))
    else:
        seen = people_seen(viewer_of(by))
        if seen is not None and giver.pk not in seen:
            raise Forbidden
    successors = _successors(values.get("successors") or [], giver, by, problems)
    starts_on, returns_on = _days(values, giver, today, problems)
    plan = {"successors": successors, **_which(values, problems)}
    given = {
        "giver": giver, "starts_on": starts_on, "returns_on": returns_on, "plan": plan,
        "reason": _reason(values.get("reason") or "", problems),
        "both_days": _both_days(values.get("both_days", 30), problems),
    }  # fmt: skip
    if problems:
        raise Invalid(problems)
    return given


def _successors(
    raw: Sequence[Mapping[str, Any]], giver: Person | None, by: Person, problems: Problems
) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    refused = len(problems)
    if len(raw) > MOST_SUCCESSORS:
        sentence = _("後任は%(most)s人までです。") % {"most": MOST_SUCCESSORS}
        problems.append(FieldProblem("successors", sentence, code="too_many"))
    for each in raw[:MOST_SUCCESSORS]:
        person: Person = each["person"]
        wrong = _wrong_successor(person, giver, {other["person"] for other in found})
        if wrong is not None:
            problems.append(wrong)
            continue
        try:
            condition = checked_condition(each.get("condition"), viewer_of(by))
        except Invalid as error:
            problems += [FieldProblem("successors", each.message, code=each.code) for each in error.problems]
            continue
        found.append({"person": person.pk, "condition": condition})
    if not found and len(problems) == refused:
        problems.append(FieldProblem("successors", _("だれに引き継ぐかを選んでください。"), code="required"))
    return found


def _wrong_successor(person: Person, giver: Person | None, taken: set[int]) -> FieldProblem | None:
    words, sentence = {"person": person}, ""
    if giver is not None and person.pk == giver.pk:
        sentence, code = str(_("本人には引き継げません。ほかの人を選んでください。")), "self"
    elif not person.is_active:
        sentence, code = (
            _("%(person)sさんは退職しています。在籍している人を選んでください。") % words,
            "inactive",
        )
    elif person.pk in taken:
        sentence, code = _("%(person)sさんが2回選ばれています。") % words, "twice"
    else:
        return None
    return FieldProblem("successors", sentence, code=code)


def _days(
    values: Mapping[str, Any], giver: Person | None, today: date, problems: Problems
) -> tuple[date, date | None]:
    starts_on = _day("starts_on", values.get("starts_on"), problems) or today
    returns_on = _day("returns_on", values.get("returns_on"), problems)
    if starts_on < today:
        sentence = _("過ぎた日からは引き継げません。今日か、これからの日を選んでください。")
        problems.append(FieldProblem("starts_on", sentence, code="past"))
    if returns_on is not None and returns_on <= starts_on:
        sentence = _("元に戻す日は、引き継ぐ日よりあとにしてください。")
        problems.append(FieldProblem("returns_on", sentence, code="order"))
    elif returns_on is not None and giver is not None and not giver.is_active:
        sentence = _("退職した人には元に戻せません。元に戻す日を空にしてください。")
        problems.append(FieldProblem("returns_on", sentence, code="left"))
    return starts_on, returns_on


def _day(name: str, raw: Any, problems: Problems) -> date | None:
    """What cannot be read is never taken for today."""
    if raw is None or isinstance(raw, date):
        return raw
    text = str(raw).strip().replace("/", "-")
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        sentence = _("日付は 2026-12-01 のように入力してください。")
        problems.append(FieldProblem(name, sentence, code="date"))
        return None


def _which(values: Mapping[str, Any], problems: Problems) -> dict[str, Any]:
    """Which kinds of things, and which customers are left out or are the only ones."""
    known = [each.key for each in movers.every()]
    kinds = known if values.get("kinds") is None else [key for key in known if key in values["kinds"]]
    if not kinds:
        sentence = _("引き継ぐものを、少なくとも1つ選んでください。")
        problems.append(FieldProblem("kinds", sentence, code="required"))
    excluded = values.get("excluded") or {}
    plan: dict[str, Any] = {
        "kinds": kinds,
        "excluded": {kind: sorted(excluded.get(kind, ())) for kind in CUSTOMERS},
    }
    if values.get("chosen"):
        plan["chosen"] = {kind: sorted(values["chosen"].get(kind, ())) for kind in CUSTOMERS}
    return plan


def _reason(raw: str, problems: Problems) -> str:
    text = clean_text(raw)
    if len(text) > LONGEST_REASON:
        sentence = _("理由は%(most)s文字までです。短くしてください。") % {"most": LONGEST_REASON}
        problems.append(FieldProblem("reason", sentence, code="too_long"))
    return text


def _both_days(raw: Any, problems: Problems) -> int:
    text = str("" if raw is None else raw).strip()
    if not text:
        return 30
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else -1
    if not 0 <= number <= LONGEST_BOTH:
        sentence = _("0から%(most)sまでの日数を入力してください。") % {"most": LONGEST_BOTH}
        problems.append(FieldProblem("both_days", sentence, code="number"))
        return 30
    return number
