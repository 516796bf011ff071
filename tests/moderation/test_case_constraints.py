"""What PostgreSQL itself refuses of a post, whatever the code says (R12, R14, R15, R21, R23)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from moderation.enums import CriminalGround, Lane
from moderation.models import Case, Evidence
from tests.clock import NOW
from tests.moderation.factories import library_account, log_post, picture

pytestmark = pytest.mark.django_db

LINK = "https://www.facebook.com/laholmsbibliotek/posts/1017"
CHILD_ABUSE = {"lane": Lane.CRIMINAL, "criminal_grounds": (CriminalGround.CHILD_ABUSE,), "text": "", "link": LINK}
DECIDED = {"status": "decided", "decided_at": NOW, "outcome": "removed"}
CLOSED = {**DECIDED, "status": "closed", "closed_at": NOW, "record_choice": "register"}


@pytest.fixture
def account(cast):
    return library_account(cast)


def write(case: Case, **values: object) -> None:
    """Change the row past every rule but the database's own."""
    columns = ", ".join(f"{column} = %s" for column in values)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE moderation_case SET {columns} WHERE id = %s", [*values.values(), case.pk])


def assert_refused(rule: str, case: Case, **values: object) -> None:
    with pytest.raises(DatabaseError, match=rule):
        write(case, **values)


@pytest.mark.parametrize(
    ("rule", "values"),
    [
        ("kan inte gå från new till lost", {**DECIDED, "status": "lost"}),
        ("case_lane_known", {"lane": "other", "category": ""}),
        ("case_source_known", {"source": "other"}),
        ("case_category_where_inappropriate", {"category": ""}),
        ("case_category_where_inappropriate", {"category": "rudeness"}),
        ("case_category_where_inappropriate", {"lane": "question"}),
        ("case_grounds_where_criminal", {"lane": "criminal", "category": ""}),
        ("case_grounds_where_criminal", {"criminal_grounds": ["threat"]}),
        ("case_secrecy_is_restricted", {"lane": "secrecy", "category": ""}),
        ("case_copy_forbidden_for_child_abuse_alone", {"copy_forbidden": True}),
        (
            "case_copy_forbidden_for_child_abuse_alone",
            {"lane": "criminal", "category": "", "criminal_grounds": ["child_abuse"]},
        ),
        ("case_decided_has_outcome", {**DECIDED, "outcome": ""}),
        ("case_decided_has_outcome", {**DECIDED, "decided_at": None}),
        ("case_decided_has_outcome", {"outcome": "removed"}),
        ("case_closed_says_how_it_is_kept", {**DECIDED, "record_choice": "register"}),
        ("case_taken_by_someone_at_a_time", {"taken_at": NOW}),
        ("case_starts_before_discovery", {"discovered_at": NOW - timedelta(seconds=1)}),
        ("case_handled_after_due", {"handle_by": NOW - timedelta(days=9)}),
    ],
)
def test_rules_of_a_case(account, rule, values):
    assert_refused(rule, log_post(account), **values)


@pytest.mark.parametrize("missing", [{"record_choice": ""}, {"record_choice": "burnt"}, {"closed_at": None}])
def test_what_is_closed_says_how_it_is_kept(account, missing):
    case = log_post(account)
    write(case, **DECIDED)
    assert_refused("case_closed_says_how_it_is_kept", case, **{**CLOSED, **missing})


@pytest.mark.parametrize("lane", [Lane.CRIMINAL, Lane.SECRECY])
def test_what_only_removal_closes(account, lane):
    case = log_post(account, lane=lane)
    write(case, **DECIDED)
    assert_refused("case_closes_only_by_removal", case, **{**CLOSED, "outcome": "hidden"})
    write(case, **CLOSED)


@pytest.mark.parametrize("choice", ["kept_in_order", "trivial"])
def test_what_may_be_secret_is_registered(account, choice):
    case = log_post(account, may_be_secret=True)
    write(case, **DECIDED)
    assert_refused("case_restricted_is_registered", case, **{**CLOSED, "record_choice": choice})


def test_one_open_case_per_post(account):
    log_post(account, text="Ett", link=LINK)
    other = log_post(account, text="Två")
    assert_refused("one_open_case_per_post", other, same_key=Case.objects.exclude(pk=other.pk).get().same_key)


def test_posts_that_nothing_tells_apart_are_each_their_own(account):
    write(log_post(account, text="Ett"), same_key="")
    write(log_post(account, text="Två"), same_key="")


class TestWhatIsNeverCopied:
    def sql(self, statement: str, *values: object) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)

    def test_no_picture(self, account, cast):
        case = log_post(account, **CHILD_ABUSE)
        kept = picture()
        with pytest.raises(DatabaseError, match="ingen kopia"), transaction.atomic():
            Evidence.objects.create(
                case=case,
                file_name="bild.png",
                content_type="image/png",
                original=kept.original,
                size=1,
                sha256=kept.sha256,
                shown=kept.shown,
                shown_type="image/png",
                width=1,
                height=1,
                kept_by=cast.librarian,
                kept_at=NOW,
            )

    @pytest.mark.parametrize("column", ["text", "author", "place"])
    def test_no_words(self, account, column):
        case = log_post(account, **CHILD_ABUSE)
        with pytest.raises(DatabaseError, match="bara länken, kontot och tiden"):
            self.sql(f"UPDATE moderation_casecontent SET {column} = 'Ord' WHERE case_id = %s", case.pk)

    def test_the_link_may_be_put_right(self, account):
        case = log_post(account, **CHILD_ABUSE)
        self.sql("UPDATE moderation_casecontent SET link = 'https://x.com/a/status/1' WHERE case_id = %s", case.pk)

    def test_what_was_written_before_anyone_suspected_it_stands_and_may_be_taken_away(self, account):
        case = log_post(account, link=LINK, text="Skrivet innan")
        log_post(account, **CHILD_ABUSE)
        assert Case.objects.get(pk=case.pk).copy_forbidden
        self.sql("UPDATE moderation_casecontent SET link = 'https://x.com/a/status/1' WHERE case_id = %s", case.pk)
        self.sql("UPDATE moderation_casecontent SET text = '' WHERE case_id = %s", case.pk)


def test_the_fingerprint_is_the_originals(account, cast):
    kept = picture()
    with pytest.raises(DatabaseError, match="evidence_fingerprint"), transaction.atomic():
        Evidence.objects.create(
            case=log_post(account),
            file_name="bild.png",
            content_type="image/png",
            original=kept.original,
            size=1,
            sha256="0" * 64,
            shown=kept.shown,
            shown_type="image/png",
            width=1,
            height=1,
            kept_by=cast.librarian,
            kept_at=NOW,
        )
