"""「なぜ届いたか」: by which row of the matrix, which record followed, which word addressed to him a notice came."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daifuku.messages.sharing import happenings

if TYPE_CHECKING:
    from daifuku.messages.models import Notice

BY_KIND: dict[str, Any] = {
    "record.in_charge": gettext_lazy("あなたが担当になったため"),
    "comment.mentioned": gettext_lazy("コメントであなたが呼ばれたため"),
    "comment.answered": gettext_lazy("あなたのコメントへの返信のため"),
    "comment.reacted": gettext_lazy("あなたのコメントへのリアクションのため"),
    "record.followed": gettext_lazy("フォローしている記録、または担当している記録のため"),
    "job.ended": gettext_lazy("あなたが始めた処理のため"),
    "field_request.asked": gettext_lazy("設定を変更できる人に届きます"),
    "field_request.decided": gettext_lazy("あなたが申請または賛成した項目のため"),
    "field.review": gettext_lazy("設定を変更できる人に届きます"),
    "sending": gettext_lazy("設定を変更できる人に届きます"),
}


def words(notice: Notice) -> str:
    """One short sentence; every notice has one."""
    why = notice.why or {}
    happening = happenings.get(why.get("happening", ""))
    if why.get("by") == "role" and happening is not None:
        values = {"role": why.get("role", ""), "happening": happening.label}
        return _("役割「%(role)s」に「%(happening)s」を共有する設定のため") % values
    if why.get("by") == "person" and happening is not None:
        return _("「%(happening)s」のお知らせのため") % {"happening": happening.label}
    if why.get("by") == "watch":
        return _("お客様をまるごとフォローしているため")
    return str(BY_KIND.get(notice.kind) or _("あなたに関わるお知らせのため"))
