"""What each operation of the API does, in the sentences of the reference page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as noop

SENTENCES = {
    "list_objects": noop("見ることのできる記録の種類です。"),
    "list_events": noop(
        "確定した順に並びます。next で続けて読めば、漏れも重なりもありません。監査履歴を見られる人にはすべての行、"
        "ほかの人には見える記録の行が返ります。空のページでも、next が変わらなくなるまで続けてください。"
    ),
    "undo_event": noop("その行の操作を、自分の権限で元に戻します。その後に変更されたものはそのままです。"),
    "get_job": noop(
        "自分の取り込み・書き出し・一括変更です。state は waiting、running、done、failed、cancelled のどれかです。"
    ),
    "get_me": noop("だれのトークンか、何を許すか、その人の権限がどこまで届くかを返します。"),
    "list_people": noop("在籍している社員です。uid は owner などの項目に書き込めます。"),
    "list_teams": noop("すべてのチームです。id は team に書き込めます。"),
    "search": noop(
        "見える記録を、合うものから順に返します。かな、全角・半角、新旧の漢字、会社の種類の違いは区別しません。"
    ),
    "list_{object}": noop(
        "見ることのできる記録の1ページです。続きは next から始まります。view を指定すると、その条件に where が加わり、"
        "その並び順になります。"
    ),
    "create_{object}": noop("登録します。uid を自分で決めておけば、送り直しても二重になりません。"),
    "upsert_{object}": noop(
        "PUT /accounts/by/code/T-100 は、このコードの取引先です。by/uid/... は記録の番号で指定します。"
    ),
    "bulk_{object}": noop(
        "1件ずつ実行または拒否され、結果は results に順番どおりに入ります。Idempotency-Key があれば、"
        "途中で切れた要求は止まったところから続きます。"
    ),
    "fields_{object}": noop("見ることのできる項目（はじめからある項目と追加した項目）を、並び順に返します。"),
    "choices_{object}": noop("1つの項目の選択肢です。もう選べないものも含みます（active が false）。"),
    "comments_{object}": noop("古い順に並びます。"),
    "comment_{object}": noop("記録が見える人はコメントできます。@姓 名 で社員にお知らせします。"),
    "change_comment_{object}": noop("自分のコメントだけを変更できます。"),
    "remove_comment_{object}": noop("自分のコメントだけを削除できます。台帳の行を元に戻せば戻ります。"),
    "timeline_{object}": noop("新しい順に並び、next で過去へ進みます。閲覧の記録は含みません。"),
    "files_{object}": noop("新しい順に、それぞれ現在の版を返します。"),
    "add_file_{object}": noop(
        "multipart/form-data で送ります。答えが返るときには、ファイルはディスクに書かれています。ファイルの番号は "
        "Idempotency-Key から決まるため、送り直しても1つだけです。"
    ),
    "get_file_{object}": noop(
        "中身を、いつもダウンロードとして返します。ブラウザーの中で動くことはありません。"
    ),
    "remove_file_{object}": noop("台帳の行を元に戻せば戻ります。"),
    "tags_{object}": noop("1件の記録のタグです。"),
    "put_tag_{object}": noop("新しい名前なら新しいタグを作ります。すでに付いていればそのままです。"),
    "remove_tag_{object}": noop("付いていなければそのままです。"),
    "views_{object}": noop(
        "自分のビュー、共有されたビュー、はじめからあるビューです。一覧は ?view=キー で、そのとおりに読めます。"
    ),
    "get_{object}": noop("1件の記録です。ETag は版です。人の記録を読むと、台帳に1行が残ります。"),
    "change_{object}": noop(
        "送った項目だけを変更します。If-Match を付ければ、ほかの人の変更を上書きしません（412）。"
    ),
    "delete_{object}": noop("ごみ箱に入れます。戻せます。"),
    "restore_{object}": noop("ごみ箱から戻します。ごみ箱になければそのままです。"),
}


def explain(methods: dict[str, Any]) -> None:
    """Puts the words of one address into the language of whoever reads."""
    for operation in methods.values():
        operation["summary"] = gettext(operation["summary"])
        if sentence := SENTENCES.get(operation["operationId"]):
            operation["description"] = gettext(sentence)
        operation["tags"] = [gettext(tag) for tag in operation.get("tags", ())]
        for parameter in operation["parameters"]:
            if words := parameter.get("description"):
                parameter["description"] = parameter["schema"]["description"] = gettext(words)
