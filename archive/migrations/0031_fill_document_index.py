from django.db import migrations

FILL = """
INSERT INTO archive_documentindex (document_id, board_id, registered_at, text)
SELECT document.id, matter.board_id, document.registered_at,
       lower(concat_ws(' ', document.subject, document.correspondent, matter.designation, matter.subject))
FROM archive_document AS document JOIN archive_matter AS matter ON matter.id = document.matter_id
ON CONFLICT (document_id) DO NOTHING
"""


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0030_document_index'),
    ]

    operations = [
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
