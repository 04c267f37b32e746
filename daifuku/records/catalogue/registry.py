"""The kinds of records there are; filled from `apps.ready()` of the areas that own them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import NotFound
from daifuku.ledger.kinds import Kind
from daifuku.ledger.kinds import register as register_kinds
from daifuku.records.catalogue.object_type import ObjectType

if TYPE_CHECKING:
    from daifuku.staff.viewer import Viewer

_types: dict[str, ObjectType] = {}


def register(object_type: ObjectType) -> None:
    from daifuku.records import undoing

    object_type.model.object_key = object_type.key
    _types[object_type.key] = object_type
    _in_order()
    event, effects = object_type.event, undoing.undo_effects
    register_kinds(
        Kind(event("created"), _("登録"), _("{actor}が{subject}を登録しました"), "plus", undo=undoing.undo_created),
        Kind(event("edited"), _("変更"), _("{actor}が{subject}を変更しました"), "pencil", undo=undoing.undo_edited),
        Kind(event("trashed"), _("削除"), _("{actor}が{subject}を削除しました"), "trash", undo=undoing.undo_trashed),
        Kind(event("restored"), _("復元"), _("{actor}が{subject}を元に戻しました"), "undo", undo=undoing.undo_restored),
        Kind(event("bulk_edited"), _("一括変更"), _("{actor}がまとめて変更しました"), "pencil", undo=effects),
        Kind(event("bulk_trashed"), _("一括削除"), _("{actor}がまとめて削除しました"), "trash", undo=effects),
        Kind(event("imported"), _("取り込み"), _("{actor}がファイルを取り込みました"), "upload", undo=effects),
        Kind(event("opened"), _("閲覧"), _("{actor}が{subject}を開きました"), "eye", quiet=True),
        Kind(event("erased"), _("消去"), _("{actor}が個人情報を消去しました"), "trash"),
        Kind(event("exported"), _("書き出し"), _("{actor}が書き出しました"), "download", quiet=True),
    )  # fmt: skip


def _in_order() -> None:
    """By their place; of the same place as they were registered."""
    known = sorted(_types.values(), key=lambda each: each.place)
    _types.clear()
    _types.update((each.key, each) for each in known)


def get(key: str) -> ObjectType:
    return _types[key]


def has(key: str) -> bool:
    """Whether there is such a kind: an area that was taken out leaves rows and lines behind that name its own."""
    return key in _types


def by_slug(slug: str) -> ObjectType:
    for object_type in _types.values():
        if object_type.slug == slug:
            return object_type
    raise NotFound


def every() -> list[ObjectType]:
    return list(_types.values())


def known_to(viewer: Viewer) -> list[ObjectType]:
    """The kinds of which this person may see any."""
    return [each for each in _types.values() if viewer.may(each.key, "view")]


def of(record: object) -> ObjectType:
    return _types[record.object_key]  # type: ignore[attr-defined]
