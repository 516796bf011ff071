"""The days of a list that an account has nobody, worked out in PostgreSQL.

Written as SQL since Django's own expressions ask about one day at a time: ten days ahead would be ten subqueries, in
every menu of the portal. This is one, however many days.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.models import Absence, Assignment, User

SQL = """ARRAY(
    SELECT asked.day FROM unnest({days}) AS asked(day)
    WHERE EXISTS (
        SELECT FROM {assignment} AS held WHERE held.account_id = {account}
        AND asked.day BETWEEN held.from_date AND COALESCE(held.to_date, asked.day)
    ) AND NOT EXISTS (
        SELECT FROM {assignment} AS held JOIN {user} AS holder ON holder.id = held.user_id
        WHERE held.account_id = {account} AND holder.is_active
        AND asked.day BETWEEN held.from_date AND COALESCE(held.to_date, asked.day)
        AND NOT EXISTS (
            SELECT FROM {absence} AS away WHERE away.user_id = held.user_id
            AND asked.day BETWEEN away.from_date AND COALESCE(away.to_date, asked.day)
        )
    ) ORDER BY asked.day
)"""


class DaysAlone(models.Func):
    """Of the days, those that somebody is named for the account and nobody of them is there, in order."""

    output_field = ArrayField(models.DateField())

    def __init__(self, days: Sequence[date]) -> None:
        super().__init__(models.F("pk"), models.Value(list(days), output_field=self.output_field))

    def as_sql(self, compiler: Any, connection: Any, **options: Any) -> tuple[str, list[Any]]:
        """Return the SQL. The account's own column has no parameters, so that the days are the only ones."""
        account, days = (compiler.compile(source) for source in self.get_source_expressions())
        tables = {model._meta.model_name: model._meta.db_table for model in (Assignment, User, Absence)}
        return SQL.format(account=account[0], days=days[0], **tables), list(days[1])
