"""The posts that a contact holds or held; she moves, she leaves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict, Field

from daifuku.api.answers import Answer, named
from daifuku.api.auth import Asked
from daifuku.api.finding import number_of, object_of, record_of
from daifuku.api.operations.many import answering, shown
from daifuku.api.routing import fixed
from daifuku.customers import panels
from daifuku.customers.actions import add_post, change_post, contact_left, move_contact, remove_post
from daifuku.customers.models import Affiliation, Contact
from daifuku.foundation.errors import FieldProblem, Invalid, NotFound
from daifuku.records.catalogue import vocabulary
from daifuku.records.presenting.links import hidden
from daifuku.staff.viewer import Viewer

CONTACT = answering("{Object}")


class PostChange(Schema):
    """`ending` is empty (she is there), moved or left; the `main` post is the one that the contact herself shows."""

    model_config = ConfigDict(extra="forbid")

    account: str | None = Field(None, description=noop("取引先の uid、コード、名前"))
    department: str | None = None
    title: str | None = None
    started_on: str | None = None
    ended_on: str | None = None
    ending: str | None = None
    main: bool | None = None


class NewPost(PostChange):
    account: str = Field(..., description=noop("取引先の uid、コード、名前"))


class Move(Schema):
    model_config = ConfigDict(extra="forbid")

    account: str = Field(..., description=noop("新しい取引先。社内の異動なら今の取引先"))
    department: str = ""
    title: str = ""
    on: str | None = Field(None, description=noop("いつから"))


class Leaving(Schema):
    model_config = ConfigDict(extra="forbid")

    on: str | None = Field(None, description=noop("いつ"))
    ending: str = Field("left", description=noop("left（退職）、moved（異動、行き先は不明）"))


class PostItem(Schema):
    id: int
    account: dict[str, Any]
    department: str | None
    title: str | None
    started_on: str | None
    ended_on: str | None
    ending: str
    main: bool


class Posts(Schema):
    items: list[PostItem]


@fixed.get("/contacts/{uid}/posts", operation_id="posts_contact", summary=noop("所属一覧"), response=Posts)
def list_posts(request: Asked, uid: str) -> Answer:
    """Those that she holds come first."""
    viewer = request.auth.viewer
    rows = panels.posts(_contact(request, uid), viewer)["rows"]
    return Answer({"items": [_shown(post, account, viewer) for post, account, _words in rows]})


@fixed.post(
    "/contacts/{uid}/posts", operation_id="add_post_contact", summary=noop("所属の追加"),
    response={201: PostItem},
)  # fmt: skip
def add(request: Asked, uid: str, body: NewPost) -> Answer:
    """Beside the others: a second post, or an earlier one."""
    contact, values = _contact(request, uid), _values(body)
    post = add_post(contact, values.pop("account"), by=request.auth.person, **values)
    return Answer(_of(post, request.auth.viewer), 201)


@fixed.patch(
    "/contacts/{uid}/posts/{post}", operation_id="change_post_contact", summary=noop("所属の変更"),
    response=PostItem,
)  # fmt: skip
def change(request: Asked, uid: str, post: str, body: PostChange) -> Answer:
    """Corrects what is sent, ends it (`ended_on`, `ending`), or makes it the main one."""
    found = _post(_contact(request, uid), post)
    change_post(found, _values(body), by=request.auth.person)
    found.refresh_from_db()
    return Answer(_of(found, request.auth.viewer))


@fixed.delete(
    "/contacts/{uid}/posts/{post}", operation_id="remove_post_contact", summary=noop("所属の削除"),
    response={204: None},
)  # fmt: skip
def remove(request: Asked, uid: str, post: str) -> Answer:
    """For what was entered by mistake; undoing its line brings it back."""
    remove_post(_post(_contact(request, uid), post), by=request.auth.person)
    return Answer(status=204)


@fixed.post(
    "/contacts/{uid}/move", operation_id="move_contact", summary=noop("異動・転職"), openapi_extra=CONTACT
)
def move(request: Asked, uid: str, body: Move) -> Answer:
    """The main post ends as moved and a new one begins; other posts go on."""
    contact = _contact(request, uid)
    with_names = {"started_on": "on"}
    moved = _told(
        lambda: move_contact(
            contact, body.account, department=body.department, title=body.title, on=body.on,
            by=request.auth.person,
        ),
        with_names,
    )  # fmt: skip
    return shown(request, object_of(request.auth.viewer, "contacts"), moved)


@fixed.post("/contacts/{uid}/left", operation_id="left_contact", summary=noop("退職"), openapi_extra=CONTACT)
def left(request: Asked, uid: str, body: Leaving) -> Answer:
    """Every post of hers ends; the record stays."""
    contact = _contact(request, uid)
    gone = _told(
        lambda: contact_left(contact, on=body.on, ending=body.ending, by=request.auth.person),
        {"ended_on": "on"},
    )
    return shown(request, object_of(request.auth.viewer, "contacts"), gone)


def _told(act: Callable[[], Contact], names: dict[str, str]) -> Contact:
    """A refusal names the field as it was sent."""
    try:
        return act()
    except Invalid as error:
        problems = [
            FieldProblem(names.get(each.field, each.field), each.message, code=each.code)
            for each in error.problems
        ]
        raise Invalid(problems) from error


def _contact(request: Asked, uid: str) -> Contact:
    contact: Contact = record_of(request.auth.viewer, object_of(request.auth.viewer, "contacts"), uid)
    return contact


def _post(contact: Contact, number: str) -> Affiliation:
    rows = contact.affiliations.select_related("account", "contact")
    post: Affiliation | None = rows.filter(pk=number_of(number)).first()
    if post is None:
        raise NotFound
    return post


def _values(body: PostChange) -> dict[str, Any]:
    """What was sent; null empties a text or a day."""
    sent = body.model_dump(exclude_unset=True)
    for name in ("department", "title", "ending"):
        if name in sent:
            sent[name] = sent[name] or ""
    return sent


def _of(post: Affiliation, viewer: Viewer) -> dict[str, Any]:
    rows = panels.posts(post.contact, viewer)["rows"]
    return next(_shown(row, account, viewer) for row, account, _words in rows if row.pk == post.pk)


def _shown(post: Affiliation, account: Any, viewer: Viewer) -> dict[str, Any]:
    fields = vocabulary.fields_for(viewer, "contact")
    seen = account if "account" in fields else None
    return {
        "id": post.pk,
        "account": named(seen) if seen else hidden("record:account"),
        "department": post.department if "department" in fields else None,
        "title": post.title if "title" in fields else None,
        "started_on": post.started_on, "ended_on": post.ended_on, "ending": post.ending, "main": post.main,
    }  # fmt: skip
