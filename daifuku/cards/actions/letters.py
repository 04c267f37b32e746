"""What a clerk does with a message that was set aside or failed: take it after all, or leave it."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from daifuku.cards.enterers import may_enter
from daifuku.cards.mailbox.connecting import LARGEST
from daifuku.cards.mailbox.polling import too_large
from daifuku.cards.models import Letter
from daifuku.foundation.errors import Conflict, Forbidden
from daifuku.ledger import writing as ledger
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of


def take_after_all(letter: Letter, person: Person, *, by: Person) -> Letter:
    """In the name of this person; its cards come with the next look into the mailbox. Raises Forbidden, Conflict."""
    if not may_enter(viewer_of(by)):
        raise Forbidden
    with ledger.writing():
        fresh = Letter.objects.select_for_update().get(pk=letter.pk)
        if fresh.state == Letter.State.TAKEN:
            raise Conflict(_("このメールはすでに受け取っています。"), code="taken")
        if fresh.size > LARGEST:
            raise Conflict(too_large(), code="too_large")
        fresh.state, fresh.why, fresh.person = Letter.State.SEEN, "", person
        fresh.attempts, fresh.due_at = 0, timezone.now()
        fresh.save(update_fields=["state", "why", "person", "attempts", "due_at"])
        about = [ledger.About("person", person.pk, "related")]
        ledger.record("cards.letter_taken", by=by, about=about, data={"letter": str(fresh.uid)})
    return fresh  # type: ignore[no-any-return]
