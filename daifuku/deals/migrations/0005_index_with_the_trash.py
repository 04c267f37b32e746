from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0007_ask_leads_again"),
        ("deals", "0004_close_deals"),
        ("staff", "0002_shared_cache"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="deal",
            name="deal_by_contact",
        ),
        migrations.RemoveIndex(
            model_name="deal",
            name="deal_by_lead",
        ),
        migrations.AddIndex(
            model_name="deal",
            index=models.Index(
                condition=models.Q(("contact__isnull", False)),
                fields=["contact", "-updated_at", "-id"],
                name="deal_by_contact",
            ),
        ),
        migrations.AddIndex(
            model_name="deal",
            index=models.Index(
                condition=models.Q(("lead__isnull", False)),
                fields=["lead", "-updated_at", "-id"],
                name="deal_by_lead",
            ),
        ),
    ]
