"""The platforms that municipalities use today, with the rules by which their addresses are read."""

from uuid import NAMESPACE_URL, uuid5

from django.db import migrations
from django.utils import timezone

SYSTEM_USER = "00000000-0000-4000-8000-000000000001"
NAME = r"(?P<handle>[A-Za-z0-9._-]+)"

PLATFORMS = [
    {
        "code": "facebook",
        "name": "Facebook",
        "hosts": ["facebook.com", "fb.com", "web.facebook.com", "touch.facebook.com", "mbasic.facebook.com"],
        "patterns": [
            r"^/profile\.php\?(?:.*&)?id=(?P<handle>\d+)",
            r"^/(?:people|pages)/[^/]+/(?P<handle>\d+)",
            r"^/p/[^/?]*?-(?P<handle>\d{8,})(?:[/?]|$)",
            rf"^/(?:pg/)?{NAME}(?:[/?]|$)",
        ],
        "address_form": "https://www.facebook.com/{handle}",
        "example": "https://www.facebook.com/laholmskommun",
        "reserved": ["groups", "events", "watch", "marketplace", "sharer", "sharer.php", "share", "login", "login.php",
                     "people", "pages", "p", "pg", "profile.php", "photo", "photo.php", "photos", "story.php",
                     "permalink.php", "hashtag", "reel", "reels", "stories", "video.php", "videos", "media", "help",
                     "home.php", "index.php", "l.php", "dialog", "plugins", "ads", "business", "gaming", "friends",
                     "messages", "notifications", "search", "settings", "privacy", "policies", "legal", "me"],
    },
    {
        "code": "instagram",
        "name": "Instagram",
        "hosts": ["instagram.com", "instagr.am"],
        "patterns": [r"^/(?P<handle>[A-Za-z0-9._]+)(?:[/?]|$)"],
        "address_form": "https://www.instagram.com/{handle}",
        "example": "https://www.instagram.com/laholmskommun",
        "reserved": ["p", "reel", "reels", "stories", "explore", "accounts", "tv", "direct", "share", "s", "about",
                     "developer", "legal", "web", "create", "challenge"],
    },
    {
        "code": "youtube",
        "name": "YouTube",
        "hosts": ["youtube.com"],
        # Every channel has its @name. /channel/, /c/ and /user/ lead to channels that may bear another one.
        "patterns": [r"^/@(?P<handle>[A-Za-z0-9._·-]+)(?:[/?]|$)", rf"^/{NAME}(?:[/?]|$)"],
        "address_form": "https://www.youtube.com/@{handle}",
        "example": "https://www.youtube.com/@laholmskommun",
        "reserved": ["watch", "shorts", "playlist", "results", "feed", "live", "embed", "channel", "c", "user", "gaming",
                     "premium", "account", "hashtag", "post", "clip", "redirect", "about", "t", "v"],
    },
    {
        "code": "linkedin",
        "name": "LinkedIn",
        "hosts": ["linkedin.com"],
        "patterns": [r"^/(?:company|school|showcase)/(?P<handle>[\wÀ-ÖØ-öø-ÿ.&-]+)(?:[/?]|$)"],
        "address_form": "https://www.linkedin.com/company/{handle}",
        "example": "https://www.linkedin.com/company/laholms-kommun",
        "reserved": [],
    },
    {
        "code": "tiktok",
        "name": "TikTok",
        "hosts": ["tiktok.com"],
        "patterns": [rf"^/@{NAME}(?:[/?]|$)"],
        "address_form": "https://www.tiktok.com/@{handle}",
        "example": "https://www.tiktok.com/@laholmskommun",
        "reserved": [],
    },
    {
        "code": "x",
        "name": "X",
        "hosts": ["x.com", "twitter.com"],
        "patterns": [r"^/(?P<handle>[A-Za-z0-9_]{1,15})(?:[/?]|$)"],
        "address_form": "https://x.com/{handle}",
        "example": "https://x.com/laholmskommun",
        "reserved": ["i", "home", "search", "explore", "intent", "share", "hashtag", "login", "signup", "settings",
                     "messages", "notifications", "compose", "tos", "privacy", "jobs", "about", "download", "logout"],
    },
    {
        "code": "threads",
        "name": "Threads",
        "hosts": ["threads.net", "threads.com"],
        "patterns": [r"^/@(?P<handle>[A-Za-z0-9._]+)(?:[/?]|$)"],
        "address_form": "https://www.threads.net/@{handle}",
        "example": "https://www.threads.net/@laholmskommun",
        "reserved": [],
    },
    {
        "code": "bluesky",
        "name": "Bluesky",
        "hosts": ["bsky.app"],
        "patterns": [r"^/profile/(?P<handle>[A-Za-z0-9.-]+)(?:[/?]|$)"],
        "address_form": "https://bsky.app/profile/{handle}",
        "example": "https://bsky.app/profile/laholm.bsky.social",
        "reserved": [],
    },
    {
        "code": "mastodon",
        "name": "Mastodon",
        "hosts": [],
        "patterns": [r"^/(?:web/)?@(?P<handle>[A-Za-z0-9_.-]+)(?:[/?]|$)", r"^/users/(?P<handle>[A-Za-z0-9_.-]+)"],
        "address_form": "https://{host}/@{handle}",
        "example": "https://mastodon.social/@laholmskommun",
        "reserved": [],
    },
]


def add_platforms(apps, schema_editor):
    database = schema_editor.connection.alias
    for order, platform in enumerate(PLATFORMS, start=1):
        row = {"id": uuid5(NAMESPACE_URL, f"laholm-sociala:platform:{platform['code']}"), "order": order * 10, **platform}
        apps.get_model("accounts", "Platform").objects.using(database).create(**row)
        apps.get_model("accounts", "HistoricalPlatform").objects.using(database).create(
            history_user_id=SYSTEM_USER,
            history_date=timezone.now(),
            history_change_reason="Portalen installerades",
            history_type="+",
            **row,
        )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_system_user")]
    operations = [migrations.RunPython(add_platforms, migrations.RunPython.noop)]
