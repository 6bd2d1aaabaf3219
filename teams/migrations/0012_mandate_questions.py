from django.db import migrations

from teams.defaults import ensure_expectation_questions


def create(apps, schema_editor):
    ensure_expectation_questions(apps.get_model("teams", "ExpectationQuestion"))


class Migration(migrations.Migration):
    dependencies = [("teams", "0011_mandates")]

    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
