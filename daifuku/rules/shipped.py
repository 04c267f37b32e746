"""The rule book that comes with the program; every firm makes it its own."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from daifuku.rules.models import Missing, Moment, Until, Who

HOW = "method"
TALK = ["started_at", "method", "content", "text"]


def _talks(*methods: str) -> dict[str, Any]:
    return {"all": [{"field": HOW, "op": "any_of", "value": list(methods)}]}


def rules() -> list[dict[str, Any]]:
    """As columns of `Rule`. What is missing of a customer does not keep anybody from saving: it is owed."""
    later: dict[str, Any] = {
        "missing": Missing.DUTY, "until": Until.WORKDAYS, "amount": 1, "who": Who.OWNER, "moment": Moment.CREATED,
    }  # fmt: skip
    at_once: dict[str, Any] = {
        "object": "talk", "required": TALK, "missing": Missing.REFUSE, "moment": Moment.ALWAYS,
    }  # fmt: skip
    return [
        {
            "title": gettext("新規顧客の入力"), "object": "account",
            "required": ["name", "prefecture", "city", "phone", "representative", "website"], **later,
        },
        {
            "title": gettext("新規顧客の担当者の入力"), "object": "contact",
            "required": ["family_name", "phone", "email"], **later,
        },
        {
            "title": gettext("名刺から作った見込み客の入力"), "object": "lead",
            "condition": {"all": [{"field": "source", "op": "any_of", "value": ["card"]}]},
            "required": [
                "company", "prefecture", "city", "phone", "representative", "website", "family_name",
                "direct_phone", "email",
            ], **later,
        },
        {
            "title": gettext("電話の記録"), "condition": _talks("phone"), "until": Until.MINUTES, "amount": 15,
            "binds": "call_minutes", "note": gettext("電話のあと、すぐに入力します。"), **at_once,
        },
        {
            "title": gettext("訪問の記録"), "condition": _talks("visit", "online"), "until": Until.VISIT,
            "amount": 180, "binds": "visit_minutes",
            "note": gettext("訪問のあと、次の訪問先に移動するまでに入力します。"), **at_once,
        },
        {
            "title": gettext("メールなどの記録"), "condition": _talks("mail", "other"), "until": Until.GATE,
            "amount": 0, "note": gettext("その日のうちに入力します。"), **at_once,
        },
        {
            "title": gettext("受注の入力"), "until": Until.GATE, "amount": 0,
            "note": gettext("注文書をもらったら、その日のうちに入力します。"),
            **at_once, "object": "order", "required": ["ordered_on", "due_on"],
        },
    ]  # fmt: skip


def sections() -> list[dict[str, Any]]:
    """The texts of the book."""
    return [
        {
            "key": "begin", "title": gettext("はじめに"), "objects": [],
            "text": gettext(
                "お客様のことを一人で抱え込まず、全員で共有するための決まりです。\n"
                "困ったことや、合わない決まりがあれば、管理者に伝えてください。決まりは少しずつ直していきます。"
            ),
        },
        {
            "key": "customers", "title": gettext("新規顧客の入力"), "objects": ["account", "contact", "lead"],
            "text": gettext(
                "1. 名刺を交換したら、担当者が名刺を撮影し、入力の担当へ送ります。\n"
                "2. 入力の担当が登録し、担当者に知らせます。不在のときは代理が入力します。\n"
                "3. 担当者は、知らせを受けたら取引履歴を入力します。"
            ),
        },
        {
            "key": "talks", "title": gettext("取引履歴の入力"), "objects": ["talk"],
            "text": gettext(
                "必要なのは、日付・時間・対応方法・対応内容・詳細です。スマートフォンなら、選ぶだけで入力できます。"
            ),
        },
        {
            "key": "orders", "title": gettext("受注情報の入力"), "objects": ["order"],
            "text": gettext(
                "1. 注文書をもらったら、その日のうちに入力します。必要なのは、受注日・受注商品・納期です。\n"
                "2. 納品までの対応は、取引履歴に入力します。\n"
                "3. 担当者は、入金があるまで責任を持って対応します。"
            ),
        },
        {
            "key": "daily", "title": gettext("日報と入力漏れ"), "objects": [],
            "text": gettext(
                "・毎朝、前日の営業結果を確認します。気になる情報は、全員に共有します。\n"
                "・入力漏れは、1件につき500円と数える約束です。初めは数えません。数えるときも、点数から始めます"
                "（給与から差し引くことはしません）。"
            ),
        },
    ]  # fmt: skip
