"""What is written of an object while it goes is swept up after it, and a row's bytes are not read to let it go (R18)."""

from django.db import migrations

FUNCTIONS = """
-- Whether the row goes with an object of the handlingstyp.
CREATE FUNCTION goes_with(of_type text, object uuid, of_table text, old_row jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  way archive_disposalreach;
  belongs boolean;
BEGIN
  FOR way IN SELECT * FROM archive_disposalreach reach
    WHERE reach.record_type = of_type AND reach.table_name = of_table AND reach.statement LIKE 'DELETE %'
  LOOP
    IF way.object_column <> '' AND (old_row ->> way.object_column) = object::text THEN
      RETURN true;
    END IF;
    EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE %I::text = $2 AND (%s))', way.table_name, way.key_column,
                   way.condition)
      INTO belongs USING object, old_row ->> way.key_column;
    IF belongs THEN
      RETURN true;
    END IF;
  END LOOP;
  RETURN false;
END;
$$;

CREATE OR REPLACE FUNCTION in_executing_disposal(table_name text, old_row jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  item archive_disposalitem;
BEGIN
  SELECT listed.* INTO item FROM archive_disposalitem listed JOIN archive_disposalrun run ON run.id = listed.run_id
    WHERE listed.id = current_setting('archive.disposal_item')::uuid AND listed.status = 'waiting'
      AND listed.choice = 'destroy' AND run.status = 'executing' AND run.approved_by_id IS NOT NULL;
  RETURN FOUND AND goes_with(item.record_type, item.object_id, $1, $2);
END;
$$;

CREATE OR REPLACE FUNCTION disposed_before(table_name text, old_row jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  told jsonb;
BEGIN
  IF current_user <> (
       SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = 'archive_ledgerentry'::regclass) THEN
    RETURN false;
  END IF;
  SELECT content INTO told FROM archive_ledgerentry
    WHERE id = current_setting('archive.disposal_replay')::uuid AND kind = 'tombstone' AND sequence IS NOT NULL;
  RETURN FOUND AND goes_with(told ->> 'record_type', (told ->> 'object')::uuid, $1, $2);
END;
$$;

-- A history row of an object that has gone in a gallring which is still being carried out: it was on its way in.
CREATE FUNCTION left_behind(table_name text, old_row jsonb) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM archive_disposalreach reach
    JOIN archive_tombstone stone ON stone.object_id = (old_row ->> reach.object_column)::uuid
    JOIN archive_disposalitem item ON item.id = stone.item_id AND item.record_type = reach.record_type
    JOIN archive_disposalrun run ON run.id = item.run_id
    WHERE reach.table_name = $1 AND reach.key_column = 'history_id' AND reach.object_column <> ''
      AND run.id = current_setting('archive.disposal_sweep')::uuid AND run.status = 'executing')
$$;

-- Each says what it is about in a setting of the transaction. Saying so is not enough: each is looked up.
CREATE OR REPLACE FUNCTION disposal_permitted(table_name text, old_row jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
  RETURN coalesce(current_setting('archive.disposal_item', true), '') <> '' AND in_executing_disposal($1, $2)
      OR coalesce(current_setting('archive.disposal_sweep', true), '') <> '' AND left_behind($1, $2)
      OR coalesce(current_setting('archive.disposal_replay', true), '') <> '' AND disposed_before($1, $2);
END;
$$;

-- Removes what was written in a history while its object went. Locked: whoever is writing in it has then finished.
CREATE FUNCTION sweep_up(swept_run uuid, swept_table text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  way record;
  number bigint;
  total bigint := 0;
BEGIN
  EXECUTE format('LOCK TABLE %I IN SHARE ROW EXCLUSIVE MODE', swept_table);
  PERFORM set_config('archive.disposal_sweep', swept_run::text, true);
  FOR way IN SELECT DISTINCT record_type, object_column FROM archive_disposalreach
    WHERE table_name = swept_table AND key_column = 'history_id' AND object_column <> '' AND statement LIKE 'DELETE %'
  LOOP
    EXECUTE format('DELETE FROM %I WHERE %I IN (
        SELECT stone.object_id FROM archive_tombstone stone JOIN archive_disposalitem item ON item.id = stone.item_id
        WHERE item.run_id = $1 AND item.record_type = $2)', swept_table, way.object_column)
      USING swept_run, way.record_type;
    GET DIAGNOSTICS number = ROW_COUNT;
    total := total + number;
  END LOOP;
  PERFORM set_config('archive.disposal_sweep', '', true);
  RETURN total;
END;
$$;

-- The keys of a row, as SQL over it: what a picture of many megabytes shows is not written out to let it go.
CREATE FUNCTION keys_of(relation oid) RETURNS text LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT 'SELECT jsonb_build_object(' || string_agg(format('%L, ($1).%I', attname, attname), ', ') || ')'
  FROM pg_attribute
  WHERE attrelid = relation AND attnum > 0 AND NOT attisdropped
    AND atttypid IN ('uuid'::regtype, 'int4'::regtype, 'int8'::regtype)
$$;

CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  keys jsonb;
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF EXISTS (SELECT FROM pg_attribute
               WHERE attrelid = TG_RELID AND atttypid = 'bytea'::regtype AND NOT attisdropped) THEN
      EXECUTE keys_of(TG_RELID) INTO keys USING OLD;
    ELSE
      keys := to_jsonb(OLD);
    END IF;
    IF disposal_permitted(TG_TABLE_NAME, keys) THEN
      RETURN OLD;
    END IF;
  END IF;
  RAISE EXCEPTION 'Raderna i % bevaras: de kan inte ändras eller tas bort (%)', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'restrict_violation';
END;
$$;
"""
AS_BEFORE = """
CREATE OR REPLACE FUNCTION in_executing_disposal(table_name text, old_row jsonb) RETURNS boolean
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

CREATE OR REPLACE FUNCTION disposed_before(table_name text, old_row jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  named text := nullif(current_setting('archive.disposal_replay', true), '');
  told jsonb;
  way archive_disposalreach;
  belongs boolean;
BEGIN
  IF named IS NULL OR current_user <> (
       SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = 'archive_ledgerentry'::regclass) THEN
    RETURN false;
  END IF;
  SELECT content INTO told FROM archive_ledgerentry
    WHERE id = named::uuid AND kind = 'tombstone' AND sequence IS NOT NULL;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  FOR way IN SELECT * FROM archive_disposalreach reach
    WHERE reach.record_type = told ->> 'record_type' AND reach.table_name = $1 AND reach.statement LIKE 'DELETE %'
  LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE %I::text = $2 AND (%s))', way.table_name, way.key_column,
                   way.condition)
      INTO belongs USING (told ->> 'object')::uuid, old_row ->> way.key_column;
    IF belongs THEN
      RETURN true;
    END IF;
  END LOOP;
  RETURN false;
END;
$$;

CREATE OR REPLACE FUNCTION disposal_permitted(table_name text, old_row jsonb) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT in_executing_disposal($1, $2) OR disposed_before($1, $2)
$$;

CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND disposal_permitted(TG_TABLE_NAME, to_jsonb(OLD)) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'Raderna i % bevaras: de kan inte ändras eller tas bort (%)', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'restrict_violation';
END;
$$;

DROP FUNCTION keys_of(oid); DROP FUNCTION sweep_up(uuid, text); DROP FUNCTION left_behind(text, jsonb);
DROP FUNCTION goes_with(text, uuid, text, jsonb);
"""


class Migration(migrations.Migration):
    dependencies = [("archive", "0063_manifest")]
    operations = [migrations.RunSQL(FUNCTIONS, AS_BEFORE)]
