"""Who is told: whoever must answer, whoever passed it on and whoever had it, and in the end whoever leads."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_noop

from daifuku.distribution.telling import leading
from daifuku.duties.telling import leaders_of
from daifuku.ledger import subscribing
from daifuku.ledger.models import Event
from daifuku.messages.notices import Sentence
from daifuku.messages.subscribers import tell
from daifuku.passing.models import Handing
from daifuku.records.scope import sees
from daifuku.staff.models import Membership, Person
from daifuku.staff.viewer import viewer_of

PASSED, ANSWERED, LATE = "passing.passed", "passing.answered", "passing.late"


def subscribe() -> None:
    subscribing.subscribe("passing.passed", ["lead.passed_on"], tell_passed)
    subscribing.subscribe("passing.answered", ["lead.pass_accepted", "lead.given_back"], tell_answered)


def tell_passed(event: Event) -> None:
    handing = _handing(event)
    if handing is None or not handing.is_waiting:
        return
    text = gettext_noop(
        "見込み客「%(record)s」の引き渡しがありました。引き受けるか、理由を選んで戻してください。"
    )
    _tell(_receivers(handing), PASSED, text, handing, event, but=event.actor_id)


def tell_answered(event: Event) -> None:
    """Both who passed it on and who had it."""
    handing = _handing(event)
    if handing is None:
        return
    if event.kind == "lead.given_back":
        text = gettext_noop("見込み客「%(record)s」が戻されました。理由: %(reason)s（%(who)sさん）")
    else:
        text = gettext_noop("見込み客「%(record)s」を、%(who)sさんが引き受けました。")
    people = [each for each in (handing.by, handing.before) if each is not None]
    reason = handing.get_reason_display()
    _tell(
        people, ANSWERED, text, handing, event, but=event.actor_id, who=str(event.actor or ""), reason=reason
    )


def tell_late(handing: Handing, hours: int, event: Event) -> None:
    """Once, to whoever leads the receiver, or the team in whose queue it lies."""
    leaders = leaders_of(handing.person_id) if handing.person_id is not None else leading(handing.team)
    text = gettext_noop("引き渡された見込み客「%(record)s」に、%(hours)s時間返事がありません（%(who)s）。")
    who = str(handing.person or handing.team or "")
    _tell(leaders, LATE, text, handing, event, hours=hours, who=who)


def _handing(event: Event) -> Handing | None:
    rows = Handing.objects.select_related("lead", "by", "before", "person", "team")
    return rows.filter(uid=event.data.get("handing")).first()


def _receivers(handing: Handing) -> Iterable[Person]:
    if handing.person is not None:
        return [handing.person]
    members = Membership.objects.filter(team=handing.team).values("person")
    people: Iterable[Person] = Person.objects.working().filter(pk__in=members)
    return people


def _tell(
    people: Iterable[Person], kind: str, text: str, handing: Handing, event: Event, *, but: int | None = None,
    **values: object,
) -> None:  # fmt: skip
    """Each once, and only who may see the lead."""
    told: set[int | None] = {but}
    for person in people:
        if person.pk in told or not person.is_active or not sees(viewer_of(person), handing.lead, "view"):
            continue
        told.add(person.pk)
        sentence = Sentence(text, {**values, "record": handing.lead})
        tell(person, kind, sentence, handing.lead.get_absolute_url(), event)
