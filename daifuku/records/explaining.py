"""Why somebody can or cannot see, edit, delete or export a record: the rule of `scope.sees`, said step by step."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from daifuku.foundation.errors import NotFound
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.models.share import shared_ids
from daifuku.records.scope import is_member_of_customer, keepers_of, waits_for
from daifuku.staff.models.role import ACTIONS, Scope
from daifuku.staff.viewer import Viewer

# Creating is not about a record that is there.
ASKED = tuple(action for action in ACTIONS if action != "create")
YES, NO, ON = "yes", "no", ""


@dataclass(frozen=True)
class Step:
    """One thing that was looked at; `verdict` is "yes" or "no" where it decides, else the next step is looked at."""

    sentence: str
    verdict: str = ON


@dataclass(frozen=True)
class Explanation:
    action: str
    label: str
    steps: tuple[Step, ...]

    @property
    def allowed(self) -> bool:
        return self.steps[-1].verdict == YES


def may_ask_about_others(viewer: Viewer) -> bool:
    return viewer.has_power("staff") or viewer.has_power("audit")


def asked_about(viewer: Viewer, object_type: ObjectType, uid: uuid.UUID, *, any_record: bool) -> Any:
    """The record, also one in the trash. Whoever may ask about others may ask of every record (`any_record`); its name
    stays hidden where he does not see it. Raises NotFound."""
    rows = object_type.model.objects
    if any_record:
        rows = rows.unrestricted(reason="the explanation of a right gives no value of the record")
    else:
        rows = rows.visible_to(viewer)
    record = rows.select_related("owner", "team").filter(uid=uid).first()
    if record is None:
        raise NotFound
    return record


def explain(viewer: Viewer, record: Any, action: str) -> Explanation:
    """Must agree with `sees`; a test compares the two over all combinations."""
    return Explanation(action, str(ACTIONS[action]), tuple(_until_decided(_steps(viewer, record, action))))


def explain_all(viewer: Viewer, record: Any) -> list[Explanation]:
    return [explain(viewer, record, action) for action in ASKED]


def hidden_and_locked(viewer: Viewer, object_key: str) -> tuple[list[str], list[str]]:
    """The names of the fields that this person does not see, and of those that he may not change."""
    every, seen = vocabulary.fields_of(object_key), vocabulary.fields_for(viewer, object_key)
    hidden = [field.name for key, field in every.items() if key not in seen]
    locked = [field.name for key, field in seen.items() if viewer.field_rule(object_key, key) == "readonly"]
    return hidden, locked


def _until_decided(steps: Iterator[Step]) -> Iterator[Step]:
    for step in steps:
        yield step
        if step.verdict:
            return


def _steps(viewer: Viewer, record: Any, action: str) -> Iterator[Step]:
    yield from _of_roles(viewer, record, action)
    if viewer.pk in keepers_of(record):
        yield Step(_("この記録の担当者です。"), YES)
    yield Step(_("この記録の担当者ではありません。"))
    if record.pk in shared_ids(viewer, record.object_key, action):
        yield Step(_("この記録は、本人または本人のチームに個別に共有されているか、本人がメンバーです。"), YES)
    yield Step(_("この操作についての個別の共有はありません。"))
    if is_member_of_customer(viewer, record, action):
        yield Step(
            _("この記録の相手（取引先・見込み客）のメンバーか、取引履歴と活動予定ごと共有されています。"), YES
        )
    if waits_for(viewer, record, action):
        yield Step(_("担当者がまだなく、本人のチームの順番待ちに入っています。"), YES)
    yield from _of_privacy(viewer, record)
    yield from _of_reach(viewer, record, action)


def _of_roles(viewer: Viewer, record: Any, action: str) -> Iterator[Step]:
    if not viewer.person.is_active:
        yield Step(_("退職しているため、何もできません。"), NO)
    yield Step(_("在籍しています。"))
    if not viewer.roles:
        yield Step(_("役割がないため、何もできません。"), NO)
    scope = viewer.scope(record.object_key, action)
    if scope == Scope.NONE:
        names = _("、").join(str(role) for role in viewer.roles)
        yield Step(_("どの役割も、この操作を許していません（%(roles)s）。") % {"roles": names}, NO)
    giving = [role for role in viewer.roles if role.scope(record.object_key, action) == scope]
    words = {"role": str(giving[0]) if giving else "", "scope": str(scope.label)}
    yield Step(_("役割「%(role)s」が「%(scope)s」の範囲で許しています。") % words)


def _of_privacy(viewer: Viewer, record: Any) -> Iterator[Step]:
    if record.privacy == "team":
        colleagues = viewer.people_of(viewer.team_ids)
        if not keepers_of(record).isdisjoint(colleagues) or record.team_id in viewer.team_ids:
            yield Step(_("公開範囲は「チーム内のみ」で、同じチームに属しています。"), YES)
        yield Step(_("公開範囲は「チーム内のみ」で、同じチームに属していません。"), NO)
    if record.privacy:
        yield Step(_("公開範囲は「担当者のみ」です。"), NO)
    yield Step(_("公開範囲は「役割のとおり」です。"))


def _of_reach(viewer: Viewer, record: Any, action: str) -> Iterator[Step]:
    reach = viewer.reach(record.object_key, action)
    if reach.everyone:
        yield Step(_("範囲が「すべて」なので、誰の記録でも対象です。"), YES)
    if not keepers_of(record).isdisjoint(reach.people):
        yield Step(_("担当者 %(owner)s が、範囲に入るチームに属しています。") % {"owner": record.owner}, YES)
    if record.team_id in reach.teams:
        yield Step(_("記録のチーム「%(team)s」が範囲に入っています。") % {"team": record.team}, YES)
    owner = str(record.owner) if record.owner else _("担当者なし")
    yield Step(_("担当者（%(owner)s）もチームも、範囲に入っていません。") % {"owner": owner}, NO)
