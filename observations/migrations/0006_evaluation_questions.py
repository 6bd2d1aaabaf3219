from django.db import migrations

from observations.defaults import ensure_evaluation_questions


def create(apps, schema_editor):
    ensure_evaluation_questions(apps.get_model("observations", "EvaluationQuestion"))


class Migration(migrations.Migration):
    """What the members are asked about their conversation where nobody has chosen other questions."""

    dependencies = [("observations", "0005_evaluation")]

    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
