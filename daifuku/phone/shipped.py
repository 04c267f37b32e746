"""The wordings that come with the program. The first of each can be kept as it stands; 【slots】 are filled in."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

ANY = ""
# Content, then method; under ANY stands what is offered with every other method.
WORDINGS: dict[str, dict[str, tuple[Any, ...]]] = {
    "question": {
        ANY: (
            _("商品の問い合わせを受け、その場で回答した。"),
            _("【商品名】の問い合わせ。【回答の内容】と回答した。"),
            _("【商品名】の価格と在庫の問い合わせ。調べて【いつまで】に回答する。"),
        ),
        "visit": (
            _("商品の説明をした。検討していただく。"),
            _("【商品名】を紹介。【先方の反応】とのこと。"),
            _("【困っていること】についてご相談を受けた。【いつまで】に提案する。"),
        ),
        "mail": (
            _("商品の問い合わせのメールに返信した。"),
            _("【商品名】の資料を送付した。"),
        ),
    },
    "delivery": {
        ANY: (
            _("納期の確認。予定どおりで了承いただいた。"),
            _("【商品名】の納期の確認。【納品日】で了承いただいた。"),
            _("【商品名】の納期が【何日】遅れることを連絡した。"),
        ),
    },
    "order": {
        ANY: (
            _("注文内容の確認。変更なし。"),
            _("【商品名】を【数量】追加。注文書は【受け取り方法】で届く。"),
            _("注文内容の変更。【変更点】。"),
        ),
        "visit": (
            _("見積の説明をした。社内で検討していただく。"),
            _("見積を説明。【先方の反応】。返事は【いつまで】にいただく。"),
            _("【商品名】を【数量】で内定。注文書を待つ。"),
        ),
        "mail": (
            _("見積書を送付した。"),
            _("【商品名】の注文書を受け取った。"),
        ),
    },
    "complaint": {
        ANY: (
            _("クレームを受けた。確認して折り返す。"),
            _("【商品名】に【不具合の内容】。【対応】を約束した。"),
            _("【不具合の内容】のおわび。原因は【原因】。"),
        ),
    },
    "other": {
        ANY: (
            _("近況をうかがった。"),
            _("訪問の約束をした。【日時】に伺う。"),
            _("不在のため、【伝言の相手】に伝言を頼んだ。"),
        ),
        "visit": (
            _("ごあいさつに伺った。"),
            _("不在だったため、名刺を置いてきた。"),
            _("【役職と氏名】にお会いした。【話の内容】。"),
        ),
    },
}
# With a content that the administrator added.
FALLBACK: tuple[Any, ...] = (_("【話の内容】。"),)


def lines(method: str, content: str) -> list[str]:
    by_method = WORDINGS.get(content)
    if by_method is None:
        return [str(line) for line in FALLBACK]
    return [str(line) for line in by_method.get(method, by_method[ANY])]
