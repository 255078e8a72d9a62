# ruff: noqa: E501  a feed is easier to read in one piece
"""Feeds as the programs that write them do: each with one entry, and how that reads.

Written after the formats' own documents (RSS 0.91 to 2.0, RSS 1.0, Atom 0.3, RFC 4287, RFC 4685, JSON Feed 1.0 and 1.1,
Media RSS) and after how each program's feeds are laid out. `{site}` is the blog's address.
"""

from __future__ import annotations

from typing import NamedTuple

AT = 1_795_860_000  # 2026-11-28 10:00:00 UTC


class Kind(NamedTuple):
    """A feed and how its entry reads; `at` is None where it has no date that can be read."""

    name: str
    feed: str | bytes
    text: str
    title: str = "Ný límonaði"
    author: str = "Anna Bell"
    at: int | None = AT
    link: str = "{site}/ny"


def _rss(item: str, *spaces: str, version: str = "2.0") -> str:
    named = "".join(f' xmlns:{name}="{_SPACES[name]}"' for name in spaces)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="{version}"{named}><channel><title>Blogg</title>'
        f"<link>{{site}}/</link><description>x</description><item>{item}</item></channel></rss>"
    )


def _atom(entry: str, *more: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"'
        f"{''.join(more)}><title>Blogg</title><id>tag:blog,2026:x</id><updated>2026-11-28T10:00:00Z</updated>"
        f"<entry>{entry}</entry></feed>"
    )


_SPACES = {
    "content": "http://purl.org/rss/1.0/modules/content/", "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/", "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "slash": "http://purl.org/rss/1.0/modules/slash/", "wfw": "http://wellformedweb.org/CommentAPI/",
    "discourse": "http://www.discourse.org/",
}  # fmt: skip
_TITLE, _LINK = "<title>Ný límonaði</title>", "<link>{site}/ny</link>"
_DATE = "<pubDate>Sat, 28 Nov 2026 10:00:00 +0000</pubDate>"
_GUID = '<guid isPermaLink="false">{site}/?p=7</guid>'
_BY = "<dc:creator>Anna Bell</dc:creator>"
_ID = "<id>tag:blog,2026:7</id><title>Ný límonaði</title>"
_WHEN = "<published>2026-11-28T10:00:00Z</published><updated>2026-11-28T10:00:00Z</updated>"
_ALT = '<link rel="alternate" type="text/html" href="{site}/ny"/>'
_NAME = "<author><name>Anna Bell</name></author>"
_JSON = '"id": "{site}/?p=7", "url": "{site}/ny", "title": "Ný límonaði", "date_published": "2026-11-28T11:00:00+01:00"'

KINDS = (
    Kind(
        "RSS 0.91", _rss(f"{_TITLE}{_LINK}<description>Hún er súr.</description>", version="0.91"), "Hún er súr.",
        author="Blogg", at=None,
    ),
    Kind(
        "RSS 0.92 without a title", _rss(f"{_LINK}{_GUID}{_DATE}<description>Hún er súr.</description>", version="0.92"),
        "Hún er súr.", title="", author="Blogg",
    ),
    Kind(
        "RSS 1.0",
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        f' xmlns:dc="{_SPACES["dc"]}"><channel rdf:about="{{site}}/"><title>Blogg</title><link>{{site}}/</link></channel>'
        f'<item rdf:about="{{site}}/ny">{_TITLE}{_LINK}{_BY}<dc:date>2026-11-28T10:00:00Z</dc:date>'
        "<description>Hún er súr.</description></item></rdf:RDF>",
        "Hún er súr.",
    ),
    Kind(
        "RSS 2.0 with the author's address",
        _rss(f"{_TITLE}{_LINK}{_GUID}{_DATE}<author>anna@blog.example (Anna Bell)</author><description>Súr.</description>"),
        "Súr.",
    ),
    Kind(
        "WordPress posts",
        _rss(
            f"{_TITLE}{_LINK}{_GUID}{_DATE}<dc:creator><![CDATA[Anna Bell]]></dc:creator><category>x</category>"
            "<description><![CDATA[Hún er &#8230;]]></description><content:encoded><![CDATA[<p>Hún er <b>súr</b>.</p>"
            "\n<p>Mjög.</p>]]></content:encoded><slash:comments>3</slash:comments>",
            "dc", "content", "slash",
        ),
        "Hún er súr.\n\nMjög.",
    ),
    Kind(
        "WordPress comments",
        _rss(
            f"<title>Comment on Ný límonaði by Anna Bell</title><link>{{site}}/ny#comment-7</link>{_BY}{_DATE}"
            '<guid isPermaLink="false">{site}/?p=1#comment-7</guid><description>Er hún súr?</description>',
            "dc",
        ),
        "Er hún súr?", link="{site}/ny#comment-7",
    ),
    Kind("Atom, text", _atom(f'{_ID}{_WHEN}{_ALT}{_NAME}<content type="text">Hún er &lt;súr&gt;.</content>'), "Hún er <súr>."),
    Kind("Atom, HTML", _atom(f'{_ID}{_WHEN}{_ALT}{_NAME}<summary type="html">&lt;p&gt;Hún er súr.</summary>'), "Hún er súr."),
    Kind(
        "Atom, XHTML",
        _atom(
            f'{_ID}{_WHEN}{_ALT}{_NAME}<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Hún er '
            "<em>súr</em>.</p></div></content>"
        ),
        "Hún er súr.",
    ),
    Kind(
        "Atom 0.3",
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Blogg</title>'
        f"<entry>{_ID}{_ALT}{_NAME}<issued>2026-11-28T10:00:00Z</issued><modified>2026-11-28T10:00:00Z</modified>"
        '<content type="text/html" mode="escaped">&lt;p&gt;Súr.</content></entry></feed>',
        "Súr.",
    ),
    Kind(
        "Atom with two authors", _atom(f"{_ID}{_WHEN}{_ALT}{_NAME}<author><name>Béla</name></author><summary>Súr.</summary>"),
        "Súr.", author="Anna Bell, Béla",
    ),
    Kind(
        "Atom with a name encoded twice",
        _atom(f"{_ID}{_WHEN}{_ALT}<author><name>Anna &amp;amp; Tom</name></author><summary>Súr.</summary>"),
        "Súr.", author="Anna & Tom",
    ),
    Kind(
        "Blogger comments",
        _atom(
            f"{_ID}{_WHEN}<link rel='alternate' type='text/html' href='{{site}}/ny?showComment=7#c7'/>"
            "<author><name>Anna Bell</name><uri>{site}/profile/1</uri><email>noreply@blogger.com</email></author>"
            "<content type='html'>Er hún súr?</content><thr:in-reply-to href='{site}/ny' ref='tag:blog,2026:1'"
            " source='{site}/feeds/1' type='text/html'/>",
            ' xmlns:thr="http://purl.org/syndication/thread/1.0"',
        ),
        "Er hún súr?", link="{site}/ny?showComment=7#c7",
    ),
    Kind(
        "JSON Feed 1.0",
        '{"version": "https://jsonfeed.org/version/1", "title": "Blogg", "items": [{'
        + _JSON
        + ', "author": {"name": "Anna Bell"}, "content_html": "<p>Hún er súr.</p>"}]}',
        "Hún er súr.",
    ),
    Kind(
        "JSON Feed 1.1",
        '\ufeff {"items": [{'
        + _JSON
        + ', "authors": [{"name": "Anna Bell"}, {"name": "Béla"}], "content_text": "Hún er <súr>.", "attachments": '
        '[{"url": "{site}/1.jpg", "mime_type": "image/jpeg", "title": "Þrjár flöskur"}]}],'
        ' "version": "https:\\/\\/jsonfeed.org\\/version\\/1.1", "title": "Blogg"}',
        "Hún er <súr>.\n\n[Picture: Þrjár flöskur]", author="Anna Bell, Béla",
    ),
    Kind(
        "JSON Feed, the feed's author and a number for an id",
        '{"version": "https://jsonfeed.org/version/1.1", "title": "Blogg", "authors": [{"name": "Anna Bell"}], "items":'
        ' [{"id": 7, "external_url": "{site}/ny", "summary": "Súr.", "date_modified": "2026-11-28T10:00:00Z"}]}',
        "Súr.", title="",
    ),
    Kind(
        "Mastodon",
        _rss(
            '<guid isPermaLink="true">{site}/ny</guid>'
            f"{_LINK}{_DATE}<description>&lt;p&gt;Hún er súr #límonaði&lt;/p&gt;</description>"
            '<media:content url="{site}/1.jpg" type="image/jpeg" fileSize="9" medium="image">'
            '<media:rating scheme="urn:simple">nonadult</media:rating><media:description type="plain">Þrjár flöskur'
            '</media:description></media:content><media:content url="{site}/2.jpg" type="image/jpeg" medium="image">'
            '<media:description type="plain">Ein &amp; ein</media:description></media:content>',
            "media",
        ),
        "Hún er súr #límonaði\n\n[Picture: Þrjár flöskur]\n[Picture: Ein & ein]", title="", author="Blogg",
    ),
    Kind(
        "YouTube",
        _atom(
            "<id>yt:video:dQw4w9WgXcQ</id><yt:videoId>dQw4w9WgXcQ</yt:videoId><title>Ný límonaði</title>"
            f"{_ALT}{_NAME}{_WHEN}<media:group><media:title>Ný límonaði</media:title><media:content"
            ' url="{site}/v/1" type="application/x-shockwave-flash" width="640"/><media:description>Hún er súr.'
            "</media:description></media:group>",
            ' xmlns:media="http://search.yahoo.com/mrss/" xmlns:yt="http://www.youtube.com/xml/schemas/2015"',
        ),
        "Hún er súr.",
    ),
    Kind(
        "Bluesky",
        _rss(f"{_LINK}{_DATE}<guid isPermaLink='false'>at://did:plc:x/app.bsky.feed.post/7</guid><description>Súr.</description>"),
        "Súr.", title="", author="Blogg",
    ),
    Kind(
        "Reddit",
        _atom(
            '<author><name>/u/anna</name><uri>{site}/user/anna</uri></author><category term="x"/><content type="html">'
            "&lt;!-- SC_OFF --&gt;&lt;div class=&quot;md&quot;&gt;&lt;p&gt;Hún er súr.&lt;/p&gt;&lt;/div&gt;"
            f"&lt;!-- SC_ON --&gt;</content><id>t3_7</id>{_ALT}{_WHEN}<title>Ný límonaði</title>",
        ),
        "Hún er súr.", author="/u/anna",
    ),
    Kind(
        "GitHub releases",
        _atom(
            "<id>tag:github.com,2008:Repository/1/v2</id><updated>2026-11-28T10:00:00Z</updated>"
            f'{_ALT}<title>Ný límonaði</title><content type="html">&lt;ul&gt;&lt;li&gt;Súr&lt;/li&gt;&lt;/ul&gt;</content>'
            '<author><name>Anna Bell</name></author><media:thumbnail height="30" width="30" url="{site}/a.png"/>',
            ' xmlns:media="http://search.yahoo.com/mrss/"',
        ),
        "- Súr",
    ),
    Kind(
        "Discourse topic",
        _rss(
            f"{_TITLE}<dc:creator><![CDATA[Anna Bell]]></dc:creator><description><![CDATA[<p>Hún er súr.</p>]]>"
            "</description><link>{site}/t/ny/7/2</link>" + _DATE + '<guid isPermaLink="false">blog-post-7-2</guid>'
            '<source url="{site}/t/7.rss">Ný límonaði</source>',
            "dc",
        ),
        "Hún er súr.", link="{site}/t/ny/7/2",
    ),
    Kind(
        "Podcast",
        _rss(
            f'{_TITLE}{_LINK}{_DATE}<guid isPermaLink="false">7f3c</guid><itunes:author>Anna Bell</itunes:author>'
            '<itunes:summary>Hún er súr.</itunes:summary><enclosure url="{site}/7.mp3" type="audio/mpeg" length="9"/>',
            "itunes",
        ),
        "Hún er súr.",
    ),
    Kind(
        "Flickr",
        _atom(
            f'{_ID}{_WHEN}{_ALT}{_NAME}<content type="html">&lt;p&gt;Súr.&lt;/p&gt;</content><media:content url="{{site}}/1.jpg"'
            ' type="image/jpeg"/><media:title>Mynd</media:title><media:description type="html">Þrjár</media:description>',
            ' xmlns:media="http://search.yahoo.com/mrss/"',
        ),
        "Súr.\n\n[Picture: Þrjár]",
    ),
    Kind(
        "a guid that is no address", _rss(f"{_TITLE}<guid>b1</guid>{_DATE}{_BY}<description>Súr.</description>", "dc"),
        "Súr.", link="",
    ),
    Kind(
        "broken XML with a bare &", _rss(f"<title>A&B Ný</title>{_LINK}{_GUID}{_DATE}<description>R&D er <b>súrt.</description>"),
        "R&D er súrt.", title="A&B Ný", author="Blogg",
    ),
    Kind(
        "half a document", _rss(f"{_TITLE}{_LINK}{_GUID}{_DATE}<description>Súr.</description>").partition("</item>")[0],
        "Súr.", author="Blogg",
    ),
    Kind(
        "a date in Greek",
        _rss(f"{_TITLE}{_LINK}{_GUID}<pubDate>Σάβ, 28 Νοε 2026 10:00</pubDate><description>Súr.</description>"),
        "Súr.", author="Blogg", at=None,
    ),
    Kind(
        "a date far in the future",
        _rss(f"{_TITLE}{_LINK}{_GUID}<pubDate>Sat, 28 Nov 2099 10:00:00 GMT</pubDate><description>Súr.</description>"),
        "Súr.", author="Blogg", at=None,
    ),
    Kind(
        "Windows-1250",
        (
            '<?xml version="1.0" encoding="windows-1250"?><rss version="2.0"><channel><title>Blogg</title><link>{site}/</link>'
            f"<item><title>Žluťoučký kůň</title>{_LINK}{_GUID}{_DATE}<description>Ještě</description></item></channel></rss>"
        ).encode("cp1250"),
        "Ještě", title="Žluťoučký kůň", author="Blogg",
    ),
    Kind(
        "UTF-16", _rss(f"{_TITLE}{_LINK}{_GUID}{_DATE}<description>Γεια!</description>").encode("utf-16"),
        "Γεια!", author="Blogg",
    ),
)  # fmt: skip
