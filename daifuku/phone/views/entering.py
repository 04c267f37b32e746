"""What was typed into a phone comes in, once, however often it is sent."""

from __future__ import annotations

import re
import uuid
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daifuku.activities.actions.completing import complete
from daifuku.activities.models import Plan, Talk, Task
from daifuku.foundation.errors import Conflict, DomainError, NotFound
from daifuku.phone import actions, showing
from daifuku.phone.actions.entering import same_talk
from daifuku.phone.views import answering
from daifuku.records.once import Outcome, SentBefore, once_under
from daifuku.records.scope import seen_by_uid
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

KEY = re.compile(r"[\x21-\x7e]{1,180}")


@require_POST
@answering.in_json
def take_talk(request: HttpRequest) -> HttpResponse:
    """The talk that came of the entry. A uid that is taken by something else answers 409 with what is there."""
    by, entry = answering.whose(request), answering.read(request)
    uid, values = answering.uid_in(entry), _mapping(entry.get("values"))

    def act() -> Outcome:
        entered = actions.enter(
            values, by=by, uid=uid, plan=_plan(entry.get("plan")), following=_next(entry.get("next")),
            voice=_mapping(entry["voice"]) if entry.get("voice") else None,
        )  # fmt: skip
        moved = str(entered.moved.uid) if entered.moved else ""
        return {"uid": str(entered.talk.uid), "beside": _beside(entered, entry), "moved": moved}

    try:
        outcome, now = _once(request, by, act)
    except SentBefore as error:
        return answering.refused(_taken(), theirs=_there(uuid.UUID(error.outcome["uid"]), by))
    except Conflict as error:
        if error.code != "uid_taken":
            raise
        there: Talk | None = Talk.plain.filter(uid=uid).first()
        if there is None or not same_talk(there, values, by):
            return answering.refused(_taken(), theirs=_there(uid, by))
        outcome, now = {"uid": str(uid), "beside": False, "moved": ""}, False
    return _answer(outcome, by, now)


@require_POST
@answering.in_json
def take_photo(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    by = answering.whose(request)
    talk: Talk | None = seen_by_uid(Talk, uid, viewer_of(by)) or _written_by(by, uid)
    if talk is None:
        raise NotFound
    content = request.FILES.get("file")
    if content is None:
        raise answering.unreadable("file")
    photo, now = actions.add_photo(talk, content, by=by, uid=answering.uid_in(request.POST.dict()))
    return JsonResponse({"uid": str(photo.uid), "again": not now}, status=201 if now else 200)


@require_POST
@answering.in_json
def take_task(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """A task that was ticked, or is not any more, however often that is sent."""
    by = answering.whose(request)
    task: Task | None = seen_by_uid(Task, uid, viewer_of(by))
    if task is None:
        raise NotFound
    done = answering.read(request).get("done")
    if not isinstance(done, bool):
        raise answering.unreadable("done")
    return JsonResponse({"uid": str(uid), "done": complete(task, by=by, done=done).is_done})


def _once(request: HttpRequest, by: Person, act: Any) -> tuple[Outcome, bool]:
    key = request.headers.get("Idempotency-Key", "")
    if not KEY.fullmatch(key):
        return act(), True
    return once_under(f"phone:{by.pk}", key, answering.digest_of(request), act)


def _answer(outcome: Outcome, by: Person, now: bool) -> JsonResponse:
    talk: Talk | None = seen_by_uid(Talk, uuid.UUID(outcome["uid"]), viewer_of(by), trashed=True)
    if talk is None:
        raise NotFound
    told: dict[str, Any] = {"talk": showing.talk(talk), "again": not now}
    if outcome["beside"]:
        told["beside"] = _told_of(outcome["moved"], by)
    return JsonResponse(told, status=201 if now else 200)


def _beside(entered: actions.Entered, entry: dict[str, Any]) -> bool:
    """Was it the result of a plan, and could not be?"""
    return bool(entry.get("plan")) and entered.talk.plan_id is None


def _told_of(moved: str, by: Person) -> dict[str, Any]:
    """How the plan stands now, for the person whose version is kept beside it."""
    plan: Plan | None = seen_by_uid(Plan, uuid.UUID(moved), viewer_of(by)) if moved else None
    if plan is None:
        return {"sentence": _("元の予定が見つからなかったため、取引履歴として記録しました。"), "plan": None}
    sentence = _(
        "元の予定は、入力している間にほかの人が変更していました。入力した内容は取引履歴として記録し、"
        "予定はそのままにしてあります。"
    )
    return {"sentence": sentence, "plan": showing.plan_now(plan, viewer_of(by))}


def _written_by(by: Person, uid: uuid.UUID) -> Talk | None:
    """His own phone brings a photograph after it, though the customer may have become private since."""
    found: Talk | None = Talk.plain.filter(uid=uid, created_by=by, trashed_at__isnull=True).first()
    return found


def _there(uid: uuid.UUID, by: Person) -> dict[str, Any] | None:
    """What stands under this uid already, as far as this person may see it."""
    talk: Talk | None = seen_by_uid(Talk, uid, viewer_of(by), trashed=True)
    return showing.talk(talk) if talk else None


def _taken() -> DomainError:
    sentence = _(
        "同じ番号で、内容の違う記録がすでに保存されています。両方を残してあります。どうするか選んでください。"
    )
    return Conflict(sentence, code="uid_taken", field="uid")


def _mapping(found: Any) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise answering.unreadable("values")
    return found


def _plan(found: Any) -> actions.Seen | None:
    if not found:
        return None
    plan = _mapping(found)
    return actions.Seen(answering.uid_in(plan), _moment(plan.get("started_at")))


def _moment(found: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(found))
        return moment.astimezone(timezone.get_default_timezone()) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _next(found: Any) -> actions.Next | None:
    if not found:
        return None
    following = _mapping(found)
    kind = following.get("kind")
    if kind not in {"plan", "task"}:
        raise answering.unreadable("next")
    return actions.Next(str(kind), _mapping(following.get("values")))
