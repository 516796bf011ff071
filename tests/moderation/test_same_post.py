"""The same post is known again however its link was copied, and different posts stay different (R12)."""

import pytest

from moderation.post_links import post_at
from moderation.same_post import same_key

ACCOUNT = "https://www.facebook.com/laholmsbibliotek"

# Each row: addresses of one and the same post.
SAME = {
    "facebook-post": [
        "https://www.facebook.com/laholmsbibliotek/posts/1017",
        "https://m.facebook.com/laholmsbibliotek/posts/1017/",
        "https://mbasic.facebook.com/laholmsbibliotek/posts/1017?refid=17&__tn__=-R",
        "facebook.com/laholmsbibliotek/posts/1017?locale=sv_SE&mibextid=WC7FNe&rdid=abc",
        "https://web.facebook.com/laholmsbibliotek/posts/vinterns-oppettider/1017/?_rdc=1&_rdr",
        "https://sv-se.facebook.com/laholmsbibliotek/posts/1017?fbclid=IwAR0abc#",
        "https://www.facebook.com/permalink.php?story_fbid=1017&id=555",
        "https://m.facebook.com/story.php?id=555&story_fbid=1017&m_entstream_source=timeline",
        "HTTPS://WWW.FACEBOOK.COM/laholmsbibliotek/posts/1017",
        "  https://www.facebook.com/laholmsbibliotek/posts/1017  ",
    ],
    "facebook-pfbid": [
        "https://www.facebook.com/laholmsbibliotek/posts/pfbid02abcDEF",
        "https://www.facebook.com/permalink.php?story_fbid=pfbid02abcDEF&id=555",
    ],
    "facebook-comment": [
        "https://www.facebook.com/laholmsbibliotek/posts/1017?comment_id=88",
        "https://m.facebook.com/story.php?story_fbid=1017&id=555&comment_id=88&ref=notif",
    ],
    "facebook-video": [
        "https://www.facebook.com/watch/?v=2024",
        "https://www.facebook.com/laholmsbibliotek/videos/2024/",
        "https://www.facebook.com/laholmsbibliotek/videos/sagostund/2024/?ref=sharing",
        "https://fb.com/reel/2024?s=yWDuG2",
    ],
    "facebook-photo": [
        "https://www.facebook.com/photo/?fbid=4711&set=a.12",
        "https://www.facebook.com/photo.php?fbid=4711&set=pb.555&type=3",
        "https://www.facebook.com/laholmsbibliotek/photos/a.12/4711/?type=3",
    ],
    "facebook-group": [
        "https://www.facebook.com/groups/laholm/posts/99/",
        "https://m.facebook.com/groups/laholm/permalink/99/?ref=share",
    ],
    "facebook-share": [
        "https://www.facebook.com/share/p/1AbC/?mibextid=wwXIfr",
        "https://m.facebook.com/share/p/1AbC",
    ],
    "instagram-post": [
        "https://www.instagram.com/p/DAbc-12/",
        "https://instagram.com/p/DAbc-12?igsh=MzRlODBiNWFlZA==",
        "https://www.instagram.com/laholmsbibliotek/p/DAbc-12/?img_index=2&hl=sv",
        "https://www.instagram.com/reel/DAbc-12/?utm_source=ig_web_copy_link",
        "https://www.instagram.com/reels/DAbc-12/",
        "https://instagr.am/p/DAbc-12",
    ],
    "instagram-comment": [
        "https://www.instagram.com/p/DAbc-12/c/1800/",
        "https://www.instagram.com/laholmsbibliotek/p/DAbc-12/c/1800?igsh=abc",
    ],
    "youtube-video": [
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://m.youtube.com/watch?v=dQw4w9WgXcQ&feature=youtu.be",
        "https://youtu.be/dQw4w9WgXcQ?si=abcDEF&t=42",
        "https://www.youtube.com/watch?t=42s&list=PL1&index=2&ab_channel=Laholm&v=dQw4w9WgXcQ",
        "https://www.youtube.com/shorts/dQw4w9WgXcQ?feature=share",
        "https://www.youtube.com/live/dQw4w9WgXcQ",
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
        "https://music.youtube.com/watch?v=dQw4w9WgXcQ",
    ],
    "youtube-comment": [
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ&lc=Ugz1",
        "https://m.youtube.com/watch?lc=Ugz1&v=dQw4w9WgXcQ&si=x",
    ],
    "x-post": [
        "https://x.com/laholmskommun/status/18612345",
        "https://twitter.com/laholmskommun/status/18612345?s=20&t=abc",
        "https://mobile.twitter.com/laholmskommun/status/18612345",
        "https://x.com/i/web/status/18612345",
        "https://x.com/laholmskommun/status/18612345/photo/1",
    ],
    "tiktok-video": [
        "https://www.tiktok.com/@laholmskommun/video/7301?is_from_webapp=1&sender_device=pc",
        "https://m.tiktok.com/v/7301.html",
        "https://www.tiktok.com/@laholmskommun/photo/7301?_r=1&_t=8abc",
    ],
    "tiktok-share": ["https://vm.tiktok.com/ZGeAbC/", "https://vm.tiktok.com/ZGeAbC?k=1"],
    "linkedin-post": [
        "https://www.linkedin.com/posts/laholms-kommun_jobb-activity-7267-aBcD?utm_source=share&rcm=ACo",
        "https://www.linkedin.com/feed/update/urn:li:activity:7267/",
        "https://se.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A7267?trk=public_post",
    ],
    "elsewhere": [
        "https://www.hallandsposten.example/artikel?id=5&utm_campaign=x",
        "https://hallandsposten.example/artikel/?fbclid=1&id=5#:~:text=Laholm",
    ],
}
ONE_OF_EACH = {name: addresses[0] for name, addresses in SAME.items()}

# Each row: addresses of two different posts, alike but for what tells them apart.
DIFFERENT = [
    ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "https://www.youtube.com/watch?v=aQw4w9WgXcQ"),
    ("https://youtu.be/dQw4w9WgXcQ", "https://youtu.be/dqw4w9wgxcq"),
    ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&lc=Ugz1", "https://www.youtube.com/watch?v=dQw4w9WgXcQ&lc=Ugz2"),
    ("https://www.facebook.com/story.php?story_fbid=1&id=5", "https://www.facebook.com/story.php?story_fbid=2&id=5"),
    ("https://www.facebook.com/photo/?fbid=1&set=a.9", "https://www.facebook.com/photo/?fbid=2&set=a.9"),
    ("https://www.facebook.com/x/posts/1?comment_id=8", "https://www.facebook.com/x/posts/1?comment_id=9"),
    ("https://www.facebook.com/x/posts/1", "https://www.facebook.com/x/posts/1?comment_id=9"),
    (
        "https://www.facebook.com/x/posts/1?comment_id=8&reply_comment_id=1",
        "https://www.facebook.com/x/posts/1?comment_id=8&reply_comment_id=2",
    ),
    ("https://www.facebook.com/share/p/1AbC", "https://www.facebook.com/share/p/1aBc"),
    ("https://www.instagram.com/p/DAbc/", "https://www.instagram.com/p/DABC/"),
    ("https://www.instagram.com/p/DAbc/c/1/", "https://www.instagram.com/p/DAbc/c/2/"),
    ("https://x.com/a/status/1", "https://x.com/a/status/11"),
    ("https://www.tiktok.com/@a/video/1", "https://www.tiktok.com/@a/video/2"),
    ("https://www.tiktok.com/@a/video/1?cid=1", "https://www.tiktok.com/@a/video/1?cid=2"),
    ("https://www.linkedin.com/feed/update/urn:li:activity:1", "https://www.linkedin.com/feed/update/urn:li:share:1"),
    (
        "https://www.linkedin.com/feed/update/urn:li:activity:1?commentUrn=urn:li:comment:(activity:1,2)",
        "https://www.linkedin.com/feed/update/urn:li:activity:1?commentUrn=urn:li:comment:(activity:1,3)",
    ),
    ("https://forum.example/?t=1", "https://forum.example/?t=2"),
    ("https://forum.example/?s=1", "https://forum.example/?s=2"),
    ("https://tidning.example/a#kommentar-1", "https://tidning.example/a#kommentar-2"),
]

NO_POST = [
    "",
    "   ",
    "https://",
    "https://[",
    "https://www.facebook.com/laholmsbibliotek",
    "https://m.facebook.com/laholmsbibliotek/?locale=sv_SE",
    "https://www.facebook.com/laholmsbibliotek/posts/",
    "https://www.facebook.com/profile.php?id=555",
    "https://www.instagram.com/laholmsbibliotek/reels/",
    "https://www.youtube.com/@laholmskommun",
    "https://www.youtube.com/laholmkommun",
    "https://x.com/laholmskommun",
    "https://www.tiktok.com/@laholmskommun",
    "https://www.linkedin.com/company/laholms-kommun/posts/",
]


def key(link: str = "", text: str = "", account: str = ACCOUNT) -> str:
    return same_key(link=link, text=text, account_address=account)


@pytest.mark.parametrize("name", SAME)
def test_every_address_of_a_post_is_the_same_post(name):
    assert {post_at(address) for address in SAME[name]} == {post_at(ONE_OF_EACH[name])} != {""}


def test_no_two_posts_are_one():
    assert len({key(address) for address in ONE_OF_EACH.values()}) == len(ONE_OF_EACH)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_posts_stay_different(one, other):
    assert post_at(one) != post_at(other)


@pytest.mark.parametrize("link", NO_POST)
def test_a_page_that_is_no_post_tells_nothing(link):
    assert post_at(link) == ""
    assert key(link) == ""
    assert key(link, "Köp billiga skor") == key("", "Köp billiga skor")


def test_a_link_to_the_account_itself_tells_nothing_on_a_platform_of_ones_own():
    assert key("https://kanal.example/Laholm/", account="https://kanal.example/laholm") == ""


def test_the_link_decides_whatever_the_text():
    link = ONE_OF_EACH["facebook-post"]
    assert key(link, "Ett") == key(link, "Två") != key("", "Ett")


@pytest.mark.parametrize("again", ["köp  BILLIGA\n skor ", "KÖP billiga skor", "Ko\u0308p billiga skor"])
def test_the_same_words_are_the_same_post(again):
    assert key(text=again) == key(text="Köp billiga skor")


def test_other_words_are_another():
    assert key(text="Köp billiga skor!") != key(text="Köp billiga skor")


def test_no_text_can_be_taken_for_a_link():
    assert key(text=post_at(ONE_OF_EACH["x-post"])) != key(ONE_OF_EACH["x-post"])
