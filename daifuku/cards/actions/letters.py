"""What a clerk does with a message that was set aside or failed: read it, take it after all, or leave it."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext as _

from daifuku.cards.enterers import may_enter
from daifuku.cards.mailbox import sorting
from daifuku.cards.mailbox.connecting import LARGEST
from daifuku.cards.mailbox.polling import box_of, too_large
from daifuku.cards.models import Letter, setup
from daifuku.foundation.errors import Conflict, FieldProblem, Forbidden, Invalid
from daifuku.ledger import writing as ledger
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of


def text_of(letter: Letter) -> str:
    """What a message says that was kept because no card is in it; "" of all others."""
    if not letter.stored or not default_storage.exists(letter.stored):
        return ""
    with default_storage.open(letter.stored) as file:
        return sorting.found_in(file.read()).text


def take_after_all(letter: Letter, person: Person | None, *, by: Person) -> Letter:
    """In the name of this person, or once more in that of whoever sent it; its cards come with the next look into the
    mailbox. Raises Forbidden, Invalid, Conflict."""
    if not may_enter(viewer_of(by)):
        raise Forbidden
    with ledger.writing():
        fresh: Letter = (
            Letter.objects.select_for_update(of=("self",)).select_related("person").get(pk=letter.pk)
        )
        if fresh.state == Letter.State.TAKEN:
            raise Conflict(_("このメールはすでに受け取っています。"), code="taken")
        if fresh.size > LARGEST:
            raise Conflict(too_large(), code="too_large")
        now = setup()
        if not now.mail_on or (fresh.box, fresh.uidvalidity) != (box_of(now), now.uidvalidity):
            sentence = _(
                "このメールは、いま確認しているメールサーバーにありません。もう一度送ってもらってください。"
            )
            raise Conflict(sentence, code="elsewhere")
        chosen = person or fresh.person
        if chosen is None:
            sentence = _("だれから受け取った名刺にするかを選んでください。")
            raise Invalid([FieldProblem("person", sentence, code="required")])
        fresh.state, fresh.why, fresh.person = Letter.State.SEEN, "", chosen
        fresh.attempts, fresh.due_at = 0, timezone.now()
        fresh.save(update_fields=["state", "why", "person", "attempts", "due_at"])
        about = [ledger.About("person", chosen.pk, "related")]
        ledger.record("cards.letter_taken", by=by, about=about, data={"letter": str(fresh.uid)})
    return fresh
