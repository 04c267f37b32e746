"""Finds the records that a file means: by number, code, name or kana, many at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.japanese import clean_kana, company_key, person_key, sort_key, split_name
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.types.link import as_uid
from daifuku.records.models import DuplicateKey
from daifuku.staff.viewer import Viewer

REMEMBERED = 20_000
Stage = Callable[[set[str]], dict[str, list[Any]]]


class Ambiguous:
    """Several records are called so."""


class Finder:
    """Finds records of one object among those that this person sees; an exact name counts more than a similar one."""

    def __init__(self, object_key: str, viewer: Viewer) -> None:
        self.object_type, self.viewer = registry.get(object_key), viewer
        self.seen = vocabulary.fields_for(viewer, object_key)
        self._known: dict[str, Any] = {}

    def find(self, texts: Iterable[str]) -> dict[str, Any]:
        """For every text the record, `Ambiguous`, or nothing."""
        if len(self._known) > REMEMBERED:
            self._known.clear()
        missing = {text for text in texts if text and text not in self._known}
        for stage in self._stages():
            if not missing:
                break
            for text, records in stage(missing).items():
                self._known[text] = records[0] if len(records) == 1 else Ambiguous
            missing -= self._known.keys()
        return self._known

    def _stages(self) -> list[Stage]:
        stages: list[Stage] = [self._by_uid]
        if "code" in self.seen:
            stages.append(self._by_code)
        stages.append(self._by_name)
        if "kana" in self.seen:
            stages.append(self._by_kana)
        return stages

    def _rows(self) -> Any:
        return self.object_type.model.objects.visible_to(self.viewer)

    def _by_uid(self, texts: set[str]) -> dict[str, list[Any]]:
        uids = {text: uid for text in texts if len(text) >= 32 and (uid := as_uid(text))}
        if not uids:
            return {}
        records = {record.uid: record for record in self._rows().filter(uid__in=uids.values())}
        return {text: [records[uid]] for text, uid in uids.items() if uid in records}

    def _by_code(self, texts: set[str]) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        for record in self._rows().filter(code__in=texts).exclude(code=""):
            found.setdefault(record.code, []).append(record)
        return found

    def _by_name(self, texts: set[str]) -> dict[str, list[Any]]:
        keys = {text: self._name_keys(text) for text in texts}
        wanted = {key for each in keys.values() for _kind, key in each}
        holders: dict[tuple[str, str], set[int]] = {}
        rows = DuplicateKey.objects.filter(
            object=self.object_type.key, kind__in=["name", "person", "email"], key__in=wanted
        )
        for kind, key, record_id in rows.values_list("kind", "key", "record_id"):
            holders.setdefault((kind, key), set()).add(record_id)
        if not holders:
            return {}
        ids = set().union(*holders.values())
        records = {record.pk: record for record in self._rows().filter(pk__in=ids)}
        found = {}
        for text, pairs in keys.items():
            same = [records[pk] for pair in pairs for pk in sorted(holders.get(pair, ())) if pk in records]
            exact = [record for record in same if str(record) == text]
            if exact or same:
                found[text] = exact or same
        return found

    def _name_keys(self, text: str) -> list[tuple[str, str]]:
        if "@" in text:
            return [("email", text.lower())] if {"email", "other_email"} & self.seen.keys() else []
        if hasattr(self.object_type.model, "given_name"):
            return [("person", person_key(*split_name(text))[:120])]
        return [("name", company_key(text)[:120])]

    def _by_kana(self, texts: set[str]) -> dict[str, list[Any]]:
        kana = {text: clean_kana(text) for text in texts}
        found: dict[str, list[Any]] = {}
        by_kana: dict[str, list[Any]] = {}
        for record in self._rows().filter(sort_key__in={sort_key(value)[:200] for value in kana.values()}):
            by_kana.setdefault(record.kana, []).append(record)
        for text, value in kana.items():
            if value and value in by_kana:
                found[text] = by_kana[value]
        return found


def not_found(label: str, text: str) -> str:
    return str(_("%(field)s「%(value)s」は見つかりません。") % {"field": label, "value": text[:60]})


def ambiguous(label: str, text: str) -> str:
    sentence = _("%(field)s「%(value)s」が複数あります。コードか記録番号で指定してください。")
    return str(sentence % {"field": label, "value": text[:60]})
