"""Mail address and URL; where both name nearly the same host, the surer one mends the other."""

from __future__ import annotations

import re

from daifuku.cards.reading.extracting.pieces import Piece
from daifuku.cards.reading.results import Proposal

_LABEL = re.compile(
    r"(?:\A|\s)(?:E[\s-]*mail|Email|Mail|E-?MAIL|MAIL|e-?mail|E|M|メール(?:アドレス)?)\s*[:：.]\s*|\A(?:E-?[Mm]ail|E-?MAIL|Mail|e-mail)\s*"
)
_MAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]*@[A-Za-z0-9][A-Za-z0-9.-]*\.[A-Za-z]{2,}")
_URL = re.compile(
    r"(?P<scheme>h\s?t{1,2}p?s?\s?[:;.]?\s?/{1,2}\s?)?(?P<host>(?:[A-Za-z0-9-]+\.)+(?:[A-Za-z]{2,}))(?P<path>/[A-Za-z0-9_./?=&%#~-]*)?"
)
_URL_LABEL = re.compile(
    r"\A\s*(?:URL|HP|WEB|Web|ホームページ|U|W)\s*[:：.]?\s*(?=[hw])|\A\s*(?:URL|HP|WEB|Web)\s*[:：.]?\s*"
)
_ENDINGS = {
    "ip": "jp",
    "jp": "jp",
    "co.ip": "co.jp",
    "c0.jp": "co.jp",
    "corn": "com",
    "c0m": "com",
    "cojp": "co.jp",
    "ne.ip": "ne.jp",
}


def mail(pieces: list[Piece]) -> Proposal | None:
    for piece in pieces:
        if "@" not in piece.text or not (match := _mail(piece.text)):
            continue
        piece.used = True
        start = max(0, piece.text.find(match[:3]))
        return piece.proposal(match, start)
    return None


def _mail(text: str) -> str:
    text = text.replace("、", ".").replace(",", ".").replace("·", ".").replace("・", ".")
    text = _LABEL.sub(" ", text).strip()
    text = re.sub(r"\s*([@.])\s*", r"\1", text)
    local, _at, host = text.rpartition("@")
    if re.search(r"[a-z0-9] [a-z0-9]", local):
        # An underscore is thin: between two words of a mail address nothing else can stand.
        local = re.sub(r"(?<=[a-z0-9]) +(?=[a-z0-9])", "_", local)
    local = re.sub(r"\A.*[\s:]", "", local)
    # No Japanese name is written with l: before a number it is the number's first digit.
    local = re.sub(r"(?<=[aiueon])l(?=[0-9]+\Z)", "1", local)
    found = _MAIL.search(f"{local}@{host.replace(' ', '')}")
    return "" if not found else f"{found[0].rpartition('@')[0]}@{_host(found[0].rpartition('@')[2])}"


def _host(host: str) -> str:
    host = host.lower().strip(".-")
    host = re.sub(r"\.{2,}", ".", host)
    for wrong, right in _ENDINGS.items():
        if host.endswith("." + wrong):
            return host[: -len(wrong)] + right
    return host


def url(pieces: list[Piece], address: Proposal | None) -> Proposal | None:
    known = address.value.rpartition("@")[2] if address else ""
    best: tuple[int, Proposal, Piece] | None = None
    for piece in pieces:
        text = piece.text
        if "@" in text or not re.search(r"[A-Za-z0-9-]{2,}\s?[.,]\s?[A-Za-z]{2,}", text):
            continue
        plain = re.sub(r"\s*([./:])\s*", r"\1", _URL_LABEL.sub("", text.replace(",", "."))).replace(" ", "")
        for match in _URL.finditer(plain):
            value, rank = _url(match, known, plain != text)
            if rank and (best is None or rank > best[0]):
                best = (rank, piece.proposal(value, max(0, text.find(match[0][:3]))), piece)
    if best is None:
        return None
    best[2].used = True
    return best[1]


def _url(match: re.Match[str], known: str, labelled: bool) -> tuple[str, int]:
    """The address as it is meant, and how surely it is one: 0 is not."""
    host = _host(match["host"])
    scheme = re.sub(r"\s", "", match["scheme"] or "")
    path = match["path"] or ""
    if scheme:
        scheme = "https://" if "s" in scheme else "http://"
    elif host.startswith(("http", "ttp")):
        return "", 0
    host = re.sub(r"\A(?:w{2,4}|vvw|wvw)\.", "www.", host)
    rank = (
        3
        if scheme or host.startswith("www.")
        else 2
        if known and host.endswith(known)
        else 1
        if labelled
        else 0
    )
    return f"{scheme}{host}{path}", rank


def agreed(address: Proposal | None, site: Proposal | None) -> tuple[Proposal | None, Proposal | None]:
    """Both with one host where they differ by a letter or two."""
    if address is None or site is None:
        return address, site
    local, _at, host = address.value.rpartition("@")
    head, mine, tail = _parts(site.value)
    if host == mine:
        return _surer(address), _surer(site)
    if _apart(host, mine) > 2 or abs(len(host) - len(mine)) > 1:
        return address, site
    if address.confidence >= site.confidence:
        return address, Proposal(f"{head}{host}{tail}", site.box, site.confidence)
    return Proposal(f"{local}@{mine}", address.box, address.confidence), site


def _surer(proposal: Proposal) -> Proposal:
    return Proposal(proposal.value, proposal.box, round(1 - (1 - proposal.confidence) / 2, 3))


def _parts(value: str) -> tuple[str, str, str]:
    found = re.match(r"(https?://)?(www\.)?([^/]+)(.*)\Z", value)
    if not found:
        return "", value, ""
    return (found[1] or "") + (found[2] or ""), found[3], found[4]


def _apart(one: str, other: str) -> int:
    """How many letters have to be changed, put in or taken out (Levenshtein)."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (a != b))
    return row[-1]
