"""The choices that come with the program; the administrator renames, colours, adds and retires them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.records.catalogue.types import Option

LEVELS = (
    Option("head_office", _("本社"), "indigo"),
    Option("branch", _("支店"), "blue"),
    Option("sales_office", _("営業所"), "teal"),
    Option("factory", _("工場"), "orange"),
    Option("store", _("店舗"), "green"),
    Option("department", _("部署"), "grey"),
)
ACCOUNT_STATUSES = (
    Option("prospect", _("見込み"), "blue"),
    Option("active", _("取引中"), "green"),
    Option("dormant", _("休眠"), "orange"),
    Option("ended", _("取引終了"), "grey"),
)
RANKS = (
    Option("a", _("A"), "red"),
    Option("b", _("B"), "orange"),
    Option("c", _("C"), "yellow"),
    Option("d", _("D"), "grey"),
)
INDUSTRIES = (
    Option("manufacturing", _("製造業"), "blue"),
    Option("construction", _("建設業"), "orange"),
    Option("wholesale", _("卸売業"), "teal"),
    Option("retail", _("小売業"), "green"),
    Option("transport", _("運輸業"), "indigo"),
    Option("information", _("情報通信業"), "purple"),
    Option("food_service", _("飲食・宿泊業"), "red"),
    Option("medical", _("医療・福祉"), "pink"),
    Option("education", _("教育"), "yellow"),
    Option("finance", _("金融・保険業"), "grey"),
    Option("real_estate", _("不動産業"), "grey"),
    Option("agriculture", _("農林水産業"), "green"),
    Option("energy", _("電気・ガス・水道"), "orange"),
    Option("services", _("サービス業"), "teal"),
    Option("public", _("官公庁・団体"), "indigo"),
    Option("other", _("その他"), "grey"),
)
BUSINESS_TYPES = (
    Option("maker", _("メーカー"), "blue"),
    Option("trading", _("商社"), "indigo"),
    Option("wholesaler", _("卸"), "teal"),
    Option("retailer", _("小売"), "green"),
    Option("contractor", _("工事・施工"), "orange"),
    Option("service", _("サービス"), "purple"),
    Option("end_user", _("最終需要家"), "grey"),
    Option("other", _("その他"), "grey"),
)
CLOSING_DAYS = (
    Option("5", _("5日")),
    Option("10", _("10日")),
    Option("15", _("15日")),
    Option("20", _("20日")),
    Option("25", _("25日")),
    Option("end", _("月末")),
    Option("each", _("都度")),
)
CONTACT_ROLES = (
    Option("decides", _("決裁者"), "red"),
    Option("promotes", _("推進者"), "green"),
    Option("advises", _("助言者"), "teal"),
    Option("uses", _("利用者"), "blue"),
    Option("window", _("窓口"), "grey"),
    Option("opposes", _("慎重派"), "orange"),
)
INFLUENCES = (
    Option("high", _("高"), "red"),
    Option("middle", _("中"), "yellow"),
    Option("low", _("低"), "grey"),
)
CONTACT_STATUSES = (
    Option("present", _("在籍"), "green"),
    Option("moved", _("異動"), "orange"),
    Option("left", _("退職"), "grey"),
)
LEAD_SOURCES = (
    Option("web", _("Web問い合わせ"), "blue"),
    Option("brochure", _("資料請求"), "teal"),
    Option("phone", _("電話問い合わせ"), "green"),
    Option("seminar", _("セミナー"), "purple"),
    Option("exhibition", _("展示会"), "indigo"),
    Option("card", _("名刺交換"), "orange"),
    Option("introduction", _("紹介"), "pink"),
    Option("other", _("その他"), "grey"),
)
LEAD_STATUSES = (
    Option("new", _("新規"), "blue"),
    Option("working", _("対応中"), "yellow"),
    Option("nurturing", _("育成中"), "teal"),
    Option("qualified", _("見込みあり"), "green"),
    Option("unqualified", _("見込みなし"), "grey"),
)
LEAD_RATINGS = (
    Option("hot", _("高い"), "red"),
    Option("warm", _("普通"), "orange"),
    Option("cold", _("低い"), "blue"),
)
# They follow from what happened and are not the administrator's.
LEAD_ALONE = (
    Option("ask_again", _("また声をかける日"), "blue"),
    Option("card", _("登録後やりとりがない"), "orange"),
    Option("quiet", _("やりとりがない"), "yellow"),
)
