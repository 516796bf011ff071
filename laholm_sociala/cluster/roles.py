"""The two roles and the database: the owner migrates, the portal owns nothing."""

from pathlib import Path

import psycopg
from psycopg import sql

from laholm_sociala.cluster.errors import failure
from laholm_sociala.cluster.sockets import PORT

SUPERUSER = "postgres"
DATABASE = "laholm"
ROLES = {"owner": "laholm_owner", "portal": "laholm_portal"}
CREATE_ROLES = {
    "laholm_owner": "CREATE ROLE laholm_owner LOGIN CREATEDB",
    "laholm_portal": "CREATE ROLE laholm_portal LOGIN",
}


def create_roles_and_database(folder: Path) -> None:
    """Create what is missing of the roles and the database; what exists is left as it is."""
    try:
        # Not one transaction: CREATE DATABASE refuses that. Each step is taken only once, whenever we were stopped.
        with psycopg.connect(
            host=str(folder), port=PORT, user=SUPERUSER, dbname="postgres", autocommit=True, connect_timeout=20
        ) as connection:
            existing = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
            for role, statement in CREATE_ROLES.items():
                if role not in existing:
                    connection.execute(sql.SQL(statement))
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                # The owner of a database may create in its schema `public`; since version 15 nobody else may.
                connection.execute(
                    sql.SQL("CREATE DATABASE {} OWNER {}").format(
                        sql.Identifier(DATABASE), sql.Identifier(ROLES["owner"])
                    )
                )
    except psycopg.Error as error:
        raise failure("Databasens roller kunde inte skapas.", str(error)) from error
