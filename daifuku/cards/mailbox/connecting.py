"""The IMAP server of the card address, any provider's: looked into without changing anything there."""

from __future__ import annotations

import base64
import imaplib
import re
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from daifuku.cards.models import Setup
from daifuku.foundation.outgoing.addresses import Target
from daifuku.foundation.outgoing.connecting import Clock, reach, resolve
from daifuku.foundation.outgoing.troubles import CallFailed
from daifuku.foundation.sealed import Unreadable, open_seal

PURPOSE = "cards.mailbox"
# The longest silence; and the longest that one look may take, however slowly the server drips.
SECONDS, WHOLE = 20.0, 300.0
HEADER_BYTES = 8192
LARGEST = 40 * 1024 * 1024
FIELDS = "FROM SUBJECT DATE MESSAGE-ID AUTHENTICATION-RESULTS"
# Numbers are asked for in windows: the answer to one question stays short, however full the mailbox is.
WINDOW = 5000
_UID, _SIZE = re.compile(rb"\bUID (\d+)"), re.compile(rb"RFC822\.SIZE (\d+)")


class MailboxTrouble(Exception):
    """The sentence says what is wrong with the mailbox and who can mend it."""


@dataclass(frozen=True)
class Head:
    number: int
    size: int
    header: bytes


class Mailbox:
    """An open folder."""

    def __init__(self, line: imaplib.IMAP4, uidvalidity: int, uidnext: int, count: int) -> None:
        self._line, self.uidvalidity, self.uidnext, self.count = line, uidvalidity, uidnext, count

    def numbers(self, first: int, last: int) -> list[int]:
        """Those that are there from `first` to `last`, which are at most WINDOW apart."""
        found = self._ask("SEARCH", None, f"UID {first}:{last}")
        words = b" ".join(part for part in found if isinstance(part, bytes)).split()
        return sorted(number for word in words if word.isdigit() and first <= (number := int(word)) <= last)

    def heads(self, numbers: list[int]) -> list[Head]:
        """Sender, subject and size of each, and of no header more than 8 KB."""
        wanted = f"(UID RFC822.SIZE BODY.PEEK[HEADER.FIELDS ({FIELDS})]<0.{HEADER_BYTES}>)"
        found = self._ask("FETCH", ",".join(map(str, numbers)), wanted)
        with _told():
            return [head for each in found if isinstance(each, tuple) and (head := _head(each, found))]

    def message(self, number: int) -> bytes:
        """The whole of one, which stays unread there; of a larger one than LARGEST one byte more than that."""
        found = self._ask("FETCH", str(number), f"(BODY.PEEK[]<0.{LARGEST + 1}>)")
        for each in found:
            if isinstance(each, tuple):
                return bytes(each[1])
        raise MailboxTrouble(_("メールがサーバーにありません。移動されたか、削除された可能性があります。"))

    def _ask(self, *words: Any) -> list[Any]:
        with _told():
            state, found = self._line.uid(*words)
            if state != "OK":
                raise MailboxTrouble(_("メールサーバーが断りました。しばらくしてからもう一度確認します。"))
            return list(found)


def _head(each: tuple[bytes, bytes], found: list[Any]) -> Head | None:
    uid, size = _UID.search(each[0]), _SIZE.search(each[0])
    return Head(_bounded(uid[1]), _bounded(size[1]) if size else 0, bytes(each[1])) if uid else None


def _bounded(digits: bytes) -> int:
    """A number of the protocol has 32 bits, of sizes 63 (RFC 9051, 9); a larger one is no number."""
    if len(digits) > 18:
        raise ValueError("more than a number")
    return int(digits)


@contextmanager
def opened(setup: Setup, whole: float | None = None) -> Iterator[Mailbox]:
    """For at most `whole` seconds. Raises MailboxTrouble."""
    line = _connected(setup, whole or WHOLE)
    try:
        with _told():
            _signed_in(line, setup)
            state, found = line.select(_quoted(folder_name(setup.folder)), readonly=True)
            if state != "OK":
                raise MailboxTrouble(
                    _("フォルダーが見つかりません。名前を確認してください（ふつうは INBOX）。")
                )
            count = min(_bounded(found[0] or b"0"), 2**31 - 1)
            yield Mailbox(line, _number(line, "UIDVALIDITY"), _number(line, "UIDNEXT"), count)
    finally:
        with suppress(imaplib.IMAP4.error, OSError, ValueError):
            line.logout()
        with suppress(OSError):
            line.shutdown()
        line.let_go()


def _signed_in(line: imaplib.IMAP4, setup: Setup) -> None:
    try:
        word = open_seal(setup.password, PURPOSE) if setup.password else ""
    except Unreadable as error:
        raise MailboxTrouble(
            _("パスワードを読めません（DAIFUKU_SECRET_KEYが変わっています）。設定で入力し直してください。")
        ) from error
    try:
        line.login(_quoted(setup.user, always=True), word)
    except imaplib.IMAP4.abort:
        raise
    except (imaplib.IMAP4.error, UnicodeEncodeError) as error:
        raise MailboxTrouble(
            _("ユーザー名かパスワードが違います。アプリ用のパスワードが必要なメールサービスもあります。")
        ) from error


def folder_name(name: str) -> str:
    """As it is sent: what is not ASCII in the modified UTF-7 of RFC 3501, 5.1.3 (名刺 is a folder like any other)."""

    def encoded(found: re.Match[str]) -> str:
        word = base64.b64encode(found[0].encode("utf-16-be")).decode().rstrip("=").replace("/", ",")
        return f"&{word}-"

    return re.sub(r"[^\x00-\x7f]+", encoded, name.replace("&", "&-"))


def _quoted(text: str, *, always: bool = False) -> str:
    """No line break and no quote gets into a command."""
    clean = re.sub(r"[\x00-\x1f\x7f]", "", text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{clean}"' if always or clean else '"INBOX"'


def _number(line: imaplib.IMAP4, name: str) -> int:
    _code, found = line.response(name)
    word = found[0] if found and found[0] else b"0"
    return _bounded(word) if word.isdigit() else 0


def _connected(setup: Setup, whole: float) -> _Line:
    scheme, host = "http" if setup.security == "none" else "https", setup.host.strip().lower()
    with _told():
        plain = reach(
            Target(scheme, host, setup.port, "", None),
            settings.CALLS_ALLOWED,
            resolve,
            Clock(SECONDS),
            SECONDS,
        )
        line = _Line(plain, host, whole, tls=setup.security == "ssl")
        if setup.security == "starttls":
            _by_starttls(line)
        return line


def _by_starttls(line: _Line) -> None:
    """Nothing is said without TLS, the password least of all."""
    try:
        if "STARTTLS" not in line.capabilities:
            sentence = _(
                "メールサーバーがSTARTTLSに対応していません。暗号化の方法とポートを確認してください。"
            )
            raise MailboxTrouble(sentence)
        line.starttls(ssl.create_default_context())
    except BaseException:
        with suppress(OSError):
            line.shutdown()
        line.let_go()
        raise


class _Line(imaplib.IMAP4):
    """On a connection to exactly the address that was checked; with `tls` from the first byte, for the name `host`.

    It is cut after `whole` seconds: a server that sends a byte now and then holds up nobody.
    """

    def __init__(self, plain: socket.socket, host: str, whole: float, *, tls: bool) -> None:
        self._plain, self._tls = plain, tls
        self._spare = plain.dup()
        self._end = threading.Timer(whole, self._cut)
        self._end.daemon = True
        self._end.start()
        try:
            super().__init__(host, timeout=SECONDS)
        except BaseException:
            plain.close()
            self.let_go()
            raise

    def _create_socket(self, timeout: float | None = None) -> socket.socket:
        self._plain.settimeout(timeout)
        if not self._tls:
            return self._plain
        return ssl.create_default_context().wrap_socket(self._plain, server_hostname=self.host)

    def _cut(self) -> None:
        with suppress(OSError):
            self._spare.shutdown(socket.SHUT_RDWR)

    def let_go(self) -> None:
        self._end.cancel()
        self._spare.close()

    def read(self, size: int) -> bytes:
        """What was not asked for is not kept in memory either."""
        if size > LARGEST + HEADER_BYTES:
            raise self.abort("more than was asked for")
        return super().read(size)


@contextmanager
def _told() -> Iterator[None]:
    """Whatever goes wrong on the line becomes a sentence."""
    try:
        yield
    except CallFailed as error:
        raise MailboxTrouble(error.sentence) from error
    except ssl.SSLCertVerificationError as error:
        sentence = _(
            "メールサーバーの証明書を信頼できないため、接続しませんでした。サーバーの名前、証明書の期限と発行元を確認してください。"
        )
        raise MailboxTrouble(sentence) from error
    except ssl.SSLError as error:
        raise MailboxTrouble(
            _("暗号化した接続ができません。ポートと暗号化の設定を確認してください。")
        ) from error
    except (imaplib.IMAP4.error, OSError, ValueError, EOFError) as error:
        raise MailboxTrouble(
            _("メールサーバーにつながりません。しばらくしてからもう一度確認します。")
        ) from error
