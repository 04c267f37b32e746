"""Phone, mail and web address for comparing."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from daifuku.foundation.phone import digits

# Anybody may have an address there: it says nothing about the firm.
FREE = frozenset(
    (
        "gmail.com", "googlemail.com", "yahoo.co.jp", "yahoo.com", "ymail.ne.jp", "outlook.jp", "outlook.com",
        "hotmail.com", "hotmail.co.jp", "live.jp", "msn.com", "icloud.com", "me.com", "mac.com", "docomo.ne.jp",
        "ezweb.ne.jp", "au.com", "softbank.ne.jp", "i.softbank.jp", "nifty.com", "biglobe.ne.jp", "ocn.ne.jp",
        "so-net.ne.jp", "excite.co.jp", "aol.com", "infoseek.jp", "plala.or.jp", "wakwak.com", "rakuten.jp",
        "dion.ne.jp", "hi-ho.ne.jp", "protonmail.com", "proton.me", "uqmobile.jp", "ymobile.ne.jp", "ymail.plus",
        "disney.ne.jp", "vodafone.ne.jp",
    )
)  # fmt: skip
_HOST = re.compile(r"\A(?:[a-z][a-z0-9+.-]*://)?(?:[^/@]*@)?(?:www\d?\.)?([^/:?#\s]+)", re.IGNORECASE)


def phones(*texts: str) -> tuple[str, ...]:
    """The digits of each; what is too short to be a number is left out."""
    found = {plain for text in texts if text and len(plain := digits(text).lstrip("+")) >= 9}
    return tuple(sorted(found)) if len(found) > 1 else tuple(found)


def mails(*texts: str) -> tuple[str, ...]:
    found = {plain for text in texts if text and "@" in (plain := _plain(text))}
    return tuple(sorted(found)) if len(found) > 1 else tuple(found)


def domain(mail: str) -> str:
    """The firm's own domain, or nothing for a free mail."""
    host = mail.rpartition("@")[2]
    return "" if host in FREE else host


@lru_cache(maxsize=65536)
def host(url: str) -> str:
    found = _HOST.match(_plain(url))
    return found[1].lower() if found and "." in found[1] else ""


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lower().removeprefix("mailto:")
