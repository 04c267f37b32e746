"""The choices that come with the program; the administrator renames, colours, adds and retires them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.records.catalogue.types import Option

# These two follow from the stage and are not the administrator's.
STATES = (
    Option("open", pgettext_lazy("deal", "商談中"), "blue"),
    Option("won", pgettext_lazy("deal", "受注済み"), "green"),
    Option("done", pgettext_lazy("deal", "入金済み"), "purple"),
    Option("lost", pgettext_lazy("deal", "失注"), "red"),
)
FORECASTS = (
    Option("pipeline", _("見込み"), "grey"),
    Option("best", _("最良の場合"), "blue"),
    Option("commit", _("確実"), "green"),
    Option("closed", _("受注済み"), "purple"),
    Option("omitted", _("予測に入れない"), "grey"),
)
LOST_REASONS = (
    Option("price", _("価格"), "red"),
    Option("delivery", _("納期"), "orange"),
    Option("product", _("商品・仕様"), "yellow"),
    Option("rival", _("他社の関係・実績"), "purple"),
    Option("budget", _("予算がつかない"), "teal"),
    Option("postponed", _("時期の延期・見送り"), "blue"),
    Option("silent", _("連絡がとれない"), "grey"),
    Option("ours", _("当社から辞退"), "grey"),
    Option("other", _("その他"), "grey"),
)
ALONE = (
    Option("promise", _("約束の日を過ぎた"), "red"),
    Option("no_step", _("次の予定がない"), "orange"),
    Option("quiet", _("やりとりがない"), "yellow"),
    Option("no_answer", _("見積の返事がない"), "orange"),
    Option("no_decider", _("決裁者と話していない"), "purple"),
    Option("overstayed", _("段階の目安を超えた"), "yellow"),
    Option("overdue_close", _("受注予定日を過ぎた"), "red"),
    Option("undelivered", _("納期を過ぎた"), "red"),
    Option("uninvoiced", _("納品したが請求していない"), "orange"),
    Option("unpaid", _("請求したが入金がない"), "red"),
    Option("ask_again", _("また声をかける日"), "blue"),
)
