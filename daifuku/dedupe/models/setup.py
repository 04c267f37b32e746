"""How the firm looks for doubles: thresholds, what is compared, and what was learnt from its decisions."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.sql.prepared import Prepared


class Setup(models.Model):
    """`left_out` are fields that are not compared, as `firm.site`. `learnt` is {firm | person: {start, common,
    weights, of, kept}}, empty where too little was decided, `kept` where the weights as shipped judge what was decided
    as well as others that were fitted to it. `keyed` tells how far the records of a
    database from before have got their keys (`keying`)."""

    firm_sure = models.FloatField(_("会社: 確実とみなす点数"), default=8.0)
    firm_perhaps = models.FloatField(_("会社: 候補とみなす点数"), default=1.0)
    person_sure = models.FloatField(_("人: 確実とみなす点数"), default=8.0)
    person_perhaps = models.FloatField(_("人: 候補とみなす点数"), default=0.5)
    left_out = models.JSONField(_("比べない項目"), default=list)
    offices_apart = models.BooleanField(_("支店・営業所が違えば別の記録とする"), default=True)
    learn = models.BooleanField(_("「統合した」「別々にした」の判断から学ぶ"), default=True)
    learnt = models.JSONField(default=dict)
    learnt_at = models.DateTimeField(null=True)
    keyed = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return "setup"


def setup() -> Setup:
    """The firm's settings; as shipped where nobody has changed anything yet."""
    return ROW.first() or Setup()


ROW = Prepared(lambda: Setup.objects.order_by("pk")[:1])
