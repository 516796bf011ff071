"""A mark for each change of what the public list shows: its ETag is read from one small table."""

from django.db import migrations, models

TABLES = ("account", "unit", "board", "platform")

FUNCTION = """
CREATE FUNCTION note_public_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO accounts_publicchange (changed_at, weight) VALUES (clock_timestamp(), 1);
  RETURN NULL;
END;
$$;
""" + "".join(
    f"CREATE TRIGGER note_public_change AFTER INSERT OR UPDATE OR DELETE ON accounts_{table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION note_public_change();\n"
    for table in TABLES
)
UNDONE = "".join(f"DROP TRIGGER note_public_change ON accounts_{table};\n" for table in TABLES) + (
    "DROP FUNCTION note_public_change();"
)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0030_assignment_days")]
    operations = [
        migrations.CreateModel(
            name="PublicChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("changed_at", models.DateTimeField()),
                ("weight", models.PositiveBigIntegerField()),
            ],
            options={"verbose_name": "ändring av den offentliga listan"},
        ),
        migrations.RunSQL(FUNCTION, UNDONE),
    ]
