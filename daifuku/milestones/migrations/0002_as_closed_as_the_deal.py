"""Deals are as closed as their customers now, and their milestones with them."""

from django.db import migrations
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce


def close(apps, schema_editor):
    deals = apps.get_model("deals", "Deal")._base_manager
    rows = apps.get_model("milestones", "Milestone")._base_manager.filter(
        order__isnull=True, deal__in=deals.exclude(privacy=F("own_privacy")).values("pk")
    )
    of = deals.filter(pk=OuterRef("deal_id"))
    rows.update(
        privacy=Subquery(of.values("privacy")[:1]),
        team=Subquery(of.values("team")[:1]),
        keeper=Subquery(of.annotate(by=Coalesce("owner", "keeper")).values("by")[:1]),
    )


class Migration(migrations.Migration):
    dependencies = [("milestones", "0001_initial"), ("deals", "0004_close_deals")]
    operations = [migrations.RunPython(close, migrations.RunPython.noop)]
