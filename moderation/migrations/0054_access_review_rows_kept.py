"""A month whose readings were gone through goes in a gallring alone, one by one."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('moderation', '0053_nothing_waits_on_a_closed_account'),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name='accessreview',
            trigger=pgtrigger.compiler.Trigger(name='row_kept', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='fb9e4d92b96dbf8efccf20875c37bfbfefd6df34', operation='DELETE', pgid='pgtrigger_row_kept_2ac9a', table='moderation_accessreview', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='accessreview',
            trigger=pgtrigger.compiler.Trigger(name='table_kept', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='fb0fe81e54ef13c1de2c9043474303c1a9883468', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_table_kept_7ed91', table='moderation_accessreview', when='BEFORE')),
        ),
    ]
