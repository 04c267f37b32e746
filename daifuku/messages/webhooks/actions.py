"""What can be done with webhooks; whoever changes where one sends to and what, does so with his own rights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from daifuku.foundation.errors import ChangedSince, Conflict, Forbidden
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event, Subject
from daifuku.messages.models import Webhook, WebhookDelivery
from daifuku.messages.webhooks import cleaning, signing
from daifuku.staff.actions import rights
from daifuku.staff.actions.changes import Changes, check_version, fresh, old_values, put
from daifuku.staff.models import Person

MOST = 50
WAITING = WebhookDelivery.State.WAITING


def create_webhook(
    *, by: Person, name: str, address: str, kinds: list[str] | None = None, objects: list[str] | None = None,
    condition: dict[str, Any] | None = None,
) -> tuple[Webhook, str]:  # fmt: skip
    """Needs the power "settings". From now on what `by` may see is sent there. The second part is the secret, shown
    this once. Raises Invalid, Conflict.
    """
    viewer = rights.need(by, "settings")
    typed = {"name": name, "address": address, "kinds": kinds or [], "objects": objects or []}
    values = cleaning.clean(typed | {"condition": condition}, viewer)
    secret = signing.new_secret()
    with ledger.writing():
        if Webhook.objects.kept().count() >= MOST:
            raise Conflict(_("Webhookが多すぎます。使っていないものを削除してください。"), code="too_many")
        webhook = Webhook.objects.create(person=by, secret=signing.sealed(secret), **values)
        changes = {key: [None, value] for key, value in values.items()}
        _listen_behind(webhook, line("created", webhook, by, changes))
    return webhook, secret


def edit_webhook(
    webhook: Webhook, changes: Mapping[str, Any], *, by: Person, version: int | None = None, undoes: Event | None = None
) -> Event | None:  # fmt: skip
    """Its owner alone: whoever sends it elsewhere gets to know what he sees. Raises Forbidden, Invalid, Stale."""
    viewer = _its_owner(webhook, by)
    values = cleaning.clean(changes, viewer, webhook)
    with ledger.writing():
        stored = fresh(webhook)
        check_version(stored, version)
        done = put(stored, values)
        if not done and undoes is None:
            return None
        stored.version += 1
        if "address" in done:
            _begin_in_hope(stored)
        elif "condition" in done:
            stored.rests_until = None
        stored.save()
        webhook.refresh_from_db()
        return line("edited", webhook, by, done, undoes=undoes)


def switch_webhook(
    webhook: Webhook, *, on: bool, by: Person, version: int | None = None, undoes: Event | None = None
) -> Event | None:
    """Off: whoever has the power. On: its owner alone. What happens while it is off can be replayed."""
    _its_owner(webhook, by) if on else rights.need(by, "settings")
    with ledger.writing():
        stored = fresh(webhook)
        check_version(stored, version)
        if stored.active == on and undoes is None:
            return None
        stored.active, stored.version = on, stored.version + 1
        stored.stopped = "" if on else Webhook.Stop.PERSON
        stored.stopped_at = stored.stopped_at if on else timezone.now()
        if on:
            _begin_in_hope(stored)
        stored.save()
        webhook.refresh_from_db()
        event = line("edited", webhook, by, {"active": [not on, on]}, undoes=undoes)
        if on:
            _listen_behind(webhook, event)
    return event


def take_over_webhook(webhook: Webhook, *, by: Person) -> Event | None:
    """From now on `by`'s rights decide what is sent. What was sent in another name he does not get to read."""
    rights.need(by, "settings")
    with ledger.writing():
        stored = fresh(webhook)
        if stored.person_id == by.pk:
            return None
        before, stored.person, stored.version = stored.person, by, stored.version + 1
        stored.save()
        WebhookDelivery.objects.filter(webhook=stored).update(body="", answer="")
        webhook.refresh_from_db()
        return line("taken_over", webhook, by, {"person": [before.pk, by.pk]})


def remove_webhook(webhook: Webhook, *, by: Person, undoes: Event | None = None) -> Event:
    """Nothing is sent any more; undoing brings it back with its secret and what was waiting."""
    rights.need(by, "settings")
    with ledger.writing():
        stored = fresh(webhook)
        _check_kept(stored)
        stored.removed_at, stored.version = timezone.now(), stored.version + 1
        stored.save()
        webhook.refresh_from_db()
        return line("removed", webhook, by, {}, undoes=undoes)


def restore_webhook(webhook: Webhook, *, by: Person, undoes: Event | None = None) -> Event:
    rights.need(by, "settings")
    with ledger.writing():
        stored = fresh(webhook)
        if stored.removed_at is None:
            raise ChangedSince
        stored.removed_at, stored.version = None, stored.version + 1
        stored.save()
        webhook.refresh_from_db()
        event = line("restored", webhook, by, {}, undoes=undoes)
        _listen_behind(webhook, event)
    return event


def change_secret(webhook: Webhook, *, by: Person) -> str:
    """A new secret, shown this once; for a day what is sent bears both signatures, so that nothing is lost."""
    _its_owner(webhook, by)
    secret, now = signing.new_secret(), timezone.now()
    with ledger.writing():
        stored = fresh(webhook)
        _check_kept(stored)
        stored.old_secret, stored.old_secret_until = stored.secret, now + signing.BOTH_VALID
        stored.secret, stored.version = signing.sealed(secret), stored.version + 1
        stored.save()
        webhook.refresh_from_db()
        line("secret_changed", webhook, by, {})
    return secret


def line(
    what: str, webhook: Webhook, by: Person | None, changes: Changes, undoes: Event | None = None, **data: Any
) -> Event:
    """One line of the ledger about a webhook, with its name as it is."""
    values = {"name": webhook.name, **({"changes": changes} if changes else {}), **data}
    about = [ledger.About("webhook", webhook.pk)]
    return ledger.record(f"webhook.{what}", by=by, about=about, data=values, undoes=undoes)


def _its_owner(webhook: Webhook, by: Person) -> Any:
    viewer = rights.need(by, "settings")
    if webhook.person_id != by.pk:
        raise Forbidden(
            _("このWebhookは%(owner)sさんの権限で送っています。変更するには、先に引き継いでください。")
            % {"owner": webhook.person}
        )
    return viewer


def _check_kept(webhook: Webhook) -> None:
    if webhook.removed_at is not None:
        raise Conflict(_("このWebhookは削除されています。"), code="removed")


def _listen_behind(webhook: Webhook, event: Event) -> None:
    webhook.listens_txid, webhook.listens_event = event.txid, event.pk
    webhook.save(update_fields=["listens_txid", "listens_event"])


def _begin_in_hope(webhook: Webhook) -> None:
    """Another address, or a receiver that was mended: what waits is tried at once."""
    webhook.failures = webhook.given_up = 0
    webhook.rests_until = None
    WebhookDelivery.objects.filter(webhook=webhook, state=WAITING).update(due_at=timezone.now())


def webhook_of(event: Event) -> Webhook:
    keys = event.subjects.filter(object="webhook", role=Subject.MAIN).values("record_id")
    return Webhook.objects.select_related("person").get(pk__in=keys)


def undo_created(event: Event, by: Person) -> Undone:
    remove_webhook(webhook_of(event), by=by, undoes=event)
    return Undone(1)


def undo_removed(event: Event, by: Person) -> Undone:
    restore_webhook(webhook_of(event), by=by, undoes=event)
    return Undone(1)


def undo_edited(event: Event, by: Person) -> Undone:
    webhook = webhook_of(event)
    back = old_values(event, webhook)
    if "active" in back:
        switch_webhook(webhook, on=back["active"], by=by, undoes=event)
    else:
        back = {"objects" if name == "objects_heard" else name: old for name, old in back.items()}
        edit_webhook(webhook, back, by=by, undoes=event)
    return Undone(1)
