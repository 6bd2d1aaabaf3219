from django.db import migrations

from teams.defaults import ensure_topics


def create(apps, schema_editor):
    ensure_topics(apps.get_model("teams", "PracticeTopic"), apps.get_model("teams", "TopicLine"))


class Migration(migrations.Migration):
    dependencies = [("teams", "0009_staircase")]

    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
