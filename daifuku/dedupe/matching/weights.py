"""What each fact counts as shipped, in bits (docs/dev/dedupe.md).

Set by hand first; `weights.json` are those fitted from there to the invented set of seed 1 by
`daifuku bench dedupe --fit daifuku/dedupe/matching/weights.json`. What that set has no example of counts as by hand.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from daifuku.dedupe.matching.scoring import Model

_FIRMS = Model(
    start=-4.0,
    common=1.2,
    weights={
        "name:same": 7.0, "name:sound": 5.0, "name:close": 4.5, "name:part": -5.0, "name:sister": -14.0,
        "name:differ": -7.0, "form:differ": -9.0,
        "office:same": 1.0, "office:one": -1.0, "office:differ": -20.0,
        "phone:same": 8.0, "phone:near": 6.0, "phone:differ": -1.3, "phone:area": -0.7,
        "fax:differ": -0.7, "fax:area": 0.3,
        "mail:same": 4.0, "mail:domain": 4.0, "mail:differ": -6.0,
        "site:same": 7.0, "site:renamed": 4.0, "site:near": 6.0, "site:lot": 3.0, "site:town": 0.5,
        "site:city": -1.3, "site:far": -2.0, "building:differ": -1.5,
        "number:same": 6.0, "number:differ": -18.0, "head:same": 4.0, "head:differ": -7.0,
    },
    named=frozenset({"name:same", "name:sound", "name:close"}),
    sure=8.0,
    perhaps=1.0,
    even=2.0,
    settled=frozenset({"office:differ", "number:differ"}),
)  # fmt: skip

_PEOPLE = Model(
    start=-6.0,
    common=1.1,
    weights={
        "name:same": 7.0, "name:sound": 6.0, "name:swapped": 6.0, "name:close": 3.0, "name:letter": -5.0,
        "name:family": 3.5, "name:other family": -1.0, "name:other given": -9.5, "name:differ": -9.5,
        "kana:differ": -6.0,
        "firm:same": 5.0, "firm:form": -1.5, "firm:close": 4.0, "firm:differ": -1.5, "work:host": 3.5,
        "mobile:same": 12.0, "mobile:near": 7.0, "mobile:differ": -4.0,
        "phone:same": 3.0, "phone:near": 2.0, "phone:differ": -1.0,
        "mail:same": 8.5, "mail:shared": 6.0, "mail:colleague": -9.0, "mail:differ": -0.7,
        "mail:private": -2.0,
        "site:same": 2.5, "site:renamed": 1.5, "site:near": 2.5, "site:lot": 1.5, "site:town": -1.0,
        "site:city": -1.3, "site:far": -2.0, "building:differ": -0.5,
        "department:same": 1.5, "department:differ": -1.0, "title:same": 1.5, "title:differ": -1.0, "former:mail": 4.0,
        "born:same": 8.0, "born:near": 2.0, "born:differ": -7.0,
        "number:same": 12.0, "number:near": 6.0, "number:differ": -4.0,
    },
    named=frozenset({"name:same", "name:sound", "name:swapped", "name:close", "name:letter", "name:family"}),
    sure=8.0,
    perhaps=0.5,
    even=1.75,
)  # fmt: skip


BY_HAND = {"account": _FIRMS, "contact": _PEOPLE}


def _fitted(object_key: str) -> Model:
    fitted = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))[object_key]
    return replace(BY_HAND[object_key], **fitted)


FIRMS, PEOPLE = _fitted("account"), _fitted("contact")
