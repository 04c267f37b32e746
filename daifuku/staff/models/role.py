"""A role says what its people may do with which records, and which fields they do not see."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """How far an action reaches: from nothing to every record of the firm."""

    NONE = "none", _("不可")
    OWN = "own", _("自分の担当")
    TEAM = "team", _("自分のチーム")
    TREE = "tree", _("自分のチームと配下")
    ALL = "all", _("すべて")


WIDTH = {Scope.NONE: 0, Scope.OWN: 1, Scope.TEAM: 2, Scope.TREE: 3, Scope.ALL: 4}
ACTIONS = {
    "view": _("閲覧"),
    "create": _("登録"),
    "edit": _("編集"),
    "delete": _("削除"),
    "export": _("書き出し"),
}
POWERS = {
    "settings": _("設定の変更（項目・選択肢・会社情報）"),
    "staff": _("社員・チーム・役割の管理"),
    "import": _("取り込み"),
    "audit": _("監査履歴の閲覧"),
    "share_views": _("ビューの共有"),
    "erase": _("個人情報の消去"),
}


# Kinds of records that are meant for those above: where a role speaks only of all kinds ("*"), they are seen no farther
# than they may be edited. Areas above add theirs from `apps.ready()`.
CONFIDED: set[str] = set()


class Role(models.Model):
    """`grants`: {object or "*": {action: scope}}; `powers`: list of keys of POWERS;
    `field_rules`: {object: {field: "hidden" | "readonly"}}. A person with several roles has the widest of each."""

    key = models.SlugField(max_length=30, unique=True)
    name = models.CharField(_("名前"), max_length=40)
    grants = models.JSONField(default=dict)
    powers = models.JSONField(default=list)
    field_rules = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    def scope(self, object: str, action: str) -> Scope:
        own = self.grants.get(object)
        grants = own or self.grants.get("*") or {}
        scope = Scope(grants.get(action, Scope.NONE))
        if action == "view" and not own and object in CONFIDED:
            return min(scope, Scope(grants.get("edit", Scope.NONE)), key=lambda each: WIDTH[each])
        return scope
