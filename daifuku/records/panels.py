"""What every record's page shows besides its fields: tags, comments, files, who follows it and who else sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.foundation import menu
from daifuku.foundation.sql.prepared import Prepared, Told
from daifuku.ledger import kinds
from daifuku.ledger.models import Event
from daifuku.records import member_panel, talk, timeline
from daifuku.records.actions import commenting, filing, marking, sharing, tagging
from daifuku.records.catalogue import registry
from daifuku.records.catalogue.panel import Panel
from daifuku.records.models import Mark
from daifuku.records.scope import sees
from daifuku.staff.viewer import Viewer

MOST = 200
# What areas above show on the page of every kind of record; they add theirs from `apps.ready()`.
everywhere: list[Panel] = []


@dataclass(frozen=True)
class Which:
    """A record as far as a query asks for it."""

    object_key: str
    pk: int


TAGS = Prepared(lambda object, record: tagging.tags_of(Which(object, record)))
OFFERED = Prepared(lambda person: tagging.offered(person)[:MOST])
COMMENTS = Prepared(
    lambda object, record: commenting.comments_on(Which(object, record)).order_by("-pk")[:MOST]
)
FILES = Prepared(lambda object, record: filing.files_of(Which(object, record))[:MOST])
THROWN = Prepared(
    lambda object, record: filing.trashed_files_of(Which(object, record)).values_list("pk")[:MOST]
)
MARKS = Prepared(lambda object, record: marking.marks_about(Which(object, record)))
SHARES = Prepared(lambda object, record: sharing.shares_of(Which(object, record)))


def register() -> None:
    _show_words()
    _add_to_menu()
    for object_type in registry.every():
        member_panel.register(object_type)
        object_type.panels += [
            *everywhere,
            Panel("tags", _("タグ"), "records/panels/tags.html", tags, "head", 5, _asked_of_tags),
            Panel(
                "comments",
                _("コメント"),
                "records/panels/comments.html",
                comments,
                "main",
                20,
                _asked(COMMENTS),
            ),
            Panel(
                "files",
                pgettext_lazy("many", "ファイル"),
                "records/panels/files.html",
                files,
                "side",
                40,
                _asked(FILES, THROWN),
            ),
            Panel(
                "circle",
                _("フォローと共有"),
                "records/panels/circle.html",
                circle,
                "side",
                70,
                _asked(MARKS, SHARES),
            ),
        ]
        if object_type.about_person:
            panel = Panel("erase", _("個人情報"), "records/panels/erase.html", erasure, "side", 90)
            object_type.panels.append(panel)


def _asked(*questions: Prepared) -> Callable[[Any, Viewer], list[Told]]:
    return lambda record, viewer: [question.told(record.object_key, record.pk) for question in questions]


def _asked_of_tags(record: Any, viewer: Viewer) -> list[Told]:
    own = TAGS.told(record.object_key, record.pk)
    return [own, OFFERED.told(viewer.pk)] if viewer.may(record.object_key, "edit") else [own]


def _show_words() -> None:
    """The timeline shows what was said and which file or tag it was, not only that something happened."""
    for kind in kinds.every():
        if kind.detail and kind.key.startswith(("comment.", "file.", "tag.", "share.")):
            timeline.show_body(kind.key, "records/parts/line_words.html", words)


def words(event: Event, viewer: Viewer) -> dict[str, Any] | None:
    text = event.data.get(kinds.get(event.kind).detail)
    return {"text": text} if text else None


def _add_to_menu() -> None:
    menu.add(
        menu.Entry(
            "settings.records", _("項目"), "records:setting_fields", "sliders", 10, power="settings",
            help=_("項目の追加・並べ替え、選択肢、記録の名称"),
        ),
        menu.Entry(
            "settings.records", _("タグ"), "records:setting_tags", "tag", 20, power="settings",
            help=_("タグの名前と色、統合"),
        ),
        menu.Entry(
            "settings.people", _("メンバー"), "records:setting_members", "people", 45, power="settings",
            help=_("取引先・見込み客のメンバーの役割と権限"),
        ),
    )  # fmt: skip


def tags(record: Any, viewer: Viewer) -> dict[str, Any]:
    may_edit = editable(record, viewer)
    own = TAGS(record.object_key, record.pk)
    return {"tags": own, "may_edit": may_edit, "offered": OFFERED(viewer.pk) if may_edit else []}


def comments(record: Any, viewer: Viewer) -> dict[str, Any]:
    rows = COMMENTS(record.object_key, record.pk)
    reactions = talk.REACTIONS(record.object_key, record.pk) if rows else []
    return {
        "comments": talk.said(rows[::-1], reactions, viewer.pk),
        "may_comment": record.trashed_at is None,
        "offers": talk.offers() if rows else [],
    }


def files(record: Any, viewer: Viewer) -> dict[str, Any]:
    return {
        "files": FILES(record.object_key, record.pk),
        "thrown": len(THROWN(record.object_key, record.pk)),
        "may_edit": editable(record, viewer),
        "limit": settings.UPLOAD_LIMIT // 1024 // 1024,
    }


def circle(record: Any, viewer: Viewer) -> dict[str, Any]:
    """Who follows the record, and whom it was opened to."""
    marks, may_edit = MARKS(record.object_key, record.pk), editable(record, viewer)
    own = {mark.kind for mark in marks if mark.person_id == viewer.pk}
    followers = [mark.person for mark in marks if mark.kind == Mark.Kind.FOLLOW and mark.person.is_active]
    return {
        "followed": Mark.Kind.FOLLOW in own,
        "favourite": Mark.Kind.FAVOURITE in own,
        "followers": followers,
        "shares": SHARES(record.object_key, record.pk),
        "may_edit": may_edit,
        "trashed": record.trashed_at is not None,
    }


def erasure(record: Any, viewer: Viewer) -> dict[str, Any] | None:
    return {} if viewer.has_power("erase") else None


def editable(record: Any, viewer: Viewer) -> bool:
    return record.trashed_at is None and sees(viewer, record, "edit")
