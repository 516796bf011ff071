"""Start, stop and ask for the project's own PostgreSQL: python -m laholm_sociala.cluster start."""

import sys
from argparse import ArgumentParser
from typing import NoReturn

from laholm_sociala.cluster import Cluster, ClusterError, default_cluster, test_cluster
from laholm_sociala.cluster.roles import ROLES

USAGE = """python -m laholm_sociala.cluster start|stop|status|url [--role owner|portal] [--test]

  start    starta databasen, och skapa den första gången
  stop     stoppa databasen
  status   säg om databasen svarar
  url      skriv adressen, att använda som DATABASE_URL
  --role   vems adress: owner för migreringar, annars portal
  --test   testernas databas i stället för demons"""
NOT_RUNNING = 3


class SwedishParser(ArgumentParser):
    """Answers a mistake with the whole usage, in Swedish."""

    def error(self, message: str) -> NoReturn:  # argparse says it in English
        """Print how the command is used, and exit."""
        self.exit(2, f"Så används kommandot:\n\n{USAGE}\n")


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks, and return the exit status."""
    parser = SwedishParser(add_help=False)
    parser.add_argument("action", choices=("start", "stop", "status", "url"))
    parser.add_argument("--role", choices=sorted(ROLES), default="portal")
    parser.add_argument("--test", action="store_true")
    chosen = parser.parse_args(arguments)
    try:
        return _perform(chosen.action, test_cluster() if chosen.test else default_cluster(), chosen.role)
    except ClusterError as error:
        print(error, file=sys.stderr)
        return 1


def _perform(action: str, cluster: Cluster, role: str) -> int:
    if action == "start":
        cluster.start()
        print(f"Databasen är igång (PostgreSQL {cluster.version}).")
    elif action == "stop":
        cluster.stop()
        print("Databasen är stoppad.")
    elif action == "url":
        print(cluster.url(ROLES[role]))
    elif not cluster.is_ready():
        print("Databasen är inte igång.")
        return NOT_RUNNING
    else:
        print(f"Databasen är igång (PostgreSQL {cluster.version}).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
