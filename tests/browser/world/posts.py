"""Posts on the account: in every lane, and what has been done with them."""

from datetime import timedelta
from typing import Any

from accounts.models import Account
from archive.models import Handover
from moderation.enums import Category, Lane, RecordChoice
from moderation.models import Case
from moderation.services import acting, blocking, reply_texts
from moderation.services.settling import Settlement, settle
from tests.browser.world.world import LONG_NAME, LONG_WORDS, World
from tests.cast import Cast
from tests.clock import NOW
from tests.moderation.factories import log_post, picture


def make(world: World) -> dict[str, Any]:
    """Log posts, and do all there is to do with some of them."""
    return {"post": make_posts(world["account"]), **acted_on(world["account"], world.cast)}


def make_posts(account: Account) -> Case:
    """Log posts on the account in every lane and at different times, so that some are too late by now; return one."""
    for days, category in enumerate(Category):
        log_post(account, now=NOW - timedelta(days=days), category=category, text=f"{LONG_WORDS} {days}")
    for lane in (Lane.CRIMINAL, Lane.QUESTION, Lane.SECRECY):
        log_post(account, lane=lane, text=f"{LONG_WORDS} {lane}")
    return log_post(account, published_at=NOW - timedelta(days=30))


def acted_on(account: Account, cast: Cast) -> dict[str, Any]:
    """Log posts on the account that something has been done with, and what came of it."""
    how = {"version": None, "by": cast.librarian, "now": NOW}
    link = "https://www.facebook.com/laholm/posts/"
    decided, closed = (log_post(account, link=f"{link}{number}", text=LONG_WORDS) for number in (101, 102))
    acting.hide(decided.pk, **how)
    acting.remove(closed.pk, to_author=LONG_WORDS, **how)
    settle(closed.pk, Settlement(RecordChoice.REGISTER, LONG_WORDS), **how)
    own = log_post(account, lane=Lane.OWN_POST, link=f"{link}104", text=LONG_WORDS)
    acting.remove(own.pk, **how)
    return {
        "decided_post": decided,  # hidden, and not settled yet
        "closed_post": closed,  # registered
        "secret_post": log_post(account, lane=Lane.SECRECY, link=f"{link}103", pictures=[picture(size=(600, 400))]),
        "own_post": own,  # of ours, removed and not assessed
        "bare_post": log_post(account, link=f"{link}105", text=""),  # nothing kept of it
        "block": blocking.propose(decided.pk, reason=LONG_WORDS, by=cast.librarian, now=NOW),
        "ready_text": reply_texts.add(name=LONG_NAME[:80], text=LONG_WORDS, for_unit=True, by=cast.librarian, now=NOW),
        "handed_over": Handover.objects.get(),
    }
