from django.db import migrations, models

from slf_portal.audit.history import database_role

EVENTS = (
    "centralrolerowevent",
    "userevent",
)


class Migration(migrations.Migration):
    """Each history tells the database role that wrote a row; of the rows that are there already nobody knows."""

    dependencies = [("accounts", "0001_initial")]

    operations = [
        operation
        for event in EVENTS
        for operation in (
            migrations.AddField(event, "pgh_role", models.CharField(max_length=63, default="")),
            migrations.AlterField(event, "pgh_role", database_role()),
        )
    ]
