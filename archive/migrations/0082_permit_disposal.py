"""Lets go, at last, of what stands in the frozen list of an approved, executing gallring; and of nothing else (R18)."""

from django.db import migrations

# A row may go when the gallring at hand says which item it does, that item is in the list of one that is decided on
# and being carried out, and the row belongs to its object. Saying so is not enough: each is looked up.
FUNCTIONS = """
CREATE OR REPLACE FUNCTION disposal_permitted(table_name text, old_row jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  named text := nullif(current_setting('archive.disposal_item', true), '');
  item archive_disposalitem;
  way archive_disposalreach;
  belongs boolean;
BEGIN
  IF named IS NULL THEN
    RETURN false;
  END IF;
  SELECT listed.* INTO item FROM archive_disposalitem listed JOIN archive_disposalrun run ON run.id = listed.run_id
    WHERE listed.id = named::uuid AND listed.status = 'waiting' AND listed.choice = 'destroy'
      AND run.status = 'executing' AND run.approved_by_id IS NOT NULL;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  FOR way IN SELECT * FROM archive_disposalreach reach
    WHERE reach.record_type = item.record_type AND reach.table_name = $1 AND reach.statement LIKE 'DELETE %'
  LOOP
    IF way.object_column <> '' AND (old_row ->> way.object_column) = item.object_id::text THEN
      RETURN true;
    END IF;
    EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE %I::text = $2 AND (%s))', way.table_name, way.key_column,
                   way.condition)
      INTO belongs USING item.object_id, old_row ->> way.key_column;
    IF belongs THEN
      RETURN true;
    END IF;
  END LOOP;
  RETURN false;
END;
$$;

-- A gallringsstopp is placed under the same lock: none comes between the look and the removal.
CREATE FUNCTION lock_what_holds() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  LOCK TABLE archive_hold, archive_holditem, archive_holdquery, archive_assertion, archive_retentionplan IN SHARE MODE
$$;

-- Locks an object, of an append-only table too; returns nothing where it is gone.
CREATE FUNCTION lock_object(table_name text, key_column text, key uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  found_it boolean;
BEGIN
  EXECUTE format('SELECT true FROM %I WHERE %I = $1 FOR UPDATE', table_name, key_column) INTO found_it USING key;
  RETURN found_it;
END;
$$;

-- As the owner, since the portal's own role may delete no history. The triggers ask `disposal_permitted` all the same.
CREATE FUNCTION dispose_rows(item uuid) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  listed archive_disposalitem;
  way archive_disposalreach;
  number bigint;
  counts jsonb := '{}';
BEGIN
  SELECT one.* INTO listed FROM archive_disposalitem one JOIN archive_disposalrun run ON run.id = one.run_id
    WHERE one.id = item AND one.status = 'waiting' AND one.choice = 'destroy' AND run.status = 'executing'
      AND run.approved_by_id IS NOT NULL
    FOR UPDATE OF one FOR SHARE OF run;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'Det står inte i listan för en beslutad gallring som genomförs'
      USING ERRCODE = 'restrict_violation';
  END IF;
  PERFORM set_config('archive.disposal_item', item::text, true);
  FOR way IN SELECT * FROM archive_disposalreach WHERE record_type = listed.record_type ORDER BY position LOOP
    EXECUTE way.statement USING listed.object_id;
    GET DIAGNOSTICS number = ROW_COUNT;
    IF number > 0 AND way.statement LIKE 'DELETE %' THEN
      counts := counts || jsonb_build_object(way.table_name, number);
    END IF;
  END LOOP;
  PERFORM set_config('archive.disposal_item', '', true);
  RETURN counts;
END;
$$;
"""
AS_BEFORE = """
DROP FUNCTION dispose_rows(uuid); DROP FUNCTION lock_what_holds();
DROP FUNCTION lock_object(text, text, uuid);
CREATE OR REPLACE FUNCTION disposal_permitted(table_name text, old_row jsonb) RETURNS boolean
LANGUAGE sql STABLE AS $$ SELECT false $$;
"""


class Migration(migrations.Migration):
    dependencies = [("archive", "0081_disposal")]
    operations = [migrations.RunSQL(FUNCTIONS, AS_BEFORE)]
