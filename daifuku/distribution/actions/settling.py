"""The administrator settles how leads are distributed: the firm's settings, the rules, who takes part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from daifuku.distribution.actions.distributing import held_setup
from daifuku.distribution.house import House
from daifuku.distribution.models import Rule, Setup, Taker
from daifuku.distribution.models.rule import Target
from daifuku.distribution.models.setup import Strategy
from daifuku.foundation.errors import ChangedSince, FieldProblem, Invalid, NotFound, Stale
from daifuku.foundation.japanese import clean_text
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records import conditions
from daifuku.records.actions.powers import need_settings
from daifuku.staff.models import Person, Team

NUMBERS = {
    "low_percent": (1, 100), "back_percent": (1, 100), "back_days": (1, 30), "grace_days": (0, 180),
    "alarm_hours": (1, 200), "return_hours": (1, 500), "warn_hours": (1, 200),
}  # fmt: skip
SWITCHES, HOURS = ("on", "by_rate"), ("opens", "closes")
OF_TAKER = {"weight": (1, 10), "most_open": (0, 100_000), "most_a_day": (0, 1000)}
RULE_FIELDS = ("name", "active", "condition", "target", "people", "team", "strategy")


def edit_setup(
    changes: Mapping[str, Any], *, by: Person, version: int | None = None, undoes: Event | None = None
) -> Setup:
    """What is not named stays; switched on, it takes care of leads from now on. Raises Invalid, Stale, Forbidden."""
    need_settings(by)
    values = _cleaned(changes, _clean_setup)
    with ledger.writing():
        row = held_setup()
        _must_be(row, version)
        done = _put(row, values)
        _must_fit(row)
        if not done and undoes is None:
            return row
        if "on" in done:
            row.since = moment() if row.on else None
        row.version += 1
        row.save()
        ledger.record("distribution.setup_changed", by=by, data={"changes": done}, undoes=undoes)
    return row


def _must_fit(row: Setup) -> None:
    problems = []
    if row.back_percent < row.low_percent:
        sentence = _("戻る入力率は、外れる入力率と同じか、それより高くしてください。")
        problems.append(FieldProblem("back_percent", sentence, code="order"))
    if row.closes <= row.opens:
        problems.append(FieldProblem("closes", _("終わりは始まりより後にしてください。"), code="order"))
    if row.warn_hours >= row.return_hours:
        sentence = _("戻す前に知らせる時間は、戻すまでの時間より短くしてください。")
        problems.append(FieldProblem("warn_hours", sentence, code="order"))
    if problems:
        raise Invalid(problems)


def undo_setup(event: Event, by: Person) -> Undone:
    row = Setup.objects.order_by("pk").first() or Setup()
    if any(_plain(getattr(row, name)) != new for name, (_old, new) in event.changes.items()):
        raise ChangedSince
    edit_setup({name: old for name, (old, _new) in event.changes.items()}, by=by, undoes=event)
    return Undone(1)


def keep_taker(
    person: Person, changes: Mapping[str, Any], *, by: Person, undoes: Event | None = None
) -> Taker:
    """Lets somebody take part, or changes how. Raises Invalid, Forbidden."""
    need_settings(by)
    values = _cleaned(changes, _clean_taker)
    with ledger.writing():
        held_setup()
        row = Taker.objects.select_for_update().filter(person=person).first()
        fresh = row is None
        if row is None:
            row = Taker(person=person, active=False, grace_from=timezone.localdate(person.joined_at))
            values.setdefault("active", True)
        done = _put(row, values)
        if done or fresh or undoes is not None:
            row.save()
            data = {"changes": done, "person": person.pk, "name": str(person)}
            ledger.record("distribution.taker_changed", by=by, data=data, undoes=undoes)
    return row


def undo_taker(event: Event, by: Person) -> Undone:
    row = Taker.objects.select_related("person").filter(person=event.data["person"]).first()
    if row is None or any(_plain(getattr(row, name)) != new for name, (_o, new) in event.changes.items()):
        raise ChangedSince
    back = {name: old for name, (old, _new) in event.changes.items() if old is not None}
    keep_taker(row.person, back, by=by, undoes=event)
    return Undone(1)


def add_rule(values: Mapping[str, Any], *, by: Person) -> Rule:
    """The last of the rules. Raises Invalid, Forbidden."""
    need_settings(by)
    cleaned = _cleaned({"name": "", **values}, _clean_rule)
    with ledger.writing():
        held_setup()
        last = Rule.objects.aggregate(last=Max("position"))["last"]
        row = Rule(position=0 if last is None else last + 1)
        done = _put(row, cleaned)
        _rule_must_fit(row)
        row.save()
        ledger.record("distribution.rule_added", by=by, data=_of_rule(row, done))
    return row


def edit_rule(
    rule: Rule,
    changes: Mapping[str, Any],
    *,
    by: Person,
    version: int | None = None,
    undoes: Event | None = None,
) -> Rule:
    """What is not named stays. Raises Invalid, Stale, Forbidden, NotFound."""
    need_settings(by)
    cleaned = _cleaned(changes, _clean_rule)
    with ledger.writing():
        held_setup()
        row = Rule.objects.select_for_update().filter(pk=rule.pk).first()
        if row is None:
            raise NotFound
        _must_be(row, version)
        done = _put(row, cleaned)
        _rule_must_fit(row)
        if done or undoes is not None:
            row.version += 1
            row.save()
            ledger.record("distribution.rule_changed", by=by, data=_of_rule(row, done), undoes=undoes)
    return row


def undo_rule(event: Event, by: Person) -> Undone:
    row = Rule.objects.filter(uid=event.data["rule"]).first()
    if row is None or any(_plain(getattr(row, name)) != new for name, (_o, new) in event.changes.items()):
        raise ChangedSince
    edit_rule(row, {name: old for name, (old, _new) in event.changes.items()}, by=by, undoes=event)
    return Undone(1)


def remove_rule(rule: Rule, *, by: Person, undoes: Event | None = None) -> None:
    """Its decisions stay. Raises Forbidden."""
    need_settings(by)
    with ledger.writing():
        held_setup()
        data = {**_of_rule(rule, {}), "kept": {name: _plain(getattr(rule, name)) for name in RULE_FIELDS}}
        Rule.objects.filter(pk=rule.pk).delete()
        ledger.record("distribution.rule_removed", by=by, data=data, undoes=undoes)


def undo_added(event: Event, by: Person) -> Undone:
    row = Rule.objects.filter(uid=event.data["rule"]).first()
    if row is None:
        raise ChangedSince
    remove_rule(row, by=by, undoes=event)
    return Undone(1)


def undo_removed(event: Event, by: Person) -> Undone:
    with ledger.writing():
        row = add_rule(event.data["kept"], by=by)
        ledger.record("ledger.undone", by=by, undoes=event)
        Rule.objects.filter(pk=row.pk).update(uid=event.data["rule"])
    return Undone(1)


def order_rules(uids: Sequence[str], *, by: Person) -> None:
    """The first that is met decides; those not named follow. Raises Forbidden."""
    need_settings(by)
    with ledger.writing():
        held_setup()
        rows = list(Rule.objects.select_for_update().order_by("position", "pk"))
        place = {uid: number for number, uid in enumerate(uids)}
        before = [str(row.uid) for row in rows]
        rows.sort(key=lambda row: place.get(str(row.uid), len(place)))
        for number, row in enumerate(rows):
            row.position = number
        Rule.objects.bulk_update(rows, ["position"])
        after = [str(row.uid) for row in rows]
        if after != before:
            ledger.record("distribution.rules_ordered", by=by, data={"old": before, "new": after})


def undo_ordered(event: Event, by: Person) -> Undone:
    order_rules(event.data["old"], by=by)
    return Undone(1)


def _rule_must_fit(row: Rule) -> None:
    if row.target == Target.TEAM and row.team_id is None:
        raise Invalid([FieldProblem("team", _("順番待ちにするチームを選んでください。"), code="required")])


def _of_rule(row: Rule, done: dict[str, Any]) -> dict[str, Any]:
    return {"changes": done, "rule": str(row.uid), "name": row.name}


def _must_be(row: Any, version: int | None) -> None:
    if version is not None and version != row.version:
        raise Stale(_("ほかの人が先に変更しました。画面を開き直して、もう一度変更してください。"))


def _put(row: Any, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    done = {}
    for name, value in values.items():
        old, new = _plain(getattr(row, name)), _plain(value)
        if old != new:
            done[name] = [old, new]
            setattr(row, name, value)
    return done


def _cleaned(changes: Mapping[str, Any], clean: Any) -> dict[str, Any]:
    values: dict[str, Any] = {}
    problems: list[FieldProblem] = []
    for name, raw in changes.items():
        try:
            values[name] = clean(name, raw)
        except ValueError as error:
            problems.append(FieldProblem(name[:63], str(error)))
    if problems:
        raise Invalid(problems)
    return values


def _clean_setup(name: str, raw: Any) -> Any:
    if name in NUMBERS:
        return _whole(raw, *NUMBERS[name])
    if name in SWITCHES:
        return _yes(raw)
    if name in HOURS:
        return _hour(raw)
    if name == "strategy":
        return _one_of(raw, Strategy.values)
    if name == "queue_team":
        return _team(raw)
    if name == "givers":
        return _people(raw)
    raise ValueError(_("この設定はありません。"))


def _clean_taker(name: str, raw: Any) -> Any:
    if name in OF_TAKER:
        return _whole(raw, *OF_TAKER[name])
    if name == "active":
        return _yes(raw)
    if name == "grace_from":
        return _day(raw)
    raise ValueError(_("この設定はありません。"))


def _clean_rule(name: str, raw: Any) -> Any:
    if name == "name":
        text = clean_text(str(raw))
        if not text or len(text) > 60:
            raise ValueError(_("ルールの名前を60文字以内で入力してください。"))
        return text
    if name == "active":
        return _yes(raw)
    if name == "condition":
        try:
            return conditions.parse(raw or {"all": []}, "lead", House()).to_json()
        except Invalid as error:
            raise ValueError(error.message) from error
    if name == "target":
        return _one_of(raw, Target.values)
    if name == "strategy":
        return _one_of(raw, Strategy.values)
    if name == "people":
        return _people(raw)
    if name == "team":
        return _team(raw)
    raise ValueError(_("この設定はありません。"))


def _whole(raw: Any, least: int, most: int) -> int:
    text = str(raw).strip()
    number = int(text) if text.isdecimal() and len(text) < 7 else -1
    if not least <= number <= most:
        words = {"least": least, "most": most}
        raise ValueError(_("%(least)sから%(most)sまでの整数で入力してください。") % words)
    return number


def _yes(raw: Any) -> bool:
    return raw in (True, "true", "on", "1", 1)


def _hour(raw: Any) -> time:
    try:
        return raw if isinstance(raw, time) else time.fromisoformat(str(raw).strip())
    except ValueError as error:
        raise ValueError(_("時刻は 09:00 のように入力してください。")) from error


def _day(raw: Any) -> date:
    try:
        return raw if isinstance(raw, date) else date.fromisoformat(str(raw).strip().replace("/", "-"))
    except ValueError as error:
        raise ValueError(_("日付は 2026-12-01 のように入力してください。")) from error


def _one_of(raw: Any, values: Sequence[str]) -> str:
    if raw not in values:
        raise ValueError(_("一覧から選んでください。"))
    return str(raw)


def _team(raw: Any) -> Team | None:
    if raw in (None, ""):
        return None
    key = raw.pk if isinstance(raw, Team) else raw
    found = Team.objects.filter(pk=key).first() if str(key).isdecimal() and len(str(key)) < 19 else None
    if found is None:
        raise ValueError(_("チームを一覧から選んでください。"))
    return found


def _people(raw: Any) -> list[int]:
    """Keys of people, given as people, uids or keys."""
    given = list(raw or [])
    wanted = [each.pk if isinstance(each, Person) else each for each in given]
    keys = [int(each) for each in wanted if str(each).isdecimal() and len(str(each)) < 19]
    uids = [str(each) for each in wanted if "-" in str(each) and len(str(each)) == 36]
    found = set(Person.objects.filter(pk__in=keys).values_list("pk", flat=True))
    found |= set(Person.objects.filter(uid__in=uids).values_list("pk", flat=True)) if uids else set()
    if len(found) < len(set(map(str, wanted))):
        raise ValueError(_("社員を一覧から選んでください。"))
    return sorted(found)


def _plain(value: Any) -> Any:
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return value.pk if isinstance(value, Team) else value
