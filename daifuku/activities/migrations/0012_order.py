import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0011_index_by_customer"),
        ("customers", "0005_lead_corporate_number"),
        ("deals", "0001_initial"),
        ("orders", "0003_index_by_customer"),
        ("staff", "0002_shared_cache"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="talk",
            name="order",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="talks",
                to="orders.order",
                verbose_name="受注",
            ),
        ),
        migrations.AddIndex(
            model_name="talk",
            index=models.Index(
                condition=models.Q(("trashed_at__isnull", True), ("order__isnull", False)),
                fields=["order", "-started_at", "-id"],
                name="talk_by_order",
            ),
        ),
    ]
