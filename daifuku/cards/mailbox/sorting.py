"""What a message is: from whom, whether that may be believed, which of its parts may be cards, what is said of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime
from io import BytesIO
from typing import Any

from django.utils import timezone
from PIL import Image

from daifuku.cards.mailbox.believing import verdict
from daifuku.cards.pictures import FORMATS, MOST_BYTES, NoCard, kind_of_card
from daifuku.foundation.japanese import clean_text
from daifuku.staff.models import Person

MOST_PARTS, MOST_CARDS, LONGEST_NOTE = 200, 30, 2000
# Smaller ones are the logo below a signature.
SMALLEST_SIDE = 240
_REPLY = re.compile(r"\A(?:\s*(?:re|fwd?|fw|転送|返信)\s*[:：]\s*)+", re.IGNORECASE)
EARLIEST, LATEST = 1990, 2100


@dataclass(frozen=True)
class Heading:
    sender: str
    subject: str
    message_id: str
    sent_at: datetime | None
    believed: str


@dataclass
class Found:
    """`parts` are (name, bytes) of what may be cards."""

    parts: list[tuple[str, bytes]] = field(default_factory=list)
    text: str = ""
    too_many: bool = False


def heading(header: bytes) -> Heading:
    message = _parsed(header)
    sender = _sender(_said(message, "From"))
    return Heading(
        sender,
        clean_text(_said(message, "Subject"))[:250],
        _said(message, "Message-ID").strip()[:300],
        _date(_said(message, "Date")),
        verdict(_first(message, "Authentication-Results"), sender),
    )


def _sender(said: str) -> str:
    """The one who sent it; "" where there are several, or where the line cannot be read."""
    try:
        found = [address.lower() for _name, address in getaddresses([said]) if address]
    except Exception:
        return ""
    return found[0][:254] if len(found) == 1 else ""


def known(sender: str) -> Person | None:
    """Whoever works here and signs in by this address."""
    if not sender:
        return None
    found: Person | None = Person.objects.working().filter(email=sender).first()
    return found


def found_in(data: bytes) -> Found:
    """Cards and words of a message. What cannot be read as a message gives nothing."""
    result = Found()
    words: list[str] = []
    for part in _parts(_parsed(data)):
        kind = part.get_content_type()
        if kind == "text/plain" and not part.get_filename() and not words:
            words.append(_text(part))
            continue
        content = _content(part)
        if content is None or not _may_be_card(content):
            continue
        if len(result.parts) == MOST_CARDS:
            result.too_many = True
            break
        result.parts.append((str(part.get_filename() or ""), content))
    result.text = note_of("".join(words))
    return result


def occasion_of(subject: str) -> str:
    return _REPLY.sub("", subject).strip()[:200]


def note_of(text: str) -> str:
    """Without what stands below "-- ", which is the sender's own address."""
    body = re.split(r"(?m)^-- ?$", text.replace("\r\n", "\n"), maxsplit=1)[0]
    lines = [clean_text(line, keep_indent=True) for line in body[: 4 * LONGEST_NOTE].split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:LONGEST_NOTE]


def _parsed(data: bytes) -> Any:
    return message_from_bytes(data, policy=policy.default)


def _said(message: Any, name: str) -> str:
    """Headers that break the rules raise all sorts of things in the standard library."""
    try:
        return str(message.get(name) or "").replace("\x00", "")
    except Exception:
        return ""


def _first(message: Any, name: str) -> str:
    """The topmost of several: those below came along with the message (RFC 8601, 5)."""
    try:
        return str((message.get_all(name) or [""])[0]).replace("\x00", "")
    except Exception:
        return ""


def _date(text: str) -> datetime | None:
    """None also where no calendar goes so far: neither the database nor a page could hold it."""
    try:
        found = parsedate_to_datetime(text)
    except Exception:
        return None
    if not EARLIEST <= found.year <= LATEST:
        return None
    return found if found.tzinfo else timezone.make_aware(found)


def _parts(message: Any) -> Iterator[EmailMessage]:
    """Also those of a message that was sent on as an attachment; of a bomb not more than so many."""
    for number, part in enumerate(message.walk()):
        if number == MOST_PARTS:
            return
        if not part.is_multipart():
            yield part


def _text(part: EmailMessage) -> str:
    try:
        return str(part.get_content())
    except Exception:
        payload = part.get_payload(decode=True)
        return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""


def _content(part: EmailMessage) -> bytes | None:
    try:
        payload = part.get_payload(decode=True)
    except Exception:
        return None
    return payload if isinstance(payload, bytes) and 0 < len(payload) <= MOST_BYTES else None


def _may_be_card(content: bytes) -> bool:
    try:
        kind = kind_of_card(BytesIO(content))
    except NoCard:
        return False
    if not kind.startswith("image/") or kind == "image/heic":
        return True
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            return max(picture.size) >= SMALLEST_SIDE
    except Exception:
        # Told when it is read: it was meant to be a picture.
        return True
