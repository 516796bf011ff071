"""PostgreSQL lets no post wait on an account that is closed, and no account close in that very moment (R20)."""

from django.db import migrations

GUARD = """
CREATE FUNCTION guard_case_of_closed_account() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  stands text;
BEGIN
  -- Waits for whoever confirms a closing, and makes them wait for us: read after the wait, never before it.
  SELECT status INTO stands FROM accounts_account WHERE id = NEW.account_id FOR KEY SHARE;
  IF stands = 'closed' THEN
    RAISE EXCEPTION 'Kontot är avslutat: inget väntar på granskning där' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END;
$$;
CREATE TRIGGER case_opened_again_on_open_account BEFORE UPDATE ON moderation_case
FOR EACH ROW WHEN (OLD.status = 'closed' AND NEW.status <> 'closed')
EXECUTE FUNCTION guard_case_of_closed_account();
CREATE TRIGGER case_opened_on_open_account BEFORE INSERT ON moderation_case
FOR EACH ROW WHEN (NEW.status <> 'closed')
EXECUTE FUNCTION guard_case_of_closed_account();
"""
UNDONE = """
DROP TRIGGER case_opened_again_on_open_account ON moderation_case;
DROP TRIGGER case_opened_on_open_account ON moderation_case;
DROP FUNCTION guard_case_of_closed_account();
"""


class Migration(migrations.Migration):
    dependencies = [("moderation", "0052_rows_kept"), ("accounts", "0096_closing")]
    operations = [migrations.RunSQL(GUARD, UNDONE)]
