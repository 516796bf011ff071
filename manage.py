#!/usr/bin/env python
"""Django's command line. Without DATABASE_URL it uses the project's own PostgreSQL, and starts it when needed."""

import os
import secrets
import sys

from laholm_sociala.cluster import ClusterError, default_cluster
from laholm_sociala.demo import environment as demo_environment

WITHOUT_DATABASE = frozenset(
    {"help", "version", "--help", "-h", "--version", "collectstatic", "findstatic", "compilemessages", "makemessages"}
)

# They write nothing that a later process must recognise as ours, so any key will do.
WITHOUT_SECRET = frozenset({"deadline", "check_diary", "makemigrations", "showmigrations", "sqlmigrate"})


def choose_database(arguments: list[str]) -> None:
    """Point DATABASE_URL and DATABASE_OWNER_URL at the project's own cluster, unless a server is chosen."""
    if os.environ.get("DATABASE_URL", "").strip():
        return
    command = arguments[1] if len(arguments) > 1 else "help"
    if command in WITHOUT_DATABASE or "--help" in arguments or asks_nothing(command, arguments):
        # The settings want an address, but nothing will be asked of it: the programs need not even be installed.
        portal = owner = "postgresql:///laholm"
    else:
        cluster = default_cluster()
        cluster.start()
        portal, owner = cluster.url("laholm_portal"), cluster.url("laholm_owner")
    os.environ["DATABASE_URL"], os.environ["DATABASE_OWNER_URL"] = portal, owner


def asks_nothing(command: str, arguments: list[str]) -> bool:
    """Tell whether the command, with these arguments, leaves the database alone."""
    if command == "deadline":  # a calendar of its own says all it needs
        return any(argument.split("=")[0] == "--calendar" for argument in arguments)
    return command == "check" and "--database" not in arguments


def main() -> None:
    """Run the command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laholm_sociala.settings")
    if sys.argv[1:2] == ["demo"]:
        demo_environment.prepare(sys.argv[2:])
    if sys.argv[1:2] and sys.argv[1] in WITHOUT_SECRET and not os.environ.get("SECRET_KEY", "").strip():
        os.environ["SECRET_KEY"] = secrets.token_urlsafe(64)
    try:
        choose_database(sys.argv)
    except ClusterError as error:
        sys.exit(str(error))

    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
