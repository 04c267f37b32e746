"""What the deals say themselves is kept; those of closed customers are closed."""

from django.db import migrations
from django.db.models import F, OuterRef, Q, Subquery


def close(apps, schema_editor):
    deals = apps.get_model("deals", "Deal")._base_manager
    deals.update(own_privacy=F("privacy"), own_team=F("team"))
    for link, alone in (("account", Q()), ("lead", Q(account__isnull=True))):
        customers = apps.get_model("customers", link.title())._base_manager
        for how in ("team", "private"):
            of = customers.filter(privacy=how)
            rows = deals.filter(alone, **{f"{link}__in": of.values("pk")})
            rows.exclude(own_privacy="").update(privacy="private")
            if how == "team":
                alike = Q(own_team=F(f"{link}__team")) | Q(
                    own_team__isnull=True, **{f"{link}__team__isnull": True}
                )
                rows.filter(alike, own_privacy="team").update(privacy="team")
            his = customers.filter(pk=OuterRef(f"{link}_id"))
            rows.filter(own_privacy="").update(
                privacy=how, team=Subquery(his.values("team")[:1]), keeper=Subquery(his.values("owner")[:1])
            )


class Migration(migrations.Migration):
    dependencies = [("deals", "0003_as_closed_as_the_customer")]
    operations = [migrations.RunPython(close, migrations.RunPython.noop)]
