"""The project's two clusters: one for work and demo, one for tests."""

import os
from pathlib import Path

from laholm_sociala.cluster.binaries import find_binaries
from laholm_sociala.cluster.server import Cluster

PROJECT = Path(__file__).resolve().parents[2]


def var_folder() -> Path:
    """Return the folder for everything that is made while running."""
    return PROJECT / Path(os.environ.get("LAHOLM_VAR", "").strip() or "var").expanduser()


def default_cluster() -> Cluster:
    """Return the cluster of the demo and of development."""
    return Cluster(var_folder() / "postgres", find_binaries())


def test_cluster() -> Cluster:
    """Return the tests' cluster: faster, but a power cut may destroy it."""
    return Cluster(var_folder() / "postgres-test", find_binaries(), fast=True)


test_cluster.__test__ = False  # type: ignore[attr-defined]  # pytest would take it for a test
