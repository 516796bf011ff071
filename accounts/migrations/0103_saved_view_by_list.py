import accounts.enums
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0102_platform_open_to_visitors'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='savedview',
            name='saved_view_name_once_per_person',
        ),
        migrations.AddField(
            model_name='savedview',
            name='list',
            field=models.CharField(choices=[('register', 'Registret'), ('diary', 'Diariet')], default='register', max_length=10, verbose_name='lista'),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.CheckConstraint(condition=models.Q(('list__in', accounts.enums.ViewedList)), name='saved_view_list_known'),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.UniqueConstraint(fields=('owner', 'list', 'name'), name='saved_view_name_once_per_list'),
        ),
    ]
