"""Which post a link leads to, however it was copied: from the app, the phone's browser, a share or a player. Pure.

A platform has many addresses for one post, and each shared link carries marks of who shared it. What is read here is
the platform's own number of the post, and of the comment where the link leads to one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

# What is added to a shared link anywhere, and says nothing of the post.
TRACKING: Final = re.compile(r"^(utm_\w+|fbclid|gclid|dclid|msclkid|igsh|igshid|mibextid|mc_[ce]id)$")


@dataclass(frozen=True)
class Rule:
    """How one platform numbers its posts: in the path, or in the query, and there also the comment."""

    name: str
    hosts: re.Pattern[str]
    paths: tuple[re.Pattern[str], ...] = ()
    posts: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    # A short address that only the platform can follow: its code is all there is to go by.
    shares: tuple[re.Pattern[str], ...] = ()


def _patterns(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)


RULES: Final = (
    Rule(
        "facebook",
        re.compile(r"^([a-z-]+\.)*(facebook\.com|fb\.com|fb\.watch)$"),
        paths=_patterns(
            r"/(?:posts|permalink)/(?:[^/]*/)?(pfbid\w+|\d+)$",
            r"/videos/(?:[^/]*/)*(\d+)$",
            r"^/reel/(\d+)$",
            r"/photos/(?:[^/]*/)*(\d+)$",
        ),
        posts=("story_fbid", "fbid", "v"),
        comments=("comment_id", "reply_comment_id"),
        shares=_patterns(r"^/share/(?:[a-z]/)?(\w+)$", r"^/([\w-]+)$"),
    ),
    Rule(
        "instagram",
        re.compile(r"^([a-z-]+\.)*(instagram\.com|instagr\.am)$"),
        paths=_patterns(r"/(?:p|reel|reels|tv)/([\w-]+(?:/c/\d+(?:/r/\d+)?)?)$", r"^/stories/[^/]+/(\d+)$"),
        comments=("comment_id",),
    ),
    Rule(
        "youtube",
        re.compile(r"^([a-z-]+\.)*(youtube\.com|youtube-nocookie\.com|youtu\.be)$"),
        paths=_patterns(r"^/(?:shorts|live|embed|v|post)/([\w-]+)$"),
        posts=("v", "lb"),
        comments=("lc",),
        shares=_patterns(r"^/([\w-]{11})$"),
    ),
    Rule(
        "x",
        re.compile(r"^([a-z-]+\.)*(x\.com|twitter\.com)$"),
        paths=_patterns(r"/status(?:es)?/(\d+)(?:/(?:photo|video)/\d+)?$"),
    ),
    Rule(
        "tiktok",
        re.compile(r"^([a-z-]+\.)*tiktok\.com$"),
        paths=_patterns(r"/(?:video|photo)/(\d+)$", r"^/v/(\d+)\.html$"),
        comments=("cid", "comment_id", "share_comment_id"),
        shares=_patterns(r"^/(?:t/)?(Z\w+)$"),
    ),
    Rule(
        "linkedin",
        re.compile(r"^([a-z-]+\.)*linkedin\.com$"),
        paths=_patterns(
            r"-((?:activity|ugcPost|share)-\d+)(?:-[\w-]{4})?$",
            r"urn:li:((?:activity|ugcPost|share):\d+)$",
        ),
        comments=("commentUrn", "dashCommentUrn", "replyUrn", "dashReplyUrn"),
    ),
)
# The addresses whose whole path is a code: elsewhere the same path is somebody's page.
SHORT_HOSTS: Final = frozenset({"fb.watch", "youtu.be", "vm.tiktok.com", "vt.tiktok.com"})


def post_at(link: str) -> str:
    """Return what tells the post apart, the same for every link to it; empty for a link that leads to no post."""
    try:
        parts = urlsplit(link.strip() if "//" in link else f"https://{link.strip()}")
        host = (parts.hostname or "").lower()
    except ValueError:
        return ""
    path = unquote(parts.path).rstrip("/")
    query = dict(parse_qsl(parts.query))
    rule = next((rule for rule in RULES if rule.hosts.match(host)), None)
    if rule is not None:
        return _numbered(rule, host, path, query)
    return _elsewhere(host, path, query, parts.fragment)


def _numbered(rule: Rule, host: str, path: str, query: Mapping[str, str]) -> str:
    post = _found(rule.paths, path) or next((query[name] for name in rule.posts if query.get(name)), "")
    if not post and (host in SHORT_HOSTS or path.startswith(("/share/", "/t/"))):
        code = _found(rule.shares, path)
        # YouTube's short address holds the very number; the others' codes are their own.
        post = code if rule.name == "youtube" or not code else f"share {code}"
    if not post:
        return ""
    comment = "".join(f" {name} {query[name]}" for name in rule.comments if query.get(name))
    return f"{rule.name} {post.replace(':', '-')}{comment}"


def _elsewhere(host: str, path: str, query: Mapping[str, str], fragment: str) -> str:
    if not host or not (path or query):
        return ""
    kept = sorted((name, value) for name, value in query.items() if not TRACKING.match(name.lower()))
    place = f"{host.removeprefix('www.')}{path}"
    if kept:
        place += "?" + "&".join(f"{name}={value}" for name, value in kept)
    return f"{place}#{fragment}" if fragment and not fragment.startswith(":~:") else place


def _found(patterns: tuple[re.Pattern[str], ...], path: str) -> str:
    found = next((match for pattern in patterns if (match := pattern.search(path))), None)
    return found[1] if found else ""
