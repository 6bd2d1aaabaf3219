from django.db import migrations

from learningcycle.defaults import ensure_templates


def create(apps, schema_editor):
    models = (apps.get_model("learningcycle", name) for name in ("MethodTemplate", "TemplateVersion", "TemplateStep"))
    ensure_templates(*models)


class Migration(migrations.Migration):
    dependencies = [("learningcycle", "0003_conversations")]

    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
