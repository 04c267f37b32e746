"""Names in minutes: colleagues and the customer's people, by full name or by a family name that only one has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from daifuku.foundation.japanese import fold

HONORIFICS = (
    "さん",
    "様",
    "さま",
    "氏",
    "君",
    "部長",
    "課長",
    "係長",
    "主任",
    "社長",
    "専務",
    "常務",
    "先生",
)


@dataclass(frozen=True)
class Known:
    """Somebody who may be meant: `key` is the uid of a colleague or a contact."""

    key: str
    family: str
    given: str = ""
    is_staff: bool = True


class Names:
    """Who may be meant in these minutes. Of two colleagues called 田中 the family name alone means neither."""

    def __init__(self, known: Iterable[Known] = ()) -> None:
        self._by_name: dict[str, Known | None] = {}
        for each in known:
            for name in {f"{each.family}{each.given}", each.family}:
                folded = fold(name)
                if folded:
                    self._by_name[folded] = None if folded in self._by_name else each

    def one(self, text: str) -> Known | None:
        """Who is called so, with or without さん; None where that is nobody, or may be several."""
        plain = text.strip().strip("@＠")
        for honorific in HONORIFICS:
            plain = plain.removesuffix(honorific)
        return self._by_name.get(fold("".join(plain.split())))

    def mentioned(self, line: str) -> list[Known]:
        """Those who are named with さん, 様 or their title, or by 姓名."""
        found: dict[str, Known] = {}
        for match in _NAMED.finditer(line):
            for start in range(len(match.group(1))):
                known = self.one(match.group(1)[start:])
                if known is not None:
                    found[known.key] = known
                    break
        return list(found.values())


# At most ten characters before a title can be a name: a walk over the line stays a walk.
_NAMED = re.compile(rf"([^\s、。・:()（）「」\[\]]{{1,10}}?)(?:{'|'.join(HONORIFICS)})")


def folded_words(words: Mapping[str, str] | Iterable[str]) -> list[tuple[str, str]]:
    """(folded, as written) of products and the like, the longest first."""
    return sorted(((fold(word), word) for word in words if fold(word)), key=lambda pair: -len(pair[0]))
