"""The sentences about operations of conversion, its settings and its mapping."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop

CONVERSION = {
    "get_conversion_settings": noop(
        "unmapped は、入力されているのに写す先のない見込み客の項目と件数です。設定を変更できる人が使えます。"
    ),
    "change_conversion_settings": noop(
        "送ったものだけを変えます。roles は役割の key、carry は引き継ぐものの行き先です。"
    ),
    "get_conversion_mapping": noop(
        "number を送ると、その版を返します。broken は削除された項目を使うものです。"
    ),
    "map_lead_field": noop(
        "送らなかった相手（account・contact・deal）には写しません。新しい版になります。"
        "number を送ると、ほかの人が先に変えていれば 412 です。"
    ),
    "convert_leads": noop(
        "一度に1000件までです。20件を超えると処理になり、結果は conversion_results に number を送って取り出せます。"
        "似た記録があるものは、doubts が wait なら blocked、make なら新しく作ります。"
    ),
    "conversion_results": noop(
        "number は convert_leads の答えにあります。state は new（新しく作成）・merged（既存に追加）・"
        "blocked（要確認。sentence が理由）です。始めた人、自動で開始した見込み客の営業担当、設定を変更できる人が"
        "見られます。"
    ),
    "preview_conversion": noop(
        "何も変わりません。proposed は同じかもしれない取引先と担当者、lost は引き継がれない項目です。"
    ),
    "convert_lead": noop(
        "account と contact は new か uid、account は none も選べます。overwrite は上書きする項目"
        "（account.phone など）、values は新しい記録に足す値です。同じと確実な記録があるのに新しく作るときは、"
        "設定によって、reason（理由、150文字まで）がなければ 422、その記録を使う決まりなら 409 です。"
        "すでに開始していると 409 です。"
    ),
    "take_back_conversion": noop(
        "その後に変更された項目は kept に入り、そのまま残ります。じゃまがあると 409 です。"
    ),
    "reopen_lead": noop("取引先と担当者のいまの内容で作ります。もう一度送っても増えません。"),
}
