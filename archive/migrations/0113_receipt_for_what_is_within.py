from django.db import migrations

# What belongs to an object and goes with it is asked for too: a copy of a post goes with no post before it is receipted.
FUNCTION = """
CREATE OR REPLACE FUNCTION guard_disposal_after_receipt() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
  within record;
  missing boolean;
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.status <> 'destroyed' THEN
    RETURN NEW;
  END IF;
  IF NOT EXISTS (
       SELECT FROM archive_disposalrun run JOIN archive_retentionrule rule ON rule.plan_id = run.plan_id
       WHERE run.id = NEW.run_id AND rule.starts_from = 'transferred') THEN
    RETURN NEW;
  END IF;
  IF EXISTS (
       SELECT FROM archive_disposalrun run JOIN archive_retentionrule rule ON rule.plan_id = run.plan_id
       WHERE run.id = NEW.run_id AND rule.record_type = NEW.record_type AND rule.starts_from = 'transferred')
     AND NOT is_receipted(NEW.kind, NEW.object_id) THEN
    RAISE EXCEPTION 'E-arkivet har inte kvitterat det' USING ERRCODE = 'restrict_violation';
  END IF;
  -- Once an object has gone, so has all within it: then there is nothing left to ask of.
  FOR within IN
    SELECT own.table_name, own.key_column, reach.condition, replace(own.table_name, '_', '.') AS kind
    FROM archive_disposalreach reach
      JOIN archive_disposalreach own ON own.table_name = reach.table_name AND own.record_type <> reach.record_type
        AND own.object_column = own.key_column AND own.statement LIKE 'DELETE FROM %'
      JOIN archive_retentionrule rule ON rule.record_type = own.record_type AND rule.starts_from = 'transferred'
      JOIN archive_disposalrun run ON run.plan_id = rule.plan_id AND run.id = NEW.run_id
    -- Mail that tells of an object is another board's, with a rule of its own in that board's plan.
    WHERE reach.record_type = NEW.record_type AND reach.statement LIKE 'DELETE FROM %' AND own.record_type <> 'mail'
  LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %I AS part WHERE %s AND NOT is_receipted($2, part.%I))',
                   within.table_name, within.condition, within.key_column)
      INTO missing USING NEW.object_id, within.kind;
    IF missing THEN
      RAISE EXCEPTION 'E-arkivet har inte kvitterat det som hör till det' USING ERRCODE = 'restrict_violation';
    END IF;
  END LOOP;
  RETURN NEW;
END;
$$;
"""
IS_RECEIPTED = """
CREATE FUNCTION is_receipted(of_kind text, object uuid) RETURNS boolean LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM archive_transferitem item JOIN archive_transfer transfer ON transfer.id = item.transfer_id
      JOIN archive_document receipt ON receipt.id = transfer.receipt_id
    WHERE item.kind = of_kind AND item.object_id = object AND item.sha256 <> ''
      AND transfer.status = 'received' AND receipt.cancelled_at IS NULL);
$$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION guard_disposal_after_receipt() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.status <> 'destroyed' THEN
    RETURN NEW;
  END IF;
  IF EXISTS (
       SELECT FROM archive_disposalrun run JOIN archive_retentionrule rule ON rule.plan_id = run.plan_id
       WHERE run.id = NEW.run_id AND rule.record_type = NEW.record_type AND rule.starts_from = 'transferred')
     AND NOT EXISTS (
       SELECT FROM archive_transferitem item JOIN archive_transfer transfer ON transfer.id = item.transfer_id
         JOIN archive_document receipt ON receipt.id = transfer.receipt_id
       WHERE item.kind = NEW.kind AND item.object_id = NEW.object_id AND item.sha256 <> ''
         AND transfer.status = 'received' AND receipt.cancelled_at IS NULL) THEN
    RAISE EXCEPTION 'E-arkivet har inte kvitterat det' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END;
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("archive", "0112_transfer_items_left_out")]

    operations = [
        migrations.RunSQL(IS_RECEIPTED, "DROP FUNCTION is_receipted(text, uuid);"),
        migrations.RunSQL(FUNCTION, BEFORE),
    ]
