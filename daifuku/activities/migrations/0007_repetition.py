import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("activities", "0006_checklist")]

    operations = [
        migrations.AddField(
            model_name="task",
            name="repetition",
            field=models.JSONField(blank=True, default=dict, verbose_name="繰り返し"),
        ),
        migrations.AddField(
            model_name="task",
            name="previous",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="activities.task",
            ),
        ),
    ]
