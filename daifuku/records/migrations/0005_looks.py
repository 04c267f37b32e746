import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0004_views"),
        ("staff", "0002_shared_cache"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="view",
            name="look",
            field=models.JSONField(default=dict),
        ),
        migrations.CreateModel(
            name="ViewGuest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("may_change", models.BooleanField(default=False, verbose_name="変更もできる")),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="staff.team",
                    ),
                ),
                (
                    "view",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="guests", to="records.view"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("person__isnull", False), ("team__isnull", True)),
                            models.Q(("person__isnull", True), ("team__isnull", False)),
                            _connector="OR",
                        ),
                        name="view_guest_is_one",
                    ),
                    models.UniqueConstraint(fields=("view", "person"), name="view_guest_person_once"),
                    models.UniqueConstraint(fields=("view", "team"), name="view_guest_team_once"),
                ],
            },
        ),
    ]
