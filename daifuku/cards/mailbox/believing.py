"""Whether our own mail server believes the sender (RFC 8601): what it writes above a message that comes in.

Much of such a line is what the sender said himself, so nothing counts but a verdict in its place, and of SPF and DKIM
only one about the very domain that stands in the From: that of a stranger's own domain proves nothing about a rep.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_METHOD = re.compile(r"\s*(dmarc|spf|dkim)(?:\s*/\s*\d+)?\s*=\s*([a-z]+)", re.IGNORECASE)
_ABOUT = re.compile(r"\s(smtp\.mailfrom|header\.d|header\.i|header\.from)\s*=\s*(\S+)", re.IGNORECASE)
_OF = {"spf": {"smtp.mailfrom"}, "dkim": {"header.d", "header.i"}, "dmarc": {"header.from"}}


def verdict(said: str, sender: str) -> str:
    """ "pass", "fail", or "" where it says nothing of this sender."""
    ours = _domain(sender)
    found: list[tuple[str, str, list[str]]] = []
    for piece in _pieces(said):
        if method := _METHOD.match(piece):
            name = method[1].lower()
            about = [_domain(value) for key, value in _ABOUT.findall(piece) if key.lower() in _OF[name]]
            found.append((name, method[2].lower(), about))
    for name, result, about in found:
        if name == "dmarc" and result in {"pass", "fail"} and (not about or ours in about):
            return result
    if any(result == "pass" and any(_aligned(each, ours) for each in about) for _n, result, about in found):
        return "pass"
    return "fail" if any(result == "fail" for _name, result, _about in found) else ""


def _pieces(text: str) -> Iterator[str]:
    """What stands between semicolons, without comments; a quoted string is one word without blanks."""
    piece, depth, quoted, escaped = "", 0, False, False
    for char in text:
        if escaped:
            escaped = False
            char = "?"
        elif char == "\\" and (quoted or depth):
            escaped = True
            continue
        elif char == '"' and not depth:
            quoted = not quoted
            continue
        elif char in "()" and not quoted:
            depth = max(0, depth + (1 if char == "(" else -1))
            continue
        if depth:
            continue
        if char == ";" and not quoted:
            yield piece
            piece = ""
        else:
            piece += "?" if quoted and (char.isspace() or char in ";=") else char
    yield piece


def _domain(address: str) -> str:
    return address.rpartition("@")[2].strip("<>. ").lower()


def _aligned(one: str, other: str) -> bool:
    """The same, or one below the other (RFC 7489, 3.1)."""
    if "." not in one or "." not in other:
        return False
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")
