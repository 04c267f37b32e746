"""The choices that come with the program; the administrator renames, colours, adds and retires them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.records.catalogue.types import Option

METHODS = (
    Option("phone", _("電話"), "green"),
    Option("mail", _("メール"), "blue"),
    Option("visit", _("訪問"), "orange"),
    Option("online", _("オンライン会議"), "teal"),
    Option("other", _("その他"), "grey"),
)
CONTENTS = (
    Option("question", _("商品の問い合わせ"), "blue"),
    Option("delivery", _("納期確認"), "teal"),
    Option("order", _("注文内容の確認"), "green"),
    Option("complaint", _("クレーム"), "red"),
    Option("other", _("その他"), "grey"),
)
DIRECTIONS = (
    Option("out", _("こちらから"), "blue"),
    Option("in", _("先方から"), "orange"),
)
STATES = (
    Option("planned", _("予定"), "blue"),
    Option("done", _("済み"), "green"),
    Option("cancelled", _("中止"), "grey"),
    Option("postponed", _("延期"), "orange"),
)
PRIORITIES = (
    Option("high", _("高"), "red"),
    Option("middle", _("中"), "yellow"),
    Option("low", _("低"), "grey"),
)
TASK_STATES = (
    Option("open", _("未着手"), "blue"),
    Option("doing", _("進行中"), "orange"),
    Option("done", _("完了"), "green"),
    Option("unneeded", _("不要になった"), "grey"),
)
