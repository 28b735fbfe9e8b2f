from django.db import migrations


def start(apps, schema_editor):
    apps.get_model("platform", "AuditHead").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("platform", "0001_initial")]
    operations = [migrations.RunPython(start, migrations.RunPython.noop)]
