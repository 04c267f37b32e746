"""What hangs on every record, of this room and those below: how it goes along."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.records.hanging.links import register as register_links
from daifuku.records.hanging.ways import DROP, STAYS, Way, say


def register() -> None:
    """Words to search by and keys of doubles are made anew; lines of the ledger are told by `telling`. Members stand
    in the record's own field, and their shares follow it."""
    say(
        {
            "records.Comment.record_id": Way(label=_("コメント")),
            "records.Attachment.record_id": Way(label=pgettext_lazy("many", "ファイル")),
            "records.Tagging.record_id": Way(clash=DROP, label=_("タグ")),
            "records.Mark.record_id": Way(clash=DROP, label=_("フォロー・お気に入り"), only=~Q(kind="seen")),
            "records.Share.record_id": Way(clash=DROP, label=_("共有"), only=Q(role="")),
            "records.SearchRow.record_id": STAYS,
            "records.DuplicateKey.record_id": STAYS,
            "records.Absorbed.record_id": STAYS,
            "ledger.Subject.record_id": STAYS,
            "ledger.ReadMark.record_id": STAYS,
        }
    )
    register_links()
