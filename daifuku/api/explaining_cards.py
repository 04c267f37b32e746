"""The sentences about the operations of name cards and of the mailbox to which they are sent."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop

CARDS = {
    "list_cards": noop("見られる名刺を古い順に返します。入力を担当する人には、すべての名刺が見えます。"),
    "bring_card": noop(
        "multipart/form-data で送ります。写真（JPEG・PNG・HEIC・WebP）、PDF、vCardを20MBまで送れます。"
        "読み取りは処理として続きます。"
    ),
    "get_card": noop("proposals は読み取りの案、values は入力した内容、record は登録先です。"),
    "get_card_picture": noop("読み取りが終わるまでは 404 です。"),
    "list_card_candidates": noop("proposed は、その記録の人や会社だったときの how の値です。"),
    "take_card": noop("入力を担当する人と、その名刺を送った人、担当する人ができます。"),
    "keep_card_draft": noop("空欄のまま保存できます。残りは期限まで「やり残し」に並びます。"),
    "finish_card": noop(
        "how が new 以外のときは target に記録を入れます。担当者に知らせ、最初の連絡のタスクを作ります。"
        "記録の取り消しで元に戻せます。"
    ),
    "set_card_aside": noop("理由が必要です。"),
    "bring_card_back": noop("保留の名刺だけを戻せます。"),
    "get_card_figures": noop(
        "過去90日の分です。入力を担当する人が見られます。errors は2人目が確かめた結果です。"
    ),
    "change_card": noop("送ったものだけを変えます。入力の済んでいない名刺だけです。"),
    "give_card_back": noop("入力した内容は残り、だれでも入力を始められます。"),
    "read_card_again": noop("開けなかった写真（reading が failed）だけを、もう一度読み取ります。"),
    "delete_card": noop("入力の済んだ名刺は 409 です。台帳の行を元に戻せば戻ります。"),
    "list_cards_to_check": noop(
        "抜き取りで確かめる、ほかの人が入力した名刺です。正しく測るため、1回目の内容を見ずに写真から入力します。"
    ),
    "check_card": noop(
        "自分が入力した名刺や、確かめの済んだ名刺は 409 です。違いがあれば judge_card で決めます。"
    ),
    "judge_card": noop(
        "確かめて入力した本人が決めます。wrong の項目は登録先も直し、直せなかったものを left に返します。"
    ),
    "get_card_settings": noop("設定を変更できる人が使えます。パスワードは返しません。"),
    "change_card_settings": noop(
        "送ったものだけを変えます。host・port・user・security を変えるときは password も送ります。version を送ると、"
        "ほかの人が先に変えていれば 412 です。"
    ),
    "forget_card_mailbox": noop(
        "パスワードは元に戻せません。届いたメールの一覧は残ります。設定を変更できる人が使えます。"
    ),
    "try_card_mailbox": noop(
        "保存されている設定でメールサーバーを開きます。メールは読みません。つながらない理由は trouble に入ります。"
    ),
    "look_into_card_mailbox": noop("まもなく確認します。結果は list_card_letters に出ます。"),
    "list_card_letters": noop(
        "サーバーにあるすべてのメールと、その行方です。新しい順に並びます。入力を担当する人が見られます。"
    ),
    "get_card_letter": noop("text は、名刺がなく保留にしたメールの本文です。"),
    "take_card_letter": noop(
        "保留・失敗のメールを、次の確認で受け取ります。受け取り済みのもの、サーバーにもうないものは 409 です。"
    ),
}
