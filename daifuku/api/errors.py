"""Refusals that only the API knows."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import DomainError


class Unreadable(DomainError):
    """The request is not what it claims to be; nothing was looked at."""

    status = 400
    code = "unreadable"


class Unauthorized(DomainError):
    """Whoever asks has not shown who he is. Wrong, expired, revoked and somebody who left look the same."""

    status = 401
    code = "unauthorized"

    def __init__(
        self, message: object = _("APIトークンが必要です。Authorization: Bearer に続けて送ってください。")
    ) -> None:
        super().__init__(message)


BAD_TOKEN = _(
    "このAPIトークンは使えません。期限切れか、取り消されています。自分の設定の「APIトークン」で発行し直してください。"
)


class OutOfScope(DomainError):
    """The token was given out for less than this."""

    status = 403
    code = "scope"

    def __init__(self, scope: str) -> None:
        super().__init__(
            _("このAPIトークンではできません。「%(scope)s」を許すトークンを発行してください。")
            % {"scope": scope},
            context={"scope": scope},
        )


class OwnToken(DomainError):
    """A token must not be turned into the sign-in of its own person."""

    status = 409
    code = "own_token"

    def __init__(self) -> None:
        super().__init__(
            _(
                "ご自身のログイン方法は、APIトークンでは変更できません。「自分の設定」の画面で変更してください。"
            )
        )


class Crossed(DomainError):
    """A page of another site may have sent this."""

    status = 403
    code = "csrf"

    def __init__(self) -> None:
        super().__init__(
            _("この画面からの送信を確認できませんでした。画面を再読み込みしてからもう一度お試しください。")
        )


class NoSecondFactor(DomainError):
    """The firm asks for a second factor, and this person has none yet."""

    status = 403
    code = "second_factor"

    def __init__(self) -> None:
        super().__init__(_("先に二段階認証を設定してください。設定が済むと使えるようになります。"))


class NotAllowed(DomainError):
    status = 405
    code = "method_not_allowed"

    def __init__(self) -> None:
        super().__init__(
            _("このアドレスではその操作はできません。使えるメソッドは Allow ヘッダーにあります。")
        )


class TooLarge(DomainError):
    status = 413
    code = "too_large"

    def __init__(self) -> None:
        super().__init__(_("送られた内容が大きすぎます。いくつかに分けて送ってください。"))


class WrongKind(DomainError):
    status = 415
    code = "unsupported_media_type"

    def __init__(self, wanted: str) -> None:
        super().__init__(
            _("Content-Type は %(wanted)s にしてください。") % {"wanted": wanted}, context={"accept": wanted}
        )


class TooMany(DomainError):
    status = 429
    code = "too_many_requests"

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(
            _("短い時間に多くの要求がありました。%(seconds)s秒待ってください。") % {"seconds": seconds}
        )


class InFlight(DomainError):
    """The same request is still being worked on."""

    status = 409
    code = "in_flight"

    def __init__(self) -> None:
        super().__init__(
            _("同じ要求を処理しています。少し待ってから、同じ Idempotency-Key で送り直してください。")
        )


class Reused(DomainError):
    status = 422
    code = "idempotency_key_reused"

    def __init__(self) -> None:
        super().__init__(
            _("この Idempotency-Key は別の内容で使われています。新しいキーで送ってください。"),
            field="Idempotency-Key",
        )
