"""A script in every text of the firm, and a reader of pages that finds it where it would run."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile

if TYPE_CHECKING:
    from tests.support.world import World

MARK = "xss-7f3"
# Ends an attribute, a text, a title, a comment, a script and JSON, whatever it was put into.
SCRIPT = f"'\"></title></textarea></script>--><img src=x onerror=alert(1) class={MARK}><svg onload=alert(1)>{{{{7*7}}}}"
LINK = "javascript:alert(1)//"
TINY = '"><img src=x onerror=alert(1)>'
SHORT = f"\"'><img src=x onerror=alert(1) class={MARK}>"
LINKS = {"href", "src", "action", "formaction", "xlink:href", "data", "srcdoc", "poster", "hx-get", "hx-post"}
DATA = {"application/json", "importmap"}


class Page(HTMLParser):
    """Collects what in a page could run that we did not put there."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.dangers: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        for name, value in attrs:
            target = (value or "").strip().lower()
            if name.startswith("on") or name == "style":
                self.dangers.append(f"<{tag} {name}={value!r}>")
            if name in LINKS and target.startswith(("javascript:", "vbscript:", "data:text")):
                self.dangers.append(f"<{tag} {name}={value!r}>")
        if MARK in (given.get("class") or "") or tag in {"iframe", "object", "embed", "base"}:
            self.dangers.append(f"<{tag} {given}>")
        if (
            tag == "script"
            and not (given.get("src") or "").startswith("/static/")
            and given.get("type") not in DATA
        ):
            self.dangers.append(f"<script {given}>")


DATA = {"application/json", "importmap"}


def plant(world: World) -> list[Any]:
    """A record of each kind with the script in every field that takes it, and all that hangs on the account."""
    from daifuku.records import actions
    from daifuku.records.actions import choices, commenting, custom_fields, filing, naming, tagging, views
    from daifuku.staff import actions as staff

    by, admin = world.cast.aoyama, world.cast.mizuno
    details = {"help": SHORT, "section": SHORT[:40], "options": {}}
    custom_fields.add_field("account", "text", SHORT[:60], by=admin, key="note_x", **details)
    choice = choices.add_choice("account", "trade", SHORT[:60], by=admin)
    naming.rename_object("lead", TINY, by=admin)
    staff.edit_person(world.cast.baba, {"family_name": SHORT[:40], "title": SHORT[:40]}, by=admin)
    staff.edit_team(world.cast.other, {"name": SHORT[:60]}, by=admin)
    found = [create(kind, filled(kind, world), by) for kind in ("account", "contact", "lead")]
    account = found[0]
    actions.edit(account, {"trade": choice.key, "owner": str(world.cast.baba.uid)}, by=admin)
    commenting.write_comment(account, f"{SCRIPT} https://example.jp/{SHORT} {LINK} @馬場", by=by)
    filing.add_file(account, ContentFile(SCRIPT.encode(), name="x.svg"), by=admin, name=f"{SHORT}.svg")
    tagging.put_tag(account, SHORT[:40], by=admin)
    views.create_view("account", {"name": SHORT[:60], "shared": True}, by=admin)
    _ask(world)
    return found


def _ask(world: World) -> None:
    """A request for a field, declined, so that the reason is shown as well; and one that is like it."""
    from daifuku.records.requests import asking, deciding

    wanted: dict[str, Any] = {
        "label": SHORT[:60], "type": "choice", "choices": [TINY, f"{TINY}2"], "purpose": SCRIPT,
        "decider": SCRIPT, "enterer": SCRIPT, "review_on": "2099/1/1",
    }  # fmt: skip
    rows = [asking.ask_for_field("account", by=world.cast.aoyama, **wanted) for _each in range(2)]
    deciding.decline_request(rows[0], SCRIPT, by=world.cast.mizuno)
    world.places["field request"].open["uid"] = rows[0].uid


def filled(kind: str, world: World) -> dict[str, Any]:
    """The script for every field that a person may fill in."""
    from daifuku.records.catalogue import vocabulary
    from daifuku.staff.viewer import Viewer

    fields = vocabulary.editable_for(Viewer(world.cast.mizuno), kind)
    return {key: LINK if field.type.key == "url" else SCRIPT for key, field in fields.items()}


def create(kind: str, values: dict[str, Any], by: Any) -> Any:
    """Leaves out what is refused, or takes the short form of the script; a name is never refused."""
    from daifuku.foundation.errors import Invalid
    from daifuku.records import actions

    while True:
        try:
            return actions.create(kind, values, by=by)
        except Invalid as error:
            for problem in error.problems:
                key = problem.field.split(".")[0]
                if problem.code == "too_long" and values[key] == SCRIPT:
                    values[key] = SHORT
                else:
                    values.pop(key)
