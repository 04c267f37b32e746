"""引き渡し: a ready lead goes to sales; whoever had it gets it back where sales do not take it."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from daifuku.customers.models import Lead
from daifuku.customers.objects.lead import LEAD
from daifuku.distribution.actions import distribute
from daifuku.distribution.actions.distributing import keep_decisions
from daifuku.distribution.desk import Verdict
from daifuku.distribution.models import Decision
from daifuku.distribution.models.decision import Reason as Why
from daifuku.distribution.models.decision import State as Waits
from daifuku.foundation.errors import ChangedSince, Conflict, FieldProblem, Invalid
from daifuku.foundation.japanese import clean_text
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment, through
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.passing.models import Handing, Setup, State, Target, setup
from daifuku.passing.readiness import condition_of, is_ready
from daifuku.records import derived
from daifuku.records.actions.editing import apply, locked, stamp
from daifuku.records.actions.saving import about
from daifuku.records.catalogue import vocabulary
from daifuku.records.formulas.filling import fill
from daifuku.records.formulas.spreading import spread
from daifuku.records.undoing import put_back
from daifuku.staff.models import Person, Team
from daifuku.staff.viewer import viewer_of

LONGEST = 500
PASSED = "lead.passed_on"


def pass_on(lead: Lead, to: Person | Team | None = None, note: str = "", *, by: Person) -> Handing:
    """To a person, into the queue of a team, or with None where the settings say. Until sales answer, the lead is
    theirs. Raises Conflict (not used, waits already, nobody can take it), Invalid (not ready, whoever cannot take
    leads), Forbidden, NotFound."""
    words = _note(note)
    with ledger.writing():
        held: Lead = locked(lead, viewer_of(by), "edit")
        rules = need_on()
        if not is_ready(held, rules, timezone.localdate()):
            sentence = _("まだ引き渡せません。引き渡せる条件: %(condition)s")
            said = {"condition": condition_of(rules).sentence()}
            raise Invalid([FieldProblem("lead", sentence % said, code="not_ready")])
        if to is None and rules.target == Target.TEAM:
            to = rules.team
        _can_take(to, held)
        return hand_over(held, to, words, by=by)


def need_on() -> Setup:
    rules = setup()
    if not rules.on:
        sentence = _("営業への引き渡しは使われていません。システム管理者が設定でオンにすると使えます。")
        raise Conflict(sentence, code="not_used")
    return rules


def hand_over(held: Lead, to: Person | Team | None, note: str, *, by: Person | None) -> Handing:
    """Of a lead that is held; `by` None is the program itself. Raises Conflict (waits already, nobody can take it)."""
    handing = Handing(
        lead=held, at=moment(), by=by, before=held.owner, team_before=held.team, note=note,
        person=to if isinstance(to, Person) else None, team=to if isinstance(to, Team) else held.team,
    )  # fmt: skip
    try:
        with transaction.atomic():
            handing.save()
    except IntegrityError as error:
        raise Conflict(_("この見込み客は、すでに営業の返事を待っています。"), code="waiting") from error
    if to is None:
        event = _tell(PASSED, handing, by, {})
        _by_the_rules(handing, held, event, by)
    else:
        done = move(held, handing.person, handing.team, by)
        if handing.person is None:
            _wait_in_queue(held, handing)
        event = _tell(PASSED, handing, by, done)
    Handing.objects.filter(pk=handing.pk).update(line=event.pk)
    handing.line = event.pk
    return handing


def _by_the_rules(handing: Handing, held: Lead, event: Event, by: Person | None) -> None:
    """As any new lead is distributed, but not back to whoever has it."""
    owner = {held.owner_id} if held.owner_id else set()
    with through(cause=event):
        distribute([held.pk], by=by, again=True, but={held.pk: owner})
    held.refresh_from_db()
    if held.owner_id is not None and held.owner_id in owner:
        sentence = _("いま引き受けられる営業がいません。人かチームを選んで引き渡してください。")
        raise Conflict(sentence, code="nobody")
    handing.person, handing.team = held.owner, held.team
    handing.save(update_fields=["person", "team"])


def _wait_in_queue(held: Lead, handing: Handing) -> None:
    """The distribution of leads leaves it there: somebody has decided. Of a late answer this room tells."""
    decision = Decision(
        lead=held, at=handing.at, state=str(Waits.WAITING), reason=str(Why.RULE), before=handing.before,
        team=handing.team, by=handing.by, steps=[{"step": "queue"}], alarmed_at=handing.at,
    )  # fmt: skip
    keep_decisions([decision], [Verdict(Why.RULE, team=handing.team_id)])


def move(
    held: Lead, owner: Person | None, team: Team | None, by: Person | None, **more: Any
) -> dict[str, Any]:
    """Whoever passes it on need not see it afterwards; returns what is other than before."""
    fields = vocabulary.fields_of("lead")
    done = apply(held, {"owner": owner, "team": team, **more}, fields)
    if not done:
        return done
    LEAD.prepare(held, frozenset(done))
    fill(LEAD, held)
    stamp(held)
    held.save()
    derived.keep(LEAD, [held])
    # Nobody in particular did it when the program did: what follows a save of a lead asks for no name.
    LEAD.follow([(held, frozenset(done))], by)  # type: ignore[arg-type]
    spread(LEAD, [(held, done)])
    return done


def undo_passed(event: Event, by: Person) -> Undone:
    """As long as sales have not answered, whoever had it has it again. Raises ChangedSince, Forbidden, NotFound."""
    with ledger.writing():
        handing, lead = held_of(event)
        viewer = viewer_of(by)
        if by.pk not in {handing.by_id, handing.before_id} and not viewer.has_power("staff"):
            locked(lead, viewer, "edit")
        if not handing.is_waiting or not with_receiver(lead, handing):
            raise ChangedSince(_("営業がすでに返事をしたか、担当が変わったため、取り消せません。"))
        with put_back():
            done = move(lead, handing.before, handing.team_before, by)
        handing.state, handing.answered_at, handing.answered_by = State.WITHDRAWN, moment(), by
        handing.save(update_fields=["state", "answered_at", "answered_by"])
        _tell("lead.pass_withdrawn", handing, by, done, undoes=event)
    return Undone(1)


def held_of(event: Event) -> tuple[Handing, Lead]:
    """Raises ChangedSince."""
    key = Handing.objects.filter(uid=event.data["handing"]).values_list("pk", flat=True).first()
    if key is None:
        raise ChangedSince
    return held_both(key)


def held_both(key: int) -> tuple[Handing, Lead]:
    """The lead first, as whoever saves it does: two who meet here wait for each other one way only."""
    lead = Handing.objects.values_list("lead", flat=True).get(pk=key)
    leads = Lead.plain.select_for_update(of=("self",), no_key=True).select_related("owner", "team")
    held: Lead = leads.get(pk=lead)
    found = Handing.objects.select_for_update(of=("self",)).select_related(
        "person", "team", "before", "team_before", "by"
    )
    handing: Handing = found.get(pk=key)
    handing.lead = held
    return handing, held


def with_receiver(lead: Lead, handing: Handing) -> bool:
    return lead.trashed_at is None and lead.owner_id == handing.person_id


def _can_take(to: Person | Team | None, lead: Lead) -> None:
    if isinstance(to, Person):
        if not to.is_active or not viewer_of(to).may("lead", "edit"):
            sentence = _("%(who)sさんは見込み客を担当できません。別の人を選んでください。") % {"who": to}
            raise Invalid([FieldProblem("to", sentence, code="cannot_take")])
        if to.pk == lead.owner_id:
            sentence = _("%(who)sさんは、すでにこの見込み客の担当です。") % {"who": to}
            raise Invalid([FieldProblem("to", sentence, code="in_charge")])


def _note(raw: str) -> str:
    words = clean_text(raw)
    if len(words) > LONGEST:
        sentence = _("%(limit)s文字以内で入力してください。") % {"limit": LONGEST}
        raise Invalid([FieldProblem("note", sentence, code="too_long")])
    return words


def _tell(
    kind: str, handing: Handing, by: Person | None, done: dict[str, Any], undoes: Event | None = None
) -> Event:
    data = {"changes": done, "handing": str(handing.uid)}
    return ledger.record(kind, by=by, about=about(LEAD, handing.lead), data=data, undoes=undoes)
