"""Which kinds of lines a webhook can hear, in the words of its form, and which of them it wants."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from daifuku.ledger import kinds
from daifuku.ledger.kinds import Kind
from daifuku.ledger.models import Event, Subject
from daifuku.messages.models import Webhook
from daifuku.records.catalogue import registry
from daifuku.staff.viewer import Viewer

ABOUT_MANY = ("bulk_edited", "bulk_trashed", "imported")
BESIDE_RECORDS = (
    "comment.written", "comment.edited", "comment.removed", "comment.restored", "reaction.given",
    "reaction.taken_back", "file.added", "file.replaced", "file.trashed", "file.restored", "tag.put",
    "tag.removed", "share.given", "share.taken",
)  # fmt: skip
# Where two kinds have the same label.
WORDS = {
    "tag.put": gettext_lazy("タグの追加"),
    "tag.removed": gettext_lazy("タグの取り外し"),
    "vocabulary.ordered": gettext_lazy("項目の順序の変更"),
    "vocabulary.retyped": gettext_lazy("項目の種類の変更"),
    "choices.ordered": gettext_lazy("選択肢の順序の変更"),
    "field_request.asked": gettext_lazy("項目の追加の申請"),
    "field_request.edited": gettext_lazy("項目の申請の変更"),
    "field_request.withdrawn": gettext_lazy("項目の申請の取り下げ"),
    "field_request.asked_again": gettext_lazy("もう一度申請する"),
    "field_request.support_taken": gettext_lazy("賛成の取り消し"),
    "field_request.approved": gettext_lazy("項目の申請の承認"),
    "field_request.declined": gettext_lazy("項目の申請の見送り"),
    "field_request.reopened": gettext_lazy("申請中に戻す"),
    "field_request.done": gettext_lazy("申請された項目の追加"),
}
FIRST = ("created", "edited", "trashed", "restored", "erased")
Group = tuple[str, list[tuple[str, str]]]


def about_records() -> list[Kind]:
    """What happens with a record that somebody sees; who looked at it is no part."""
    objects = {each.key for each in registry.every()}
    return [
        kind
        for kind in kinds.every()
        if kind.key in BESIDE_RECORDS
        or (kind.key.partition(".")[0] in objects and not kind.quiet and not _is_about_many(kind))
    ]


def about_the_firm() -> list[Kind]:
    """The rest, for whoever may audit: people, sign-ins, roles, settings, exports. Single looks are too many."""
    known = {kind.key for kind in about_records()}
    return [
        kind
        for kind in kinds.every()
        if kind.key not in known
        and not kind.key.endswith((".opened", ".listed", "view.pinned", "view.opens"))
    ]


def _is_about_many(kind: Kind) -> bool:
    return kind.key.partition(".")[2] in ABOUT_MANY


def offered(viewer: Viewer) -> list[Kind]:
    firm = about_the_firm() if viewer.has_power("audit") else []
    return [*about_records(), *firm]


def groups(viewer: Viewer) -> list[Group]:
    """As the form shows them: of each kind of record, of what hangs on records, of the firm."""
    known, found = about_records(), []
    for each in registry.every():
        own = [kind for kind in known if kind.key.startswith(f"{each.key}.")]
        found.append((each.name, _choices(sorted(own, key=_usual_first))))
    beside = [kinds.get(key) for key in BESIDE_RECORDS]
    found.append((_("コメント・ファイル・タグ・共有"), _choices(beside)))
    if viewer.has_power("audit"):
        firm = [(kind.key, label_of(kind.key)) for kind in about_the_firm()]
        found.append((_("会社・社員・設定（監査履歴）"), firm))
    return found


def _usual_first(kind: Kind) -> int:
    what = kind.key.partition(".")[2]
    return FIRST.index(what) if what in FIRST else len(FIRST)


def _choices(some: Iterable[Kind]) -> list[tuple[str, str]]:
    return [(kind.key, str(WORDS.get(kind.key, kind.label))) for kind in some]


def label_of(key: str) -> str:
    """One kind by itself: with the kind of record where it belongs to one."""
    if key == "test":
        return _("テスト送信")
    words = str(WORDS.get(key, kinds.get(key).label))
    area = key.partition(".")[0]
    if not registry.has(area):
        return words
    return _("%(object)s: %(kind)s") % {"object": registry.get(area).name, "kind": words}


def wants_kind(webhook: Webhook, key: str, record_kinds: set[str]) -> bool:
    """Without kinds of its own it wants all about records, also those that come later."""
    return key in (set(webhook.kinds) or record_kinds)


def wants(webhook: Webhook, event: Event, record_kinds: set[str]) -> bool:
    if not wants_kind(webhook, event.kind, record_kinds):
        return False
    if (event.txid, event.pk) <= (webhook.listens_txid, webhook.listens_event):
        return False
    if not webhook.objects_heard or event.kind not in record_kinds:
        return True
    return any(
        subject.object in webhook.objects_heard
        for subject in event.subjects.all()
        if subject.role == Subject.MAIN
    )


def keys_of(some: Iterable[Kind]) -> set[str]:
    return {kind.key for kind in some}


def sentence_of(webhook: Webhook) -> str:
    """What it hears, short enough for a list."""
    objects: dict[str, Any] = {each.key: each for each in registry.every()}
    names = [objects[key].name for key in webhook.objects_heard if key in objects]
    count = len(webhook.kinds)
    some = ngettext("%(n)s種類の出来事", "%(n)s種類の出来事", count) % {"n": count}
    what = some if count else _("記録のすべての出来事")
    return _("%(what)s（%(objects)s）") % {"what": what, "objects": _("、").join(names)} if names else what
