"""The posts of one contact while a verb changes them: what they were and what they became goes into one ledger line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.customers.models import Affiliation, Contact
from daifuku.foundation.errors import ChangedSince, FieldProblem, Forbidden, Invalid
from daifuku.ledger import writing as ledger
from daifuku.ledger.models import Event
from daifuku.ledger.writing import About
from daifuku.records import derived
from daifuku.records.actions.editing import apply, locked, stamp
from daifuku.records.actions.saving import settle
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.types import Date, RecordLink, Refused, Text
from daifuku.records.formulas.spreading import spread
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer, viewer_of

Snapshot = dict[str, Any]
CLEANERS = {
    "account": RecordLink("account"), "department": Text(120), "title": Text(120),
    "started_on": Date(), "ended_on": Date(),
}  # fmt: skip
COPIED = ("account", "department", "title")


class Desk:
    """Open it inside `ledger.writing()`; `close` writes the contact and the line."""

    def __init__(self, contact: Contact, by: Person) -> None:
        self.by, self.viewer = by, viewer_of(by)
        self.contact: Contact = locked(contact, self.viewer, "edit")
        self.fields = vocabulary.fields_of("contact")
        if not set(COPIED) <= set(vocabulary.editable_for(self.viewer, "contact")):
            raise Forbidden
        self.pairs: list[list[Snapshot | None]] = []

    def post(self, key: int) -> Affiliation | None:
        return self.contact.affiliations.select_related("account").filter(pk=key).first()

    @property
    def main(self) -> Affiliation | None:
        return self.contact.affiliations.select_related("account").filter(main=True).first()

    def begin(self, values: Mapping[str, Any], key: int | None = None) -> Affiliation:
        post = Affiliation(pk=key, contact=self.contact, **values)
        _must_run_forward(post)
        if post.main:
            self.step_back()
        post.save(force_insert=True)
        self.pairs.append([None, snapshot(post)])
        return post

    def alter(self, post: Affiliation, values: Mapping[str, Any]) -> None:
        before = snapshot(post)
        if values.get("main") and not post.main:
            self.step_back()
        for name, value in values.items():
            setattr(post, name, value)
        _must_run_forward(post)
        if snapshot(post) != before:
            post.save()
            self.pairs.append([before, snapshot(post)])

    def remove(self, post: Affiliation) -> None:
        self.pairs.append([snapshot(post), None])
        post.delete()

    def step_back(self) -> None:
        """Makes room for another main post; the one that was main goes on beside it."""
        if main := self.main:
            self.alter(main, {"main": False})

    def close(
        self, kind: str, values: Mapping[str, Any] | None = None, *, undoes: Event | None = None
    ) -> Contact:
        """Brings the contact in step with the main post (or to `values`); nothing different, nothing written."""
        if values is None:
            values = in_step(self.main)
        done = apply(self.contact, dict(values), self.fields)
        if not done and not self.pairs and undoes is None:
            return self.contact
        object_type = registry.get("contact")
        settle(object_type, self.contact, frozenset(done), self.viewer)
        stamp(self.contact)
        self.contact.save()
        derived.keep(object_type, [self.contact])
        spread(object_type, [(self.contact, done)])
        ledger.record(
            kind, by=self.by, about=self._about(), data={"changes": done, "posts": self.pairs}, undoes=undoes
        )
        return self.contact

    def _about(self) -> list[About]:
        accounts = {post["account"]["id"] for pair in self.pairs for post in pair if post}
        accounts |= {self.contact.account_id} - {None}
        return [
            About("contact", self.contact.pk),
            *(About("account", key, "related") for key in sorted(accounts)),
        ]


def snapshot(post: Affiliation) -> Snapshot:
    """A post as it stands in the ledger."""
    return {
        "id": post.pk,
        "account": CLEANERS["account"].to_json(post.account),
        "department": post.department,
        "title": post.title,
        "started_on": post.started_on.isoformat() if post.started_on else None,
        "ended_on": post.ended_on.isoformat() if post.ended_on else None,
        "ending": str(post.ending),
        "main": post.main,
    }


def in_step(main: Affiliation | None) -> dict[str, Any]:
    """What the contact's own columns say when this is the post that counts."""
    if main is None:
        return {}
    status = str(main.ending) or "present"
    values = {"status": status, "left_on": main.ended_on if main.ending else None}
    return {"account": main.account, "department": main.department, "title": main.title} | values


def cleaned(raw: Mapping[str, Any], viewer: Viewer) -> dict[str, Any]:
    """Values for a post; accounts only such as the person sees. Raises Invalid."""
    values: dict[str, Any] = {}
    problems = []
    for name, value in raw.items():
        try:
            values[name] = _clean(name, value, viewer)
        except Refused as error:
            problems.append(FieldProblem(name, error.message, code=error.code))
    if problems:
        raise Invalid(problems)
    return values


def _clean(name: str, value: Any, viewer: Viewer) -> Any:
    if name == "main":
        return bool(value)
    if name == "ending":
        if value not in Affiliation.Ending.values:
            raise Refused(_("状態を選んでください。"))
        return value
    if name == "account":
        value = getattr(value, "uid", value)  # Also a record at hand must be one that the person sees.
    clean = CLEANERS[name].clean(value, viewer)
    if name == "account" and clean is None:
        raise Refused(_("取引先を選んでください。"), "required")
    return clean


def _must_run_forward(post: Affiliation) -> None:
    if post.started_on and post.ended_on and post.ended_on < post.started_on:
        message = _("終了日は開始日より後にしてください。")
        raise Invalid([FieldProblem("ended_on", message, code="order")])


def put_back(desk: Desk, before: Snapshot | None, after: Snapshot | None) -> None:
    """Takes one change of a post back, unless somebody has changed the post since."""
    key = (before or after or {})["id"]
    post = desk.post(key)
    if _comparable(snapshot(post) if post else None) != _comparable(after):
        raise ChangedSince(_("その後に所属が変更されているため、元に戻せません。"))
    if before is None:
        desk.remove(post)  # type: ignore[arg-type]
        return
    values = {name: CLEANERS[name].from_json(before[name]) for name in ("department", "title")}
    values |= {"started_on": _day(before["started_on"]), "ended_on": _day(before["ended_on"])}
    values |= {"account_id": before["account"]["id"], "ending": before["ending"], "main": before["main"]}
    if post is None:
        desk.begin(values, key)
    else:
        desk.alter(post, values)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _comparable(post: Snapshot | None) -> Snapshot | None:
    """A renamed account is still the same one."""
    return post and post | {"account": post["account"]["id"]}
