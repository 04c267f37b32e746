"""Decisions as people read them: to whom and why, step by step, and who was passed over for what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daifuku.distribution.models import Decision, Passed
from daifuku.distribution.models.decision import Reason, State
from daifuku.distribution.who import may_distribute
from daifuku.records.scope import seen_by_keys, seen_of_kinds
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer

SAME = {
    "number": gettext_lazy("法人番号が同じ"), "name": gettext_lazy("会社名が同じ"),
    "email": gettext_lazy("メールが同じ"), "phone": gettext_lazy("電話番号が同じ"),
    "domain": gettext_lazy("メールのドメインが同じ"),
}  # fmt: skip
OBJECT = {
    "account": gettext_lazy("取引先"),
    "contact": gettext_lazy("取引先の担当者"),
    "lead": gettext_lazy("見込み客"),
}


@dataclass
class Step:
    sentence: str
    record: Any = None


@dataclass
class Line:
    """One decision; `lead` is None where the viewer may not see it."""

    decision: Decision
    lead: Any
    steps: list[Step] = field(default_factory=list)
    passed: list[tuple[Person, str]] = field(default_factory=list)

    @property
    def headline(self) -> str:
        return headline(self.decision)


def lines_of(decisions: Iterable[Decision], viewer: Viewer, *, with_passed: bool = True) -> list[Line]:
    """A handful of questions, however many there are. Why somebody was passed over is for him and for whoever
    distributes: it tells how he enters, and when he was away."""
    from daifuku.customers.models import Lead

    rows = list(decisions)
    leads = seen_by_keys(Lead, {row.lead_id for row in rows}, viewer, trashed=True)
    relations = (step for row in rows for step in row.steps if step["step"] == "relation")
    known = seen_of_kinds(((step["object"], step["record"]) for step in relations), viewer)
    passed: dict[int, list[tuple[Person, str]]] = {}
    if with_passed:
        found = Passed.objects.filter(decision__in=[row.pk for row in rows]).select_related("person")
        found = found if may_distribute(viewer) else found.filter(person=viewer.pk)
        for each in found.order_by("person__family_kana", "person__given_kana", "pk"):
            passed.setdefault(each.decision_id, []).append((each.person, why(each.why, each.facts)))
    return [
        Line(row, leads.get(row.lead_id), [said(step, known) for step in row.steps], passed.get(row.pk, []))
        for row in rows
    ]


def headline(decision: Decision) -> str:
    """Who has it, and why in one breath."""
    who = {"person": decision.person, "team": decision.team, "rule": decision.rule}
    if decision.person is None:
        if decision.reason == Reason.OUTSIDE:
            return _("受付時間外のため、始業まで待っています")
        if decision.team is not None:
            return _("%(team)sの順番待ちに入りました") % who
        return _("順番待ちに入りました")
    sentences = {
        Reason.RELATION: _("同じ会社の担当なので、%(person)sさんに渡しました"),
        Reason.TURN: _("順番で、%(person)sさんに渡しました"),
        Reason.LOAD: _("手持ちがいちばん少ない%(person)sさんに渡しました"),
        Reason.TAKEN: _("%(person)sさんが自分で引き受けました"),
    }
    return sentences.get(Reason(decision.reason), sentences[Reason.TURN]) % who


def said(step: dict[str, Any], known: dict[tuple[str, int], Any] | None = None) -> Step:
    match step["step"]:
        case "relation":
            words = {"how": SAME[step["kind"]], "object": OBJECT[step["object"]]}
            sentence = _("%(how)s%(object)sに、すでに担当者がいます。") % words
            return Step(sentence, (known or {}).get((step["object"], step["record"])))
        case "rule":
            return Step(_("ルール「%(name)s」に当てはまりました。") % {"name": step["name"]})
        case "outside":
            return Step(_("受付時間外です（%(opens)sから）。") % {"opens": step["opens"]})
        case "able":
            words = {"able": step["able"], "all": step["all"]}
            return Step(_("受け取れる人は、%(all)s人のうち%(able)s人でした。") % words)
        case "load":
            return Step(
                _("手持ち（対応中 %(open)s件）がいちばん少ない人を選びました。") % {"open": step["open"]}
            )
        case "turn":
            return Step(_("順番が来た人を選びました（対応中 %(open)s件）。") % {"open": step["open"]})
    plain = {
        "no_relation": _("同じ会社に、担当者のいる取引先や見込み客はありません。"),
        "no_rule": _("どのルールにも当てはまりませんでした。"),
        "queue": _("チームの順番待ちに入れました。"),
        "taken": _("順番待ちから引き受けました。"),
    }
    return Step(plain.get(step["step"], ""))


def why(reason: str, facts: dict[str, Any]) -> str:
    """Why somebody was passed over, with the figures: 入力率 62% < 80%."""
    match reason:
        case Passed.Why.RATE:
            percent = facts.get("percent")
            known = {**facts, "percent": _("判定なし") if percent is None else f"{percent}%"}
            if percent is not None and percent < facts["low"]:
                return _("入力率 %(percent)s < %(low)s%%") % known
            return _("入力率 %(percent)s（%(back)s%%以上が%(good)s日目、%(days)s日続くと再開）") % known
        case Passed.Why.OPEN:
            return _("対応中 %(open)s件（上限 %(most)s件）") % facts
        case Passed.Why.DAY:
            return _("今日はもう%(given)s件（上限 %(most)s件）") % facts
        case Passed.Why.BEFORE:
            return _("時間内に取引の記録がなかった前の担当者")
        case Passed.Why.LEFT:
            return _("退職")
    return _("不在・休み")


def state_colour(decision: Decision) -> str:
    colours = {State.WAITING: "orange", State.GIVEN: "blue", State.TOUCHED: "green", State.RETURNED: "red"}
    return colours.get(State(decision.state), "grey")
