"""PostgreSQL itself compares a gallring's list with what was sent, and sweeps up only what went by it (R18)."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

FUNCTIONS = """
-- What holds by itself is placed under the same lock: no request comes in, and no ärende is opened again, between the
-- look and the removal.
CREATE OR REPLACE FUNCTION lock_what_holds() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  LOCK TABLE archive_hold, archive_holditem, archive_holdquery, archive_assertion, archive_retentionplan,
    archive_recordsrequest, archive_recordsrequestitem, archive_matter IN SHARE MODE
$$;

-- The list as one text, line by line in a fixed order: whatever is edited, the fingerprint is another. As JSON, so that
-- no reason can be written which makes one field's end the next one's beginning.
CREATE FUNCTION disposal_fingerprint(run uuid) RETURNS text
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT encode(sha256(convert_to(coalesce(string_agg(
    jsonb_build_array(record_type, kind, object_id, starts_on, due_on, reason, choice, choice_reason)::text, E'\\n'
    ORDER BY kind, object_id), ''), 'UTF8')), 'hex')
  FROM archive_disposalitem WHERE run_id = run
$$;

CREATE FUNCTION guard_disposal_begins() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'draft' THEN
      RAISE EXCEPTION 'En gallring börjar som ett utkast' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.status IS DISTINCT FROM NEW.status AND NEW.status IN ('submitted', 'approved', 'executing')
     AND NEW.list_sha256 <> disposal_fingerprint(NEW.id) THEN
    RAISE EXCEPTION 'Gallringslistan är inte den som skickades' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.status = 'approved' AND NEW.status = 'executing'
     AND coalesce((NEW.started_at AT TIME ZONE 'Europe/Stockholm')::date > NEW.approval_expires_on, true) THEN
    RAISE EXCEPTION 'Beslutet om gallringen är för gammalt' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END;
$$;

-- A gallringsuppgift tells of the very object on the list, and one in the ledger of a gallringsuppgift that is there.
CREATE FUNCTION guard_tombstone() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM archive_disposalitem item
                 WHERE (item.id, item.record_type, item.kind, item.object_id)
                     = (NEW.item_id, NEW.record_type, NEW.kind, NEW.object_id)) THEN
    RAISE EXCEPTION 'En gallringsuppgift gäller det som står i listan' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END;
$$;

-- The owner reads back what the database has lost: what the ledger tells of is then all that is left of it.
CREATE FUNCTION guard_ledger_tombstone() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.kind = 'tombstone'
     AND current_user <> (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID)
     AND NOT EXISTS (SELECT FROM archive_tombstone stone
                     WHERE (stone.id::text, stone.record_type, stone.object_id::text)
                         = (NEW.content ->> 'tombstone', NEW.content ->> 'record_type', NEW.content ->> 'object')
                       AND stone.id = (NEW.content ->> 'tombstone')::uuid) THEN
    RAISE EXCEPTION 'Liggaren säger bara det som är gallrat' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END;
$$;

-- A history row of an object that has gone in a gallring which is still being carried out: it was on its way in.
CREATE OR REPLACE FUNCTION left_behind(table_name text, old_row jsonb) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM archive_disposalreach reach
    JOIN archive_tombstone stone ON stone.object_id = (old_row ->> reach.object_column)::uuid
    JOIN archive_disposalitem item ON item.id = stone.item_id AND item.record_type = reach.record_type
      AND item.object_id = stone.object_id AND item.status = 'destroyed' AND item.choice = 'destroy'
    JOIN archive_disposalrun run ON run.id = item.run_id
    WHERE reach.table_name = $1 AND reach.key_column = 'history_id' AND reach.object_column <> ''
      AND run.id = current_setting('archive.disposal_sweep')::uuid AND run.status = 'executing')
$$;
"""
AS_BEFORE = """
CREATE OR REPLACE FUNCTION lock_what_holds() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  LOCK TABLE archive_hold, archive_holditem, archive_holdquery, archive_assertion, archive_retentionplan IN SHARE MODE
$$;
CREATE OR REPLACE FUNCTION left_behind(table_name text, old_row jsonb) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM archive_disposalreach reach
    JOIN archive_tombstone stone ON stone.object_id = (old_row ->> reach.object_column)::uuid
    JOIN archive_disposalitem item ON item.id = stone.item_id AND item.record_type = reach.record_type
    JOIN archive_disposalrun run ON run.id = item.run_id
    WHERE reach.table_name = $1 AND reach.key_column = 'history_id' AND reach.object_column <> ''
      AND run.id = current_setting('archive.disposal_sweep')::uuid AND run.status = 'executing')
$$;
DROP FUNCTION guard_ledger_tombstone(); DROP FUNCTION guard_tombstone();
DROP FUNCTION guard_disposal_begins(); DROP FUNCTION disposal_fingerprint(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [("archive", "0113_receipt_for_what_is_within")]
    operations = [
        migrations.RunSQL(FUNCTIONS, AS_BEFORE),
        pgtrigger.migrations.AddTrigger(
            model_name='disposalrun',
            trigger=pgtrigger.compiler.Trigger(name='disposal_begins', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_disposal_begins()', func='RETURN NULL;', hash='41d93c19436bdfbdfcb49108929f20f157b545e6', operation='INSERT OR UPDATE', pgid='pgtrigger_disposal_begins_8ee0f', table='archive_disposalrun', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ledgerentry',
            trigger=pgtrigger.compiler.Trigger(name='ledger_tells_what_is', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_ledger_tombstone()', func='RETURN NULL;', hash='b3793e03bbc9d2c44938c6908a0c29a254b679e2', operation='INSERT', pgid='pgtrigger_ledger_tells_what_is_4c2ad', table='archive_ledgerentry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tombstone',
            trigger=pgtrigger.compiler.Trigger(name='tombstone_of_the_list', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_tombstone()', func='RETURN NULL;', hash='8da7ad058570aec81b3e1bf93f849ff11e915477', operation='INSERT', pgid='pgtrigger_tombstone_of_the_list_ea6c7', table='archive_tombstone', when='BEFORE')),
        ),
    ]
