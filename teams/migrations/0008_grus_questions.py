from django.db import migrations

from teams.defaults import ensure_grus_questions


def create(apps, schema_editor):
    ensure_grus_questions(apps.get_model("teams", "GrusQuestionTemplate"))


class Migration(migrations.Migration):
    dependencies = [("teams", "0007_grus")]

    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
