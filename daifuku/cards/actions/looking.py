"""Somebody wants to know now whether the mailbox can be opened, or what has come."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from daifuku.cards.enterers import may_enter
from daifuku.cards.mailbox.connecting import MailboxTrouble, opened
from daifuku.cards.models import Setup, setup
from daifuku.foundation.errors import Conflict, Forbidden
from daifuku.foundation.sql import write_transaction
from daifuku.records.actions.powers import need_settings
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

# Whoever tries it sits before the page.
SECONDS = 30.0


@dataclass(frozen=True)
class Tried:
    """How many messages lie there, or the sentence about what is wrong."""

    on_server: int = 0
    trouble: str = ""


def try_mailbox(*, by: Person) -> Tried:
    """Opens it as it is set and goes away again, whether it is looked into or not. Raises Forbidden, Conflict."""
    need_settings(by)
    row = setup()
    if not row.host or not row.user:
        raise Conflict(
            _("メールサーバーが設定されていません。サーバーとユーザー名を保存してください。"),
            code="no_mailbox",
        )
    try:
        with opened(row, SECONDS) as mailbox:
            return Tried(mailbox.count)
    except MailboxTrouble as error:
        return Tried(trouble=str(error))


def look_soon(*, by: Person) -> Setup:
    """The worker looks at the next moment. Raises Forbidden, Conflict."""
    if not may_enter(viewer_of(by)):
        raise Forbidden
    with write_transaction():
        mine = Setup.objects.filter(mail_on=True).exclude(host="").update(polled_at=None)
    if not mine:
        raise Conflict(_("メールでの受け取りは設定されていません。"), code="no_mailbox")
    return setup()
