"""A colleague's reaction to a comment, by one press: understood, thank you, well done."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.records.models.comment import Comment


class Reaction(models.Model):
    class Word(models.TextChoices):
        UNDERSTOOD = "understood", _("了解")
        THANKS = "thanks", _("ありがとう")
        CONGRATULATIONS = "congratulations", _("おめでとう")
        WELL_DONE = "well_done", _("お疲れさま")
        LOOKING = "looking", _("確認します")
        SUPPORT = "support", _("応援します")

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reactions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reactions")
    word = models.CharField(max_length=20, choices=Word.choices)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["comment", "person", "word"], name="reaction_once"),
        ]

    def __str__(self) -> str:
        return str(Reaction.Word(self.word).label)


# The picture of each word; the words are said as well, for whoever does not see pictures.
PICTURES = {
    Reaction.Word.UNDERSTOOD: "👍",
    Reaction.Word.THANKS: "🙏",
    Reaction.Word.CONGRATULATIONS: "🎉",
    Reaction.Word.WELL_DONE: "👏",
    Reaction.Word.LOOKING: "👀",
    Reaction.Word.SUPPORT: "💪",
}
