from django.db import migrations

from repertory.core.fulltext import FullTextIndex

INDEX = FullTextIndex("customers_search")


def create(apps, schema_editor):
    for statement in INDEX.create_sql(schema_editor.connection.vendor):
        schema_editor.execute(statement)
    apps.get_model("customers", "CustomerCount").objects.get_or_create(pk=1)


def drop(apps, schema_editor):
    for statement in INDEX.drop_sql():
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("customers", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
