"""A file as one custom field: it is one of those that hang on a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from daifuku.records.catalogue.types.base import EMPTINESS, Refused
from daifuku.records.catalogue.types.link import _Link, as_uid
from daifuku.records.models.attachment import Attachment

if TYPE_CHECKING:
    from daifuku.staff.viewer import Viewer


class FileLink(_Link):
    """Read by the file's uid; only files of records that the person sees can be chosen."""

    key, label, widget = "file", _("ファイル"), "file"
    operators = EMPTINESS

    def clean(self, raw: Any, viewer: Viewer | None = None) -> Attachment | None:
        if raw is None or raw == "":
            return None
        if isinstance(raw, dict):
            raw = raw.get("uid")
        uid = raw.uid if isinstance(raw, Attachment) else as_uid(raw)
        found = self._find(uid) if uid else None
        if found is None or (viewer is not None and not self._sees(viewer, found)):
            raise Refused(_("そのファイルは見つかりません。先にファイルを追加してください。"), "unknown")
        return found

    def to_json(self, value: Any) -> Any:
        """The file's name is looked up: kept here as well it would outlive the file."""
        kept = super().to_json(value)
        return None if kept is None else kept | {"label": str(self.label)}

    def _find(self, uid: Any) -> Attachment | None:
        rows = Attachment.objects.select_related("current")
        return rows.filter(uid=uid, trashed_at__isnull=True).first()

    def _sees(self, viewer: Viewer, attachment: Attachment) -> bool:
        from daifuku.records.catalogue import registry
        from daifuku.records.scope import sees

        model = registry.get(attachment.object).model
        record = model.plain.filter(pk=attachment.record_id, trashed_at__isnull=True).first()
        return record is not None and sees(viewer, record, "view")

    def from_json(self, value: Any) -> Attachment | None:
        if not value:
            return None
        return Attachment.objects.select_related("current").filter(pk=value["id"]).first()
