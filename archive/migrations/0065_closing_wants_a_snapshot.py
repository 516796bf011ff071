"""PostgreSQL confirms no closing before a good snapshot of what the page became, or the manager's word (R20)."""

from django.db import migrations

GUARD = """
CREATE FUNCTION guard_closing_snapshot() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM archive_snapshot
    WHERE account_id = NEW.account_id
      AND (status = 'good' AND taken_at >= date_trunc('minute', NEW.requested_at)
           OR status = 'not_possible' AND verdict_at >= NEW.requested_at)
  ) THEN
    RAISE EXCEPTION 'Kontot saknar ögonblicksbild från tiden efter att avslutet begärdes'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END;
$$;
CREATE TRIGGER closing_wants_a_snapshot BEFORE UPDATE ON accounts_closing
FOR EACH ROW WHEN (OLD.confirmed_at IS NULL AND NEW.confirmed_at IS NOT NULL)
EXECUTE FUNCTION guard_closing_snapshot();
"""
UNDONE = """
DROP TRIGGER closing_wants_a_snapshot ON accounts_closing;
DROP FUNCTION guard_closing_snapshot();
"""


class Migration(migrations.Migration):
    dependencies = [("archive", "0083_dispose_again"), ("accounts", "0096_closing")]
    operations = [migrations.RunSQL(GUARD, UNDONE)]
