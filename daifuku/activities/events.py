"""What can happen with plans beyond what happens with every record."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from daifuku.activities.actions import series
from daifuku.activities.actions.repeating import undo_repeated
from daifuku.activities.actions.ticking import undo_added, undo_removed, undo_ticked
from daifuku.activities.actions.turning import undo_turned
from daifuku.activities.showing import short
from daifuku.ledger.kinds import Kind
from daifuku.ledger.kinds import register as register_kinds
from daifuku.ledger.models import Event
from daifuku.records import timeline
from daifuku.records.catalogue import vocabulary
from daifuku.staff.viewer import Viewer


def register() -> None:
    register_kinds(
        _turned(
            "finished", gettext_lazy("予定の実施"), gettext_lazy("{actor}が{subject}の結果を記録しました"), "check"
        ),
        _turned("cancelled", gettext_lazy("予定の中止"), gettext_lazy("{actor}が{subject}を中止しました"), "close"),
        _turned("postponed", gettext_lazy("予定の延期"), gettext_lazy("{actor}が{subject}を延期しました"), "clock"),
        _turned("moved", gettext_lazy("予定の移動"), gettext_lazy("{actor}が{subject}の日時を変えました"), "clock"),
        _turned("turned_back", gettext_lazy("予定の復元"), gettext_lazy("{actor}が{subject}を元に戻しました"), "undo"),
    )  # fmt: skip
    _register_items()
    _register_series()
    register_kinds(
        Kind(
            "task.repeated", gettext_lazy("繰り返しの設定"), gettext_lazy("{actor}が{subject}を繰り返すことにしました"),
            "refresh-cw", undo=undo_repeated, detail="words",
        ),
        Kind(
            "task.repeats_no_more", gettext_lazy("繰り返しの終わり"),
            gettext_lazy("{actor}が{subject}の繰り返しをやめました"), "refresh-cw", undo=undo_repeated,
        ),
    )  # fmt: skip
    register_kinds(
        Kind(
            "feed.made", gettext_lazy("カレンダー連携の開始"),
            gettext_lazy("{actor}がカレンダー連携のアドレスを作りました"), "key",
        ),
        Kind(
            "feed.closed", gettext_lazy("カレンダー連携の停止"),
            gettext_lazy("{actor}がカレンダー連携を止めました"), "key",
        ),
    )  # fmt: skip
    _told_below(
        "plan.repeated", "plan.series_ended", "task.repeated",
        *(f"task.item_{what}" for what in ("added", "ticked", "unticked", "removed")),
    )  # fmt: skip
    for kind in ("plan.cancelled", "plan.postponed", "plan.moved"):
        timeline.show_body(kind, "records/parts/line_words.html", words)


def _register_series() -> None:
    icon = "refresh-cw"
    register_kinds(
        Kind(
            "plan.repeated", gettext_lazy("予定の繰り返し"), gettext_lazy("{actor}が{subject}を繰り返すことにしました"),
            icon, undo=series.undo_repeated, detail="words",
        ),
        Kind(
            "plan.series_changed", gettext_lazy("繰り返しの予定の変更"),
            gettext_lazy("{actor}が{subject}とこれ以降の予定を変えました"), icon, frozenset({"pattern"}),
            undo=series.undo_changed,
        ),
        Kind(
            "plan.series_ended", gettext_lazy("繰り返しの予定の中止"),
            gettext_lazy("{actor}が{subject}とこれ以降の予定を中止しました"), "close", frozenset({"words"}),
            undo=series.undo_ended, detail="words",
        ),
        Kind(
            "plan.series_back", gettext_lazy("繰り返しの予定の復元"),
            gettext_lazy("{actor}が繰り返しの予定を元に戻しました"), "undo",
        ),
    )  # fmt: skip


def _register_items() -> None:
    personal = frozenset({"text", "items", "item"})
    added = gettext_lazy("{actor}がチェックリストに追加しました")
    ticked = gettext_lazy("{actor}がチェックリストを消し込みました")
    unticked = gettext_lazy("{actor}がチェックリストの消し込みを取り消しました")
    removed = gettext_lazy("{actor}がチェックリストから外しました")
    for what, label, sentence, icon, undo in (
        ("added", gettext_lazy("チェックリストへの追加"), added, "plus", undo_added),
        ("ticked", gettext_lazy("チェックリストの消し込み"), ticked, "check", undo_ticked),
        ("unticked", gettext_lazy("チェックリストの差し戻し"), unticked, "undo", undo_ticked),
        ("removed", gettext_lazy("チェックリストから外す"), removed, "close", undo_removed),
    ):
        register_kinds(
            Kind(f"task.item_{what}", label, sentence, icon, personal=personal, undo=undo, detail="text")
        )


def _turned(what: str, label: Any, sentence: Any, icon: str) -> Kind:
    return Kind(f"plan.{what}", label, sentence, icon, undo=undo_turned)


def _told_below(*kinds: str) -> None:
    for kind in kinds:
        timeline.show_body(kind, "records/parts/line_words.html", detail)


def detail(event: Event, viewer: Viewer) -> dict[str, Any] | None:
    """Which item, how often, why: unless the role hides why plans are called off."""
    if event.kind == "plan.series_ended" and "reason" not in vocabulary.fields_for(viewer, "plan"):
        return None
    text = event.data.get("text") or event.data.get("words")
    return {"text": text} if text else None


def words(event: Event, viewer: Viewer) -> dict[str, Any] | None:
    """The old and the new time, and why."""
    seen = vocabulary.fields_for(viewer, "plan")
    parts = []
    if "started_at" in event.changes and "started_at" in seen:
        old, new = (seen["started_at"].type.from_json(value) for value in event.changes["started_at"])
        parts.append(f"{short(old)} → {short(new)}")
    if "reason" in event.changes and "reason" in seen:
        parts.append(str(event.changes["reason"][1] or ""))
    return {"text": "　".join(parts)} if parts else None
