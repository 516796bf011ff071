import archive.enums
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models

FUNCTIONS = """
CREATE FUNCTION guard_transfer() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'En leverans bevaras: den kan inte tas bort' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.status IS DISTINCT FROM NEW.status AND (OLD.status, NEW.status) NOT IN (
       ('draft', 'packing'), ('packing', 'draft'), ('packing', 'packed'), ('packed', 'packing'),
       ('packed', 'handed_over'), ('handed_over', 'received'),
       ('draft', 'cancelled'), ('packing', 'cancelled'), ('packed', 'cancelled'), ('handed_over', 'cancelled')) THEN
    RAISE EXCEPTION 'En leverans kan inte gå från % till %', OLD.status, NEW.status
      USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.status IN ('received', 'cancelled')
     OR (OLD.id, OLD.board_id, OLD.plan_id, OLD.through, OLD.prepared_by_id) IS DISTINCT FROM
        (NEW.id, NEW.board_id, NEW.plan_id, NEW.through, NEW.prepared_by_id)
     OR OLD.status = 'handed_over' AND OLD.handed_over_on IS DISTINCT FROM NEW.handed_over_on THEN
    RAISE EXCEPTION 'Leveransen ändras inte så' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.status = 'packed' AND OLD.status = 'packing'
     AND NOT EXISTS (SELECT FROM archive_transferpackage WHERE transfer_id = NEW.id AND removed_at IS NULL) THEN
    RAISE EXCEPTION 'Leveransen har inget paket' USING ERRCODE = 'restrict_violation';
  END IF;
  -- The receipt stands in the board's own diarium, as something that came in.
  IF NEW.status = 'received' AND NOT EXISTS (
       SELECT FROM archive_document document JOIN archive_matter matter ON matter.id = document.matter_id
       WHERE document.id = NEW.receipt_id AND document.direction = 'incoming' AND document.cancelled_at IS NULL
         AND matter.board_id = NEW.board_id) THEN
    RAISE EXCEPTION 'Kvittensen är ingen inkommen handling i nämndens diarium' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END;
$$;

CREATE FUNCTION guard_transfer_item() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  transfer_status text;
BEGIN
  -- Locked, so that the leverans is not packed between this look and the commit.
  SELECT status INTO transfer_status FROM archive_transfer
    WHERE id = CASE WHEN TG_OP = 'INSERT' THEN NEW.transfer_id ELSE OLD.transfer_id END FOR SHARE;
  IF TG_OP = 'DELETE' AND transfer_status = 'draft' THEN
    RETURN OLD;
  END IF;
  IF TG_OP = 'INSERT' AND transfer_status = 'draft' AND NEW.sha256 = '' THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND transfer_status = 'packing'
     AND to_jsonb(OLD) - 'sha256' = to_jsonb(NEW) - 'sha256' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'Det som är packat ändras inte' USING ERRCODE = 'restrict_violation';
END;
$$;

CREATE FUNCTION guard_transfer_package() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.removed_at IS NULL AND to_jsonb(OLD) - 'removed_at' = to_jsonb(NEW) - 'removed_at' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'Uppgifterna om ett paket bevaras' USING ERRCODE = 'restrict_violation';
END;
$$;

-- What the plan disposes of after a leverans goes on no list, and from none, unless the e-archive has receipted it.
CREATE FUNCTION guard_disposal_after_receipt() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
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
FORGET = """
DROP FUNCTION guard_disposal_after_receipt(); DROP FUNCTION guard_transfer_package();
DROP FUNCTION guard_transfer_item(); DROP FUNCTION guard_transfer();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0101_user_who_left'),
        ('archive', '0101_handover_account'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS, FORGET),
        migrations.CreateModel(
            name='HistoricalTransfer',
            fields=[
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('through', models.DateField(verbose_name='till och med')),
                ('as_bag', models.BooleanField(default=False, verbose_name='i en BagIt-påse')),
                ('status', models.CharField(choices=[('draft', 'Förbereds'), ('packing', 'Packas'), ('packed', 'Packad'), ('handed_over', 'Överlämnad'), ('received', 'Kvitterad'), ('cancelled', 'Avbruten')], default='draft', max_length=12, verbose_name='läge')),
                ('prepared_at', models.DateTimeField(verbose_name='förberedd')),
                ('packed_as_of', models.DateTimeField(blank=True, null=True, verbose_name='packas')),
                ('failure', models.CharField(blank=True, max_length=500, verbose_name='varför det inte gick')),
                ('handed_over_on', models.DateField(blank=True, null=True, verbose_name='överlämnad')),
                ('receipt_on', models.DateField(blank=True, null=True, verbose_name='kvitterad')),
                ('cancelled_why', models.CharField(blank=True, max_length=500, verbose_name='skäl')),
                ('history_change_reason', models.CharField(max_length=1000, verbose_name='anledning')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical leverans',
                'verbose_name_plural': 'historical leveranss',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalTransferDetails',
            fields=[
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('organisation_number', models.CharField(max_length=11, verbose_name='organisationsnummer')),
                ('receiver', models.CharField(max_length=120, verbose_name='e-arkivets namn')),
                ('agreement', models.CharField(blank=True, max_length=60, verbose_name='leveransöverenskommelse')),
                ('history_change_reason', models.CharField(max_length=1000, verbose_name='anledning')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical uppgifter för leverans',
                'verbose_name_plural': 'historical uppgifter för leveranss',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('through', models.DateField(verbose_name='till och med')),
                ('as_bag', models.BooleanField(default=False, verbose_name='i en BagIt-påse')),
                ('status', models.CharField(choices=[('draft', 'Förbereds'), ('packing', 'Packas'), ('packed', 'Packad'), ('handed_over', 'Överlämnad'), ('received', 'Kvitterad'), ('cancelled', 'Avbruten')], default='draft', max_length=12, verbose_name='läge')),
                ('prepared_at', models.DateTimeField(verbose_name='förberedd')),
                ('packed_as_of', models.DateTimeField(blank=True, null=True, verbose_name='packas')),
                ('failure', models.CharField(blank=True, max_length=500, verbose_name='varför det inte gick')),
                ('handed_over_on', models.DateField(blank=True, null=True, verbose_name='överlämnad')),
                ('receipt_on', models.DateField(blank=True, null=True, verbose_name='kvitterad')),
                ('cancelled_why', models.CharField(blank=True, max_length=500, verbose_name='skäl')),
            ],
            options={
                'verbose_name': 'leverans',
                'ordering': ['-prepared_at'],
            },
        ),
        migrations.CreateModel(
            name='TransferDetails',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('organisation_number', models.CharField(max_length=11, verbose_name='organisationsnummer')),
                ('receiver', models.CharField(max_length=120, verbose_name='e-arkivets namn')),
                ('agreement', models.CharField(blank=True, max_length=60, verbose_name='leveransöverenskommelse')),
            ],
            options={
                'verbose_name': 'uppgifter för leverans',
            },
        ),
        migrations.CreateModel(
            name='TransferItem',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('record_type', models.CharField(max_length=40, verbose_name='handlingstyp')),
                ('kind', models.CharField(max_length=60, verbose_name='slag')),
                ('object_id', models.UUIDField(verbose_name='objekt')),
                ('sha256', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'verbose_name': 'rad i en leverans',
                'ordering': ['record_type', 'id'],
            },
        ),
        migrations.CreateModel(
            name='TransferPackage',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='namn i lagringen')),
                ('size', models.PositiveBigIntegerField(verbose_name='byte')),
                ('files', models.PositiveIntegerField(verbose_name='filer')),
                ('sha256', models.CharField(max_length=64)),
                ('mets_sha256', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField(verbose_name='gjort')),
                ('removed_at', models.DateTimeField(blank=True, null=True, verbose_name='borttaget')),
            ],
            options={
                'verbose_name': 'paket',
                'ordering': ['-made_at'],
            },
        ),
        migrations.CreateModel(
            name='TransferReading',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(verbose_name='när')),
            ],
            options={
                'verbose_name': 'hämtning av ett paket',
                'ordering': ['-at'],
            },
        ),
        migrations.AlterField(
            model_name='historicalretentionrule',
            name='starts_from',
            field=models.CharField(blank=True, choices=[('created', 'handlingen kom in eller upprättades'), ('closed', 'det avslutades'), ('registered', 'det registrerades'), ('account_closed', 'kontot avslutades'), ('asserted', 'någon intygade att det är inaktuellt'), ('transferred', 'e-arkivet kvitterade leveransen')], max_length=20, verbose_name='tiden räknas från att'),
        ),
        migrations.AlterField(
            model_name='retentionrule',
            name='starts_from',
            field=models.CharField(blank=True, choices=[('created', 'handlingen kom in eller upprättades'), ('closed', 'det avslutades'), ('registered', 'det registrerades'), ('account_closed', 'kontot avslutades'), ('asserted', 'någon intygade att det är inaktuellt'), ('transferred', 'e-arkivet kvitterade leveransen')], max_length=20, verbose_name='tiden räknas från att'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='disposalitem',
            trigger=pgtrigger.compiler.Trigger(name='disposal_item_receipted', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_disposal_after_receipt()', func='RETURN NULL;', hash='c343294536b4f99480e9652221f31c208143cd20', operation='INSERT OR UPDATE', pgid='pgtrigger_disposal_item_receipted_f7619', table='archive_disposalitem', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='historicaltransfer',
            name='board',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.board', verbose_name='nämnd'),
        ),
        migrations.AddField(
            model_name='historicaltransfer',
            name='history_user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicaltransfer',
            name='plan',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='archive.retentionplan', verbose_name='plan'),
        ),
        migrations.AddField(
            model_name='historicaltransfer',
            name='prepared_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='förberedd av'),
        ),
        migrations.AddField(
            model_name='historicaltransfer',
            name='receipt',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='archive.document', verbose_name='kvittens'),
        ),
        migrations.AddField(
            model_name='historicaltransferdetails',
            name='board',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.board', verbose_name='nämnd'),
        ),
        migrations.AddField(
            model_name='historicaltransferdetails',
            name='history_user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='transfer',
            name='board',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='accounts.board', verbose_name='nämnd'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='archive.retentionplan', verbose_name='plan'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='prepared_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='förberedd av'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='receipt',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='archive.document', verbose_name='kvittens'),
        ),
        migrations.AddField(
            model_name='transferdetails',
            name='board',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='transfer_details', to='accounts.board', verbose_name='nämnd'),
        ),
        migrations.AddField(
            model_name='transferitem',
            name='transfer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='archive.transfer'),
        ),
        migrations.AddField(
            model_name='transferpackage',
            name='transfer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='packages', to='archive.transfer'),
        ),
        migrations.AddField(
            model_name='transferreading',
            name='transfer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='archive.transfer'),
        ),
        migrations.AddField(
            model_name='transferreading',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='historicaltransfer',
            index=models.Index(fields=['id', 'history_date'], name='transfer_history'),
        ),
        migrations.AddConstraint(
            model_name='historicaltransfer',
            constraint=models.CheckConstraint(condition=models.Q(('history_change_reason', ''), _negated=True), name='archive_transfer_history_reason_given'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='historicaltransfer',
            trigger=pgtrigger.compiler.Trigger(name='append_only_row', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='2679d1c9b66a752abc4caa24318b8fb1e6da676b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_row_0e0f6', table='archive_historicaltransfer', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='historicaltransfer',
            trigger=pgtrigger.compiler.Trigger(name='append_only_table', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='6e432090e3b9c893afd0f306f950a9f0e9d5d5be', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_table_ff11c', table='archive_historicaltransfer', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='historicaltransferdetails',
            index=models.Index(fields=['id', 'history_date'], name='transferdetails_history'),
        ),
        migrations.AddConstraint(
            model_name='historicaltransferdetails',
            constraint=models.CheckConstraint(condition=models.Q(('history_change_reason', ''), _negated=True), name='archive_transferdetails_history_reason_given'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='historicaltransferdetails',
            trigger=pgtrigger.compiler.Trigger(name='append_only_row', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='d981e8cceda53a6c815b46336daa559139c3b929', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_row_f4ce3', table='archive_historicaltransferdetails', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='historicaltransferdetails',
            trigger=pgtrigger.compiler.Trigger(name='append_only_table', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='6546e3b315e260fdd83ed38b56407d944e4f0e9d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_table_aada7', table='archive_historicaltransferdetails', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', archive.enums.TransferStatus)), name='transfer_status_known'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ('draft', 'cancelled')), ('packed_as_of__isnull', False), _connector='OR'), name='transfer_packed_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('handed_over', 'received')), _negated=True), ('handed_over_on__isnull', False), _connector='OR'), name='transfer_handed_over_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('receipt__isnull', False), ('receipt_on__isnull', False), ('status', 'received')), models.Q(models.Q(('status', 'received'), _negated=True), ('receipt__isnull', True), ('receipt_on__isnull', True)), _connector='OR'), name='transfer_received_has_its_receipt'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'cancelled'), _negated=True), models.Q(('cancelled_why', ''), _negated=True), _connector='OR'), name='transfer_cancelled_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ('received', 'cancelled')), _negated=True), fields=('board',), name='one_unfinished_transfer_per_board'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.UniqueConstraint(fields=('receipt',), name='transfer_receipt_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='transfer',
            trigger=pgtrigger.compiler.Trigger(name='transfer_kept', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_transfer()', func='RETURN NULL;', hash='62f3cb4ebe93195999efcc6c716dbc3fdbeefd3d', operation='UPDATE OR DELETE', pgid='pgtrigger_transfer_kept_5c5ed', table='archive_transfer', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='transferdetails',
            constraint=models.CheckConstraint(condition=models.Q(('organisation_number__regex', '^[0-9]{6}-[0-9]{4}$'), models.Q(('receiver', ''), _negated=True)), name='transfer_details_whole'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='transferdetails',
            trigger=pgtrigger.compiler.Trigger(name='row_kept', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='6a0da2d7e321f5e191a178baa5c536a4375dc3ce', operation='DELETE', pgid='pgtrigger_row_kept_4a0c4', table='archive_transferdetails', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='transferdetails',
            trigger=pgtrigger.compiler.Trigger(name='table_kept', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='7af27b19a45f50fee2f38ce20f342861e1825598', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_table_kept_3f224', table='archive_transferdetails', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='transferitem',
            index=models.Index(fields=['kind', 'object_id'], name='transfer_item_by_object'),
        ),
        migrations.AddConstraint(
            model_name='transferitem',
            constraint=models.UniqueConstraint(fields=('transfer', 'kind', 'object_id'), name='transfer_item_once'),
        ),
        migrations.AddConstraint(
            model_name='transferitem',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^([0-9a-f]{64})?$')), name='transfer_item_fingerprinted'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='transferitem',
            trigger=pgtrigger.compiler.Trigger(name='transfer_item_kept', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_transfer_item()', func='RETURN NULL;', hash='dbab53a9570e7eec0b3780eb4aac3c7b332f5889', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_transfer_item_kept_67942', table='archive_transferitem', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='transferpackage',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$'), ('mets_sha256__regex', '^[0-9a-f]{64}$')), name='transfer_package_fingerprinted'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='transferpackage',
            trigger=pgtrigger.compiler.Trigger(name='transfer_package_kept', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_transfer_package()', func='RETURN NULL;', hash='f031e83f33660fa15d07a17f23dc8afabc6d3a4c', operation='UPDATE OR DELETE', pgid='pgtrigger_transfer_package_kept_fce33', table='archive_transferpackage', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='transferreading',
            trigger=pgtrigger.compiler.Trigger(name='append_only_row', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='a729140a255ac3264c004038fa27d371e5856b80', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_row_3b896', table='archive_transferreading', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='transferreading',
            trigger=pgtrigger.compiler.Trigger(name='append_only_table', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='1bf608f04b30cd754b04ec7399ebb9d764bd9b69', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_table_088e5', table='archive_transferreading', when='BEFORE')),
        ),
        # Written anew: a rule may now count from the receipt of a leverans.
        migrations.RemoveConstraint(model_name='retentionrule', name='retention_rule_whole'),
        migrations.AddConstraint(
            model_name='retentionrule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('action', 'preserve'), ('starts_from', ''), ('year_end', False), ('years__isnull', True)), models.Q(('action', 'after_years'), ('starts_from__in', archive.enums.StartsFrom), ('years__lte', 200)), models.Q(('action', 'when_irrelevant'), ('starts_from', 'asserted'), ('year_end', False), ('years__isnull', True)), _connector='OR'), name='retention_rule_whole'),
        ),
    ]
