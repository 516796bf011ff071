"""How PostgreSQL reads the lists: no further than it must."""

import json
from collections.abc import Iterator
from typing import Any, Final

from django.db import connections

from tests.bench.pages import List, queries
from tests.bench.report import Demand, thousands
from tests.bench.volumes import Volume

TABLE: Final = "accounts_account"
# What a page may read of the accounts: a page of them, and as many as are counted.
MOST_ROWS: Final = 1_500


def reads_few_rows(shown: List, volume: Volume) -> Demand:
    """Tell whether the first page's queries on accounts look at a few rows each, and not at the whole table."""
    found = [step for query in queries(shown.client(volume), shown.path) for step in _account_steps(query)]
    most = max((step["Actual Rows"] + step.get("Rows Removed by Filter", 0)) * step["Actual Loops"] for step in found)
    text = f"högst {thousands(round(most))} av {thousands(volume.accounts)} rader"
    return Demand(f"{shown.name}, läser kontona", text, most <= MOST_ROWS)


def _account_steps(query: str) -> Iterator[dict[str, Any]]:
    if TABLE not in query:
        return
    with connections["default"].cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {query}")
        answer = cursor.fetchone()[0]
    plan = json.loads(answer) if isinstance(answer, str) else answer
    yield from (step for step in _steps(plan[0]["Plan"]) if step.get("Relation Name") == TABLE)


def _steps(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", []):
        yield from _steps(below)
