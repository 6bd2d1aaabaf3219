from django.db import migrations

from teams.defaults import ensure_contract_sections


def create(apps, schema_editor):
    ensure_contract_sections(apps.get_model("teams", "ContractTemplateSection"))


class Migration(migrations.Migration):
    dependencies = [("teams", "0004_team_contract")]

    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
