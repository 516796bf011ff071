"""A package to the e-archive that was taken home is a reading too: who took it does not go through that month (R15)."""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION guard_access_review() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
  first timestamptz := NEW.month::timestamp AT TIME ZONE 'Europe/Stockholm';
  after timestamptz := (NEW.month + interval '1 month')::timestamp AT TIME ZONE 'Europe/Stockholm';
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF disposal_permitted(TG_TABLE_NAME, to_jsonb(OLD)) THEN
      RETURN OLD;
    END IF;
    RAISE EXCEPTION 'En genomgång kan inte tas bort' USING ERRCODE = 'restrict_violation';
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.reviewed_at IS NOT NULL THEN
    RAISE EXCEPTION 'Månaden är redan genomgången' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.reviewed_by_id IS NOT NULL AND (EXISTS (
    SELECT FROM moderation_restrictedview AS seen JOIN moderation_case ON moderation_case.id = seen.case_id
    WHERE seen.user_id = NEW.reviewed_by_id AND seen.month = NEW.month AND moderation_case.board_id = NEW.board_id
  ) OR EXISTS (
    SELECT FROM archive_documentview AS seen
    JOIN archive_document AS document ON document.id = seen.document_id
    JOIN archive_matter AS matter ON matter.id = document.matter_id
    WHERE seen.user_id = NEW.reviewed_by_id AND matter.board_id = NEW.board_id AND seen.at >= first AND seen.at < after
  ) OR EXISTS (
    SELECT FROM archive_handoverview AS seen JOIN archive_handover AS handover ON handover.id = seen.handover_id
    WHERE seen.user_id = NEW.reviewed_by_id AND handover.board_id = NEW.board_id
      AND seen.at >= first AND seen.at < after
  ){packages}) THEN
    RAISE EXCEPTION 'Ingen går igenom sin egen läsning' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END;
$$;
"""
PACKAGES = """ OR EXISTS (
    SELECT FROM archive_transferreading AS seen JOIN archive_transfer AS transfer ON transfer.id = seen.transfer_id
    WHERE seen.user_id = NEW.reviewed_by_id AND transfer.board_id = NEW.board_id
      AND seen.at >= first AND seen.at < after
  )"""
NOW, BEFORE = FUNCTION.replace("{packages}", PACKAGES), FUNCTION.replace("{packages}", "")


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0110_transfers"),
        ("moderation", "0054_access_review_rows_kept"),
    ]
    operations = [migrations.RunSQL(NOW, BEFORE)]
