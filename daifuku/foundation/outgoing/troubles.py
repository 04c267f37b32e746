"""Why a call to the outside was not made, or brought nothing: a code to be kept, a sentence for people."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "address": _("アドレスの形が正しくありません。例: https://example.co.jp/hook"),
    "scheme": _("アドレスは https:// で始めてください。"),
    "plain": _("暗号化されない http:// では社外へ送りません。https:// のアドレスにしてください。"),
    "port": _("このポート番号には送れません。"),
    "closed": _(
        "社内やこのサーバー自身のアドレスには送れません。社内のサーバーに送るには、運用担当者が設定 "
        "DAIFUKU_CALLS_ALLOWED で許可してください。"
    ),
    "name": _("サーバーの名前が見つかりません。アドレスを確かめてください。"),
    "refused": _("相手のサーバーが接続を受け付けません。動いているか確かめてください。"),
    "unreachable": _("相手のサーバーに届きません。"),
    "no_connection": _("5秒以内に接続できませんでした。"),
    "slow": _("15秒以内に答えが終わりませんでした。"),
    "certificate": _("相手のサーバーの証明書を信頼できません。期限と名前を確かめてください。"),
    "tls": _("暗号化した接続ができませんでした。"),
    "redirect": _("相手が別のアドレスへ転送しました。転送先には送らないので、最後のアドレスを登録してください。"),
    "broken": _("相手の答えがHTTPとして読めません。"),
}  # fmt: skip


class CallFailed(Exception):
    """`code` is one of SENTENCES, `detail` what the machine said; `status` the answer's number where there was one."""

    def __init__(self, code: str, detail: str = "", status: int | None = None) -> None:
        self.code, self.detail, self.status = code, detail, status
        super().__init__(code, detail)

    @property
    def sentence(self) -> str:
        return str(SENTENCES[self.code])
