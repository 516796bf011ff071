"""The functions that the guards of every later table call. `archive` later replaces `disposal_permitted` alone."""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION disposal_permitted(table_name text, old_row jsonb) RETURNS boolean
LANGUAGE sql STABLE AS $$ SELECT false $$;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND disposal_permitted(TG_TABLE_NAME, to_jsonb(OLD)) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'Raderna i % bevaras: de kan inte ändras eller tas bort (%)', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'restrict_violation';
END;
$$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(
            FUNCTIONS,
            "DROP FUNCTION refuse_change(); DROP FUNCTION disposal_permitted(text, jsonb);",
        )
    ]
