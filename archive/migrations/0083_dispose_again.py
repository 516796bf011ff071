"""After a restore from backup: what has a tombstone in the ledger goes again, as the owner alone can ask (R18)."""

from django.db import migrations

FUNCTIONS = """
ALTER FUNCTION disposal_permitted(text, jsonb) RENAME TO in_executing_disposal;

-- That an object has a tombstone in the ledger is a decision that was carried out. Only the tables' owner may say so:
-- the portal's own role could write such an entry itself.
CREATE FUNCTION disposed_before(table_name text, old_row jsonb) RETURNS boolean
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

CREATE FUNCTION disposal_permitted(table_name text, old_row jsonb) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT in_executing_disposal($1, $2) OR disposed_before($1, $2)
$$;

CREATE FUNCTION dispose_again(entry uuid) RETURNS bigint
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  told jsonb;
  way archive_disposalreach;
  number bigint;
  total bigint := 0;
BEGIN
  SELECT content INTO STRICT told FROM archive_ledgerentry WHERE id = entry AND kind = 'tombstone';
  PERFORM set_config('archive.disposal_replay', entry::text, true);
  FOR way IN SELECT * FROM archive_disposalreach WHERE record_type = told ->> 'record_type' ORDER BY position LOOP
    EXECUTE way.statement USING (told ->> 'object')::uuid;
    GET DIAGNOSTICS number = ROW_COUNT;
    IF way.statement LIKE 'DELETE %' THEN
      total := total + number;
    END IF;
  END LOOP;
  PERFORM set_config('archive.disposal_replay', '', true);
  RETURN total;
END;
$$;
REVOKE EXECUTE ON FUNCTION dispose_again(uuid) FROM PUBLIC;
"""
AS_BEFORE = """
DROP FUNCTION dispose_again(uuid); DROP FUNCTION disposal_permitted(text, jsonb);
DROP FUNCTION disposed_before(text, jsonb);
ALTER FUNCTION in_executing_disposal(text, jsonb) RENAME TO disposal_permitted;
"""


class Migration(migrations.Migration):
    dependencies = [("archive", "0082_permit_disposal")]
    operations = [migrations.RunSQL(FUNCTIONS, AS_BEFORE)]
