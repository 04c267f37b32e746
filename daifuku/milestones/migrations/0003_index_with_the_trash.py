from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0007_ask_leads_again"),
        ("deals", "0005_index_with_the_trash"),
        ("milestones", "0002_as_closed_as_the_deal"),
        ("orders", "0004_rights"),
        ("staff", "0002_shared_cache"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="milestone",
            name="milestone_by_account",
        ),
        migrations.AddIndex(
            model_name="milestone",
            index=models.Index(
                condition=models.Q(("account__isnull", False)),
                fields=["account", "due_on", "id"],
                name="milestone_by_account",
            ),
        ),
    ]
