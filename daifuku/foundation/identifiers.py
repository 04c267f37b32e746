"""Checks addresses and official numbers: e-mail, web site, 法人番号, インボイス登録番号, 〒.

E-mail follows the rule of the HTML standard for `input type=email` (which lets through the old mobile addresses with
two dots), with a dot demanded in the domain. 法人番号 has the check digit of 財務省令 平成26年第70号 第2条
(9 minus the weighted sum modulo 9); the インボイス登録番号 is T and a number built by the same rule. A web address is
http or https only, so that a link in a page can never run a script.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from functools import lru_cache
from urllib.parse import urlsplit, urlunsplit

from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.jp import cn

from daifuku.foundation.unreadable import Unreadable

_HYPHENS = re.compile(r"[\s\-‐‑‒–—―−ー－]")
_LOCAL = re.compile(r"\A[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}\Z")
_LABEL = re.compile(r"\A[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\Z")
_SCHEME = re.compile(r"\A([A-Za-z][A-Za-z0-9+.-]*):(?![0-9])")
_UNFIT = re.compile(
    r"[\x00-\x20\x7f-\xa0<>\"`{}|\\^\u200b-\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\u3000]"
)
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def clean_email(text: str) -> str:
    """`taro@example.co.jp`: narrow, the domain in small letters, the part before @ as its owner writes it."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain[:7].lower() == "mailto:":
        plain = plain[7:]
    local, at, domain = plain.rpartition("@")
    if not at or not _LOCAL.match(local):
        raise Unreadable("format")
    domain = domain.lower()
    if len(local) + len(domain) > 253 or not _is_domain(domain):
        raise Unreadable("domain")
    return f"{local}@{domain}"


def clean_url(text: str) -> str:
    """`https://www.example.co.jp/会社`: https is put before a bare host, the host is written in small letters."""
    plain = text.strip().translate(_FULL_WIDTH)
    scheme = _SCHEME.match(plain)
    if scheme and scheme[1].lower() not in {"http", "https"}:
        raise Unreadable("scheme")
    if not scheme:
        plain = f"https://{plain.lstrip('/')}"
    if _UNFIT.search(plain) or len(plain) > 2000:
        raise Unreadable("format")
    try:
        parts = urlsplit(plain)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise Unreadable("format") from error
    if parts.username is not None or parts.password is not None:
        raise Unreadable("password")
    if not (_is_domain(host) or _is_ip(host) or host == "localhost"):
        raise Unreadable("domain")
    shown = f"[{host}]" if ":" in host else host
    place = f"{shown}:{port}" if port is not None else shown
    return urlunsplit((parts.scheme.lower(), place, parts.path, parts.query, parts.fragment))


def host_key(text: str) -> str:
    """The host alone, without www, for comparing sites; empty for what is no address."""
    try:
        return (urlsplit(clean_url(text)).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def clean_corporate_number(text: str) -> str:
    """Thirteen digits whose first one is the check digit."""
    digits = _HYPHENS.sub("", unicodedata.normalize("NFKC", text))
    if not (digits.isascii() and digits.isdigit() and len(digits) == 13):
        raise Unreadable("format")
    try:
        cn.validate(digits)
    except InvalidChecksum as error:
        raise Unreadable("checksum") from error
    except ValidationError as error:
        raise Unreadable("format") from error
    return digits


def clean_invoice_number(text: str) -> str:
    """`T` and thirteen digits; the T may be forgotten."""
    plain = unicodedata.normalize("NFKC", text).strip().upper()
    return f"T{clean_corporate_number(plain.removeprefix('T'))}"


def clean_postal_code(text: str) -> str:
    """`460-0001`."""
    digits = _HYPHENS.sub("", unicodedata.normalize("NFKC", text)).lstrip("〒〶")
    if not (digits.isascii() and digits.isdigit() and len(digits) == 7):
        raise Unreadable("format")
    return f"{digits[:3]}-{digits[3:]}"


@lru_cache(maxsize=4096)
def _is_domain(domain: str) -> bool:
    """A name with at least one dot; Japanese names count by their ASCII form."""
    if not domain.isascii():
        try:
            domain = domain.encode("idna").decode("ascii")
        except UnicodeError:
            return False
    labels = domain.split(".")
    return (
        len(labels) >= 2
        and len(domain) <= 253
        and all(_LABEL.match(label) for label in labels)
        and not labels[-1].isdigit()
    )


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
