"""PostgreSQL confirms no closing while a post on the account still waits (R20)."""

from django.db import migrations

GUARD = """
CREATE FUNCTION guard_closing_cases() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM moderation_case WHERE account_id = NEW.account_id AND status IN ('new', 'decided')) THEN
    RAISE EXCEPTION 'Kontot har inlägg kvar att granska' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END;
$$;
CREATE TRIGGER closing_wants_no_open_case BEFORE UPDATE ON accounts_closing
FOR EACH ROW WHEN (OLD.confirmed_at IS NULL AND NEW.confirmed_at IS NOT NULL)
EXECUTE FUNCTION guard_closing_cases();
"""
UNDONE = """
DROP TRIGGER closing_wants_no_open_case ON accounts_closing;
DROP FUNCTION guard_closing_cases();
"""


class Migration(migrations.Migration):
    dependencies = [("moderation", "0050_review_of_the_diary"), ("accounts", "0096_closing")]
    operations = [migrations.RunSQL(GUARD, UNDONE)]
