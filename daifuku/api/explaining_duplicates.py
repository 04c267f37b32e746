"""The sentences about the operations of 名寄せ."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop

DUPLICATES = {
    "duplicate_candidates": noop(
        "values は項目のキーと、入力したままの文字です。見える記録だけを返します。reasons を足すと score になります。"
    ),
    "list_duplicates": noop("両方とも見える組だけを返します。続きは after で取れます。"),
    "rejoin": noop("ふたたび候補に出せるようになります。"),
    "change_dedupe_settings": noop("送ったものだけを変えます。"),
    "scan_duplicates": noop(
        "取引先・担当者・見込み客をすべて変更できる人と、設定を変更できる人が使えます。すでに調べているときは、その処理を返します。"
    ),
    "keep_apart": noop("これからは候補に出しません。取引先と見込み客のように種類が違っても使えます。"),
    "list_duplicate_decisions": noop("両方とも見える組を新しい順に返します。続きは after で取れます。"),
    "bring_duplicate_decisions": noop(
        "1件ごとの内容は keep_apart と同じで、500件までです。送った順に結果を返します。"
        "登録できなかったものは message に理由が入り、ほかはそのまま登録します。"
    ),
    "weigh_thresholds": noop(
        "これまでの「統合した」「同じではない」の判断と見つかっている組が、確実・候補・候補外にいくつ入るかを、"
        "今の点数（now）と送った点数（then）で返します。"
        "found は、すべての記録が見える人だけに返します。proposed は、判断が足りないときは空です。"
    ),
    "get_dedupe_settings": noop("点数のしきい値と、比べない項目です。"),
}
