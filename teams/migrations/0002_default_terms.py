from django.db import migrations

from teams.defaults import ensure_default_terms


def create(apps, schema_editor):
    ensure_default_terms(apps.get_model("teams", "PromiseTerms"))


class Migration(migrations.Migration):
    dependencies = [("teams", "0001_initial")]

    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
