"""One family of errors: a code for programs, the field where the mend is, a sentence that says what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _


class WayOn(NamedTuple):
    """Where a person goes from a refusal instead of home, and the words on the button."""

    address: str
    words: object


class DomainError(Exception):
    """A refusal that the person can act on. `status` is the HTTP status that pages and API answer with."""

    status = 422
    code = "refused"
    way_on: WayOn | None = None

    def __init__(
        self,
        message: object,
        *,
        code: str | None = None,
        field: str | None = None,
        problems: Sequence[FieldProblem] = (),
        context: Mapping[str, object] | None = None,
    ) -> None:
        self._message = message
        self.code = code or self.code
        self.field = field
        self.problems = list(problems)
        self.context = dict(context or {})
        super().__init__(message)

    @property
    def mendable(self) -> bool:
        """Said beside what was typed, to be mended there; whoever may not, or comes too late, gets a page for that."""
        return self.status in {409, 422}

    @property
    def message(self) -> str:
        """The sentence, in the language of whoever asks now."""
        return str(self._message)

    def __str__(self) -> str:
        return self.message


class FieldProblem:
    """What is wrong with one field."""

    def __init__(self, field: str, message: object, *, code: str = "invalid") -> None:
        self.field, self._message, self.code = field, message, code

    @property
    def message(self) -> str:
        return str(self._message)

    def __repr__(self) -> str:
        return f"FieldProblem({self.field!r}, {self.message!r}, code={self.code!r})"


class Invalid(DomainError):
    """One or more fields were refused; `problems` has one entry per field, nothing was written."""

    code = "invalid"

    def __init__(self, problems: Sequence[FieldProblem]) -> None:
        first = problems[0]
        super().__init__(first.message, field=first.field, problems=problems)


class Forbidden(DomainError):
    """The person sees the record but may not do this with it."""

    status = 403
    code = "forbidden"

    def __init__(
        self, message: object = _("この操作をする権限がありません。管理者にご相談ください。")
    ) -> None:
        super().__init__(message)


class NotFound(DomainError):
    """There is no such thing, or the person may not know of it: both look the same."""

    status = 404
    code = "not_found"

    def __init__(
        self, message: object = _("見つかりません。削除されたか、閲覧する権限がない可能性があります。")
    ) -> None:
        super().__init__(message)


class Stale(DomainError):
    """Somebody else saved the record in the meantime. `context` carries who, when and the current values."""

    status = 412
    code = "stale"


class Conflict(DomainError):
    """The request contradicts what is already there."""

    status = 409
    code = "conflict"


class ChangedSince(Conflict):
    """What somebody wants to undo is not as it was left any more."""

    code = "changed_since"

    def __init__(self, message: object = _("その後に変更されているため、元に戻せません。")) -> None:
        super().__init__(message)


class Unavailable(DomainError):
    """Something needed is out of reach for now; trying again later helps."""

    status = 503
    code = "unavailable"


class DiskFull(DomainError):
    """The server has no space left. What is stored can still be read."""

    status = 507
    code = "disk_full"

    def __init__(self) -> None:
        super().__init__(
            _(
                "サーバーの空き容量がなく、保存できませんでした。管理者が容量を増やしてから、もう一度お試しください。"
            )
        )
