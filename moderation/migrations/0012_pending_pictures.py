"""Pictures that wait while the form they came with is corrected."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0011_readings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PendingPicture',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('file_name', models.CharField(max_length=200)),
                ('original', models.BinaryField()),
                ('sent_at', models.DateTimeField(db_index=True)),
            ],
            options={
                'verbose_name': 'bild som väntar',
                'ordering': ['sent_at', 'id'],
            },
        ),
        migrations.AddField(
            model_name='pendingpicture',
            name='owner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
    ]
