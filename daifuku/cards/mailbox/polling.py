"""Looks into the mailbox again and again: writes down what is new, then takes the cards out, a bounded lot a turn.

Everything on the server has a row before anything is done with it, and what was done is written down with the cards, so
a worker that is killed goes on where it stood. Nothing there is changed or deleted.
"""

from __future__ import annotations

import logging
import time
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Q, Window
from django.db.models.functions import RowNumber
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from daifuku.cards.actions.bringing import About, bring
from daifuku.cards.mailbox import sorting
from daifuku.cards.mailbox.connecting import LARGEST, WINDOW, Head, Mailbox, MailboxTrouble, opened
from daifuku.cards.models import Card, Letter, Reading, Setup, Way
from daifuku.foundation.errors import DomainError
from daifuku.foundation.sql import write_transaction
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import through

logger = logging.getLogger(__name__)
EVERY, AFTER_TROUBLE = timedelta(minutes=1), timedelta(minutes=5)
# What one turn does at most, so that a mail bomb costs a minute a time and no memory.
MOST_HEADS, HEADS_AT_ONCE, MOST_WINDOWS = 2000, 100, 400
MOST_TAKEN, MOST_BYTES_A_TURN, SECONDS = 40, 150 * 1024 * 1024, 40.0
# While so many of its cards wait to be read no more are taken: other jobs would stand behind all of them.
MOST_UNREAD = 60
ATTEMPTS = 5
KEPT_BYTES = 2 * 1024 * 1024
State = Letter.State


def turn() -> bool:
    """One look where it is time; whether there was one. Of two workers one gets it."""
    now = timezone.now()
    row = Setup.objects.filter(mail_on=True).exclude(host="").first()
    if row is None or (row.polled_at is not None and row.polled_at > now - _pause(row)):
        return False
    with write_transaction():
        mine = Setup.objects.filter(pk=row.pk, polled_at=row.polled_at).update(polled_at=now)
    if mine:
        with translation.override("ja"), through("mail"):
            poll(Setup.objects.get(pk=row.pk))
    return bool(mine)


def _pause(row: Setup) -> timedelta:
    return AFTER_TROUBLE if row.trouble else EVERY


def poll(row: Setup) -> None:
    """Also by hand, from the page. What goes wrong is kept as a sentence, and tried again."""
    until = time.monotonic() + SECONDS
    try:
        with opened(row) as mailbox:
            _write_down(row, mailbox, until)
            _take(row, mailbox, until)
            _say(row, trouble="", on_server=mailbox.count)
    except MailboxTrouble as error:
        _say(row, trouble=str(error)[:300])
    except Exception:
        logger.exception("the mailbox could not be looked through")
        _say(row, trouble=_("メールの確認が途中で止まりました。しばらくしてからもう一度確認します。"))


def box_of(row: Setup) -> str:
    return f"{row.user}@{row.host}/{row.folder}"[:300]


def known_of(row: Setup) -> int:
    """How many of the messages that lie there now are written down."""
    if not row.mail_on:
        return 0
    return Letter.objects.filter(box=box_of(row), uidvalidity=row.uidvalidity).count()


def _say(row: Setup, **values: Any) -> None:
    """About the mailbox that was looked into: by now the settings may name another one."""
    with write_transaction():
        same = Setup.objects.filter(pk=row.pk, host=row.host, user=row.user, folder=row.folder)
        same.update(**values)


def _write_down(row: Setup, mailbox: Mailbox, until: float) -> None:
    """A row for each message that has none. A server that numbers anew is read from the beginning; what was there
    before is known by its Message-ID."""
    last = row.last_uid if row.uidvalidity == mailbox.uidvalidity else 0
    end = mailbox.uidnext - 1 if mailbox.uidnext else last + WINDOW
    left = MOST_HEADS
    for _window in range(MOST_WINDOWS):
        if last >= end or left <= 0 or time.monotonic() > until:
            return
        upto = min(last + WINDOW, end)
        numbers = mailbox.numbers(last + 1, upto)
        part = numbers[:left]
        for first in range(0, len(part), HEADS_AT_ONCE):
            some = part[first : first + HEADS_AT_ONCE]
            _keep(row, mailbox, some, mailbox.heads(some), some[-1])
        left -= len(part)
        last = part[-1] if len(part) < len(numbers) else upto
        _seen_upto(row, mailbox, last)


def _keep(row: Setup, mailbox: Mailbox, numbers: list[int], heads: list[Head], last: int) -> None:
    box = box_of(row)
    found = {head.number: head for head in heads}
    letters = [_letter(box, mailbox.uidvalidity, number, found.get(number)) for number in numbers]
    words = [letter.message_id for letter in letters if letter.message_id]
    before = Letter.objects.filter(box=box, message_id__in=words).exclude(uidvalidity=mailbox.uidvalidity)
    known = {old.message_id: old for old in before.order_by("id")}
    for letter in letters:
        if letter.message_id in known:
            old = known[letter.message_id]
            letter.state, letter.why, letter.person = old.state, old.why, old.person
    with write_transaction():
        Letter.objects.bulk_create(letters, ignore_conflicts=True)
        before.leave(_("サーバーが番号を付け直しました。新しい行で受け取ります。"))
        _seen_upto(row, mailbox, last)


def _seen_upto(row: Setup, mailbox: Mailbox, last: int) -> None:
    row.uidvalidity, row.last_uid = mailbox.uidvalidity, last
    _say(row, uidvalidity=row.uidvalidity, last_uid=last)


def _letter(box: str, uidvalidity: int, number: int, head: Head | None) -> Letter:
    letter = Letter(box=box, uidvalidity=uidvalidity, number=number)
    if head is None:
        letter.state, letter.why = State.FAILED, _("見出しを読めませんでした。")
        return letter
    try:
        said = sorting.heading(head.header)
    except Exception:
        logger.exception("a heading could not be read")
        letter.state, letter.why = State.FAILED, _("見出しを読めませんでした。")
        return letter
    letter.sender, letter.subject, letter.message_id = said.sender, said.subject, said.message_id
    letter.sent_at, letter.size = said.sent_at, head.size
    letter.person = sorting.known(said.sender)
    letter.state, letter.why = _verdict(said, letter.person, head.size)
    return letter


def _verdict(said: sorting.Heading, person: Any, size: int) -> tuple[str, str]:
    from daifuku.cards.models import setup

    if person is None:
        return State.ASIDE, _("社員のアドレスから届いたメールではありません。")
    if said.believed == "fail" or (setup().strict and said.believed != "pass"):
        return State.ASIDE, _("差出人が本人か確認できません（なりすましの可能性があります）。")
    if size > LARGEST:
        return State.ASIDE, too_large()
    return State.SEEN, ""


def too_large() -> str:
    return _("メールが大きすぎます（40MBまで）。分けて送り直してもらってください。")


def _take(row: Setup, mailbox: Mailbox, until: float) -> None:
    now = timezone.now()
    waiting = Letter.objects.filter(box=box_of(row), uidvalidity=mailbox.uidvalidity).filter(
        Q(state=State.SEEN)
        | Q(state=State.FAILED, attempts__lt=ATTEMPTS, due_at__lte=now, person__isnull=False)
    )
    volume = 0
    for letter in _by_turns(waiting):
        volume += letter.size
        if time.monotonic() > until or (volume > MOST_BYTES_A_TURN and volume > letter.size) or _busy():
            return
        try:
            take(letter, mailbox.message(letter.number))
        except MailboxTrouble as error:
            fail(letter, str(error))
            raise
        except Exception as error:
            # One odd message keeps nobody else waiting; its own page says so.
            logger.exception("a message could not be taken")
            sentence = error.message if isinstance(error, DomainError) else _("メールを読めませんでした。")
            fail(letter, sentence)


def _by_turns(waiting: Any) -> list[Letter]:
    """One of each person after the other: who sends thousands, or in whose name they are sent, keeps nobody waiting."""
    place = Window(RowNumber(), partition_by="person", order_by="id")
    rows = waiting.select_related("person").annotate(place=place).order_by("place", "id")
    return list(rows[:MOST_TAKEN])


def _busy() -> bool:
    return Card.objects.filter(way=Way.MAIL, reading=Reading.WAITING)[MOST_UNREAD - 1 : MOST_UNREAD].exists()


def take(letter: Letter, data: bytes) -> None:
    """The cards of one message; one that has none is kept aside with its text."""
    if len(data) > LARGEST:
        _settle(letter, State.ASIDE, too_large())
        return
    found = sorting.found_in(data)
    if not found.parts:
        kept = default_storage.save("letter", ContentFile(data)) if len(data) <= KEPT_BYTES else ""
        _settle(letter, State.ASIDE, _("名刺の写真がありません。"), stored=kept)
        return
    about = About(
        sorting.occasion_of(letter.subject), found.text,
        timezone.localtime(letter.sent_at).date() if letter.sent_at else None, letter.person,
    )  # fmt: skip
    assert letter.person is not None
    with ledger.writing():
        cards, refused = [], []
        for name, content in found.parts:
            try:
                cards.append(
                    bring(ContentFile(content, name or "card"), by=letter.person, about=about, way=Way.MAIL)[
                        0
                    ]
                )
            except DomainError as error:
                refused.append(f"{name}: {error.message}")
        letter.cards.set(cards)
        if found.too_many:
            refused.append(_("30枚を超えた分は受け取っていません。"))
        _settle(letter, State.TAKEN if cards else State.FAILED, " ".join(refused)[:300])


def _settle(letter: Letter, state: str, why: str, stored: str = "") -> None:
    letter.state, letter.why, letter.stored = state, why, stored
    letter.attempts += 1
    with write_transaction():
        letter.save(update_fields=["state", "why", "stored", "attempts"])


def fail(letter: Letter, sentence: str) -> None:
    letter.attempts += 1
    letter.state, letter.why = State.FAILED, sentence[:300]
    letter.due_at = timezone.now() + timedelta(minutes=2**letter.attempts)
    with write_transaction():
        letter.save(update_fields=["state", "why", "attempts", "due_at"])
