import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


# The index follows the handling and its ärende in the very statement that writes them, whoever asks.
FUNCTIONS = """
CREATE FUNCTION index_document() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO archive_documentindex (document_id, board_id, registered_at, text)
  SELECT NEW.id, matter.board_id, NEW.registered_at,
         lower(concat_ws(' ', NEW.subject, NEW.correspondent, matter.designation, matter.subject))
  FROM archive_matter AS matter WHERE matter.id = NEW.matter_id
  ON CONFLICT (document_id) DO UPDATE SET text = EXCLUDED.text;
  RETURN NULL;
END;
$$;

CREATE FUNCTION index_matter() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.subject IS DISTINCT FROM OLD.subject THEN
    UPDATE archive_documentindex AS found
    SET text = lower(concat_ws(' ', document.subject, document.correspondent, NEW.designation, NEW.subject))
    FROM archive_document AS document WHERE document.matter_id = NEW.id AND found.document_id = document.id;
  END IF;
  RETURN NULL;
END;
$$;
"""
FORGET = "DROP FUNCTION index_matter(); DROP FUNCTION index_document();"


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0062_logo_exemption_revoked'),
        ('archive', '0021_access_within_the_board'),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS, FORGET),
        migrations.CreateModel(
            name='DocumentIndex',
            fields=[
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='index', serialize=False, to='archive.document')),
                ('registered_at', models.DateTimeField()),
                ('text', models.TextField()),
                ('words', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.SearchVector('text', config='swedish'), output_field=django.contrib.postgres.search.SearchVectorField())),
            ],
            options={
                'verbose_name': 'sökregister',
            },
        ),
        migrations.RemoveIndex(
            model_name='document',
            name='document_newest_first',
        ),
        migrations.RemoveIndex(
            model_name='document',
            name='document_by_words',
        ),
        migrations.RemoveIndex(
            model_name='document',
            name='document_by_part_of_word',
        ),
        migrations.RemoveField(
            model_name='document',
            name='search_text',
        ),
        migrations.RemoveField(
            model_name='document',
            name='search_words',
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['dated_on'], name='document_by_day'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='document_indexed', sql=pgtrigger.compiler.UpsertTriggerSql(execute='index_document()', func='RETURN NULL;', hash='3916389d509a8c011b00a01c5e8ca823e153dc34', operation='INSERT OR UPDATE', pgid='pgtrigger_document_indexed_2ec60', table='archive_document', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='matter',
            trigger=pgtrigger.compiler.Trigger(name='matter_indexed', sql=pgtrigger.compiler.UpsertTriggerSql(execute='index_matter()', func='RETURN NULL;', hash='9b9bf3f88e0a67cba75f607d716c6534abac521b', operation='UPDATE', pgid='pgtrigger_matter_indexed_1e998', table='archive_matter', when='AFTER')),
        ),
        migrations.AddField(
            model_name='documentindex',
            name='board',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.board'),
        ),
        migrations.AddIndex(
            model_name='documentindex',
            index=models.Index(fields=['board', '-registered_at', '-document'], name='document_index_by_board'),
        ),
        migrations.AddIndex(
            model_name='documentindex',
            index=models.Index(fields=['-registered_at', '-document'], name='document_index_newest_first'),
        ),
        migrations.AddIndex(
            model_name='documentindex',
            index=django.contrib.postgres.indexes.GinIndex(fields=['words'], name='document_index_by_words'),
        ),
        migrations.AddIndex(
            model_name='documentindex',
            index=django.contrib.postgres.indexes.GinIndex(fields=['text'], name='document_index_by_part', opclasses=['gin_trgm_ops']),
        ),
    ]
