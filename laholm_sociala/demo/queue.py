"""The queue as it stands in the example municipality: every lane, at different ages, and some that are done."""

from datetime import datetime, timedelta
from typing import Final

from accounts.models import Account, User
from laholm_sociala.demo import past
from laholm_sociala.demo.account_texts import IN_USE
from laholm_sociala.demo.people import example_id
from laholm_sociala.demo.queue_texts import (
    ANSWER,
    ANSWERED,
    COPIED_PICTURE,
    CRITICISM,
    FOUND_LATE,
    HIDDEN,
    QUESTION,
    REMOVED,
    WAITING,
    ExamplePost,
)
from moderation.enums import RecordChoice
from moderation.models import Case
from moderation.reported import Wrong
from moderation.services import acting, advice, answering, taking
from moderation.services.opening import Post, open_case
from moderation.services.reporting import Received, take_report
from moderation.services.settling import Settlement, settle

HOUR: Final = timedelta(hours=1)
KEPT: Final = Settlement(RecordChoice.KEPT_IN_ORDER, "Kopian och det som gjordes finns kvar här.")
TRIVIAL: Final = Settlement(RecordChoice.TRIVIAL, "Frågan är besvarad och säger inget mer.")


def fill_queue(now: datetime) -> None:
    """Log what the example people have found, and do what they have done with it, oldest first."""
    _close_what_is_done(now)
    hidden = log(HIDDEN, now)
    acting.hide(hidden.pk, version=hidden.version, by=finder(HIDDEN), now=later(HIDDEN, now))
    waiting = {post.key: log(post, now) for post in WAITING}
    _report(now)
    asked_at = past.moment(now, 1, "15.06")
    taking.take(waiting["korkad"].pk, by=_person("bibliotekarie"), now=asked_at)
    advice.ask(waiting["korkad"].pk, question=QUESTION, by=_person("bibliotekarie"), now=asked_at)


def _close_what_is_done(now: datetime) -> None:
    late, removed = log(FOUND_LATE, now), log(REMOVED, now)
    for example, case in ((FOUND_LATE, late), (REMOVED, removed)):
        by, at = finder(example), later(example, now)
        done = acting.remove(case.pk, version=case.version, by=by, now=at)
        settle(case.pk, KEPT, version=done.version, by=by, now=at)
    stays = log(CRITICISM, now)
    by, at = finder(CRITICISM), later(CRITICISM, now)
    done = acting.leave(stays.pk, version=stays.version, reason="Kritik mot kommunen får stå kvar.", by=by, now=at)
    settle(stays.pk, KEPT, version=done.version, by=by, now=at)
    question = log(ANSWERED, now)
    by, at = finder(ANSWERED), later(ANSWERED, now)
    done = answering.reply(question.pk, version=question.version, answer=ANSWER, by=by, now=at)
    settle(question.pk, TRIVIAL, version=done.version, by=by, now=at)


def _report(now: datetime) -> None:
    key, days_ago, clock, text, link = COPIED_PICTURE
    reported = Received(wrong=Wrong.COPIED, account=_account(key), link=link, text=text)
    take_report(reported, now=past.moment(now, days_ago, clock))


def log(example: ExamplePost, now: datetime) -> Case:
    """Log the post as the one who found it did."""
    found_at = past.moment(now, example.days_ago, example.clock)
    before = timedelta(days=example.published_days_before)
    post = Post(
        account=_account(example.account),
        lane=example.lane,
        category=example.category,
        criminal_grounds=example.criminal_grounds,
        may_be_secret=example.may_be_secret,
        text=example.text,
        author=example.author,
        place=example.place,
        published_at=found_at - before if before else None,
    )
    return open_case(post, by=finder(example), now=found_at).case


def later(example: ExamplePost, now: datetime) -> datetime:
    """Return the moment when the one who found it has seen to it."""
    return min(past.moment(now, example.days_ago, example.clock) + HOUR, now)


def finder(example: ExamplePost) -> User:
    """Return the one who found the post."""
    return _person(example.found_by)


def _account(key: str) -> Account:
    example = next(account for account in IN_USE if account.key == key)
    return Account.objects.select_related("platform", "board").get(name=example.name, platform__code=example.platform)


def _person(key: str) -> User:
    return User.objects.presented().get(pk=example_id("person", key))
