"""Who sees a voice: everybody, without the name of a customer whom he may not see; or those who see the customer."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from daifuku.activities.objects.shared import SUBJECTS
from daifuku.customers import openness
from daifuku.records.catalogue.object_type import Saved
from daifuku.staff.models import Person
from daifuku.voices.models import Voice
from daifuku.voices.models.conduct import conduct

ASKED = frozenset({*SUBJECTS, "talk", "text"})


def take_customer(voice: Voice, changed: frozenset[str]) -> None:
    """The contact's firm, where none was said; whose customer it is; how open it is."""
    if voice.pk is not None and not changed & ASKED:
        return
    if voice.account_id is None and voice.contact is not None:
        voice.account = voice.contact.account
    customer = voice.account or voice.lead
    if customer is not None:
        openness.put(voice, gets(voice, openness.hands_of(customer)))


def gets(voice: Voice, hands: openness.Hands) -> openness.Hands:
    """What a voice of such a customer gets; the rights of whoever reads decide whether he is told the name. One that
    says what the talk says, word for word, is as closed as the talk."""
    opened = hands.privacy and conduct().share_private and not says_the_talk(voice)
    return hands._replace(privacy="") if opened else hands


def says_the_talk(voice: Voice) -> bool:
    return voice.talk is not None and voice.text.strip() == voice.talk.text.strip()


def keep_as_open(saved: Saved, by: Person) -> None:
    """The customer may have been moved since he was fetched."""
    openness.keep_as_open(saved, by, asked=ASKED, gets=gets)


def open_again(rows: Any, privacy: str) -> None:
    """Voices that have followed their customer are as open as the firm wants them."""
    _set(rows, privacy, share=conduct().share_private)


def open_or_close(share_private: bool) -> None:
    """The firm decided otherwise about voices of private customers. In a transaction."""
    for link, model in openness.LINKS:
        for privacy in ("team", "private"):
            customers = model.plain.filter(privacy=privacy).values("pk")
            rows = Voice.plain.filter(**{f"{link}__in": customers})
            if link == "lead":
                rows = rows.filter(account__isnull=True)
            _set(rows, privacy, share=share_private)


def _set(rows: Any, privacy: str, *, share: bool) -> None:
    """Of a private customer the words of a talk stay with those who may read the talk."""
    rows.update(privacy="" if share else privacy)
    if share and privacy:
        rows.filter(talk__isnull=False, text=F("talk__text")).update(privacy=privacy)
