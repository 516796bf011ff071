from django.db import migrations

# A search for a word that stands nowhere must not read the diarium through: PostgreSQL takes each word that it does not
# know of for one that stands in some hundred handlingar, and knows of as many as it is told to count.
COUNT_WORDS = "ALTER TABLE archive_documentindex ALTER COLUMN words SET STATISTICS 5000"
AS_BEFORE = "ALTER TABLE archive_documentindex ALTER COLUMN words SET STATISTICS -1"


class Migration(migrations.Migration):
    dependencies = [("archive", "0086_disposal_advice")]

    operations = [migrations.RunSQL(COUNT_WORDS, AS_BEFORE)]
