from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0007_ask_leads_again"),
        ("deals", "0005_index_with_the_trash"),
        ("quotes", "0002_index_by_customer"),
        ("staff", "0002_shared_cache"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="quote",
            name="quote_by_deal",
        ),
        migrations.AddIndex(
            model_name="quote",
            index=models.Index(
                condition=models.Q(("deal__isnull", False)),
                fields=["deal", "-day", "-id"],
                name="quote_by_deal",
            ),
        ),
    ]
