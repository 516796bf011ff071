import pytest

from archive.enums import RuleAction, StartsFrom
from archive.models import RetentionRule


@pytest.mark.parametrize(
    ("years", "year_end", "said"),
    [
        (2, True, "Gallras 2 år från utgången av det år då det avslutades"),
        (1, False, "Gallras 1 år från att det avslutades"),
        (0, True, "Gallras vid slutet av det år då det avslutades"),
        (0, False, "Gallras direkt efter att det avslutades"),
    ],
)
def test_a_time_in_years(years, year_end, said):
    rule = RetentionRule(action=RuleAction.AFTER_YEARS, years=years, starts_from=StartsFrom.CLOSED, year_end=year_end)
    assert rule.in_words == said


@pytest.mark.parametrize(
    ("action", "said"), [(RuleAction.PRESERVE, "Bevaras"), (RuleAction.WHEN_IRRELEVANT, "Gallras vid inaktualitet")]
)
def test_without_a_time(action, said):
    assert RetentionRule(action=action).in_words == said
