"""What the portal's own database role may do: everything but own a table or touch what has been."""

from typing import Final

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

# What the portal obeys and only migrations write: how far a gallring reaches (R18).
OWNERS_ALONE: Final = "archive_disposalreach"


def grant_to_portal(connection: BaseDatabaseWrapper, *, role: str) -> None:
    """Give the role its rights, as the owner. Rows of append-only tables it may add and read, and no more."""
    quote = connection.ops.quote_name
    portal = quote(role)
    kept = ", ".join(quote(model._meta.db_table) for model in append_only_models())
    statements = [
        f"GRANT USAGE ON SCHEMA public TO {portal}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {portal}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {portal}",
        f"REVOKE UPDATE, DELETE ON {kept} FROM {portal}",
        f"REVOKE INSERT, UPDATE, DELETE ON django_migrations, {OWNERS_ALONE} FROM {portal}",
    ]
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def append_only_models() -> list[type[Model]]:
    """Return the models whose rows are added and never changed: every history, and the records that say so."""
    return [
        model
        for model in apps.get_models()
        if any(trigger.name == "append_only_row" for trigger in getattr(model._meta, "triggers", []))
    ]
