"""A PostgreSQL of our own for development, demo and tests, used when DATABASE_URL is unset.

Imports nothing from Django, so that it can run before the settings are read.
"""

from laholm_sociala.cluster.errors import ClusterError
from laholm_sociala.cluster.project import default_cluster, test_cluster
from laholm_sociala.cluster.server import Cluster

__all__ = ["Cluster", "ClusterError", "default_cluster", "test_cluster"]
