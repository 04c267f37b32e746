"""The sentences about operations of rooms that no longer fit into `explaining`."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop

MORE = {
    "list_sharing": noop(
        "どの出来事を、どの役割に、いつ（timing）、どこまで（depth）知らせるかです。設定を変更できる人が使えます。"
    ),
    "change_sharing": noop(
        "送った出来事の、送ったところだけを変えます。timing は at_once、hourly、morning、weekly、app、never、depth は "
        "headline、full です。"
    ),
    "get_receiving": noop(
        "休む時間と、何をいつ知らせるかです。firm は会社の設定、choices は選べるものです。"
    ),
    "change_receiving": noop("送ったものだけを変えます。会社の設定より静かにできます。"),
    "list_watched": noop("新しい順に並びます。見えなくなったものは入りません。"),
    "list_push_devices": noop("ブラウザーへの通知は、そのブラウザーでログインして始めます。"),
    "remove_push_device": noop("自分の端末だけを止められます。"),
    "watch_account": noop(
        "担当者・取引履歴・予定・タスク・ファイル・コメントの動きが、すべて届くようになります。"
    ),
    "unwatch_account": noop("フォローしていなければそのままです。"),
    "watch_lead": noop("取引先と同じことを、見込み客についてします。"),
    "unwatch_lead": noop("フォローしていなければそのままです。"),
    "sheet_account": noop(
        "どんなお客様か、規模、担当者、取引条件、約束していること、これからの予定、最近のやりとりを、見える範囲で一枚に"
        "まとめます。"
    ),
    "sheet_lead": noop("取引先と同じものを、見込み客について返します。"),
}
