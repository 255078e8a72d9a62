# ruff: noqa: E501  HTML as services write it, in long lines
"""More notices, each built and worded in a way of its own; right answers beside them. Names and words are made up."""

from __future__ import annotations

from tests.app.intake.notice_letters import Letter

FOOT = '<p style="font-size:11px;color:#999">You received this email because of your notification settings. <a href="https://p.example/unsubscribe">Unsubscribe</a></p>'

ODD = (
    Letter(
        "a title in the subject, and the page's name", "facebook", "notification@facebookmail.com",
        "Anna Bell commented on Stand Lemonade's photo.",
        '<table><tr><td><a href="https://www.facebook.com/n/?home"><b>facebook</b></a></td></tr><tr><td>Hi Jana,</td></tr><tr><td>'
        '<a href="https://www.facebook.com/anna">Anna Bell</a> commented on <a href="https://www.facebook.com/stand">Stand'
        " Lemonade</a>'s photo.</td></tr><tr><td><table><tr><td><p>I bought four bottles on Saturday.</p><p>Two of them had"
        ' already gone flat &#128533; &mdash; is that normal?</p></td></tr></table></td></tr><tr><td><a style="background:#1877f2"'
        ' href="https://www.facebook.com/photo.php?fbid=99&amp;comment_id=5">View on Facebook</a></td></tr><tr><td>'
        "Thanks,<br>The Facebook Team</td></tr></table>" + FOOT,
        (("Anna Bell", "I bought four bottles on Saturday.\n\nTwo of them had already gone flat 😕 — is that normal?",
          "https://www.facebook.com/photo.php?fbid=99&comment_id=5"),), sender_name="Facebook",
    ),
    Letter(
        "words in the subject", "instagram", "no-reply@mail.instagram.com", "stand.lemonade, you have a new comment",
        '<div style="opacity:0">petra_v: to je krása</div><table align="center"><tr><td><img src="x" alt="Instagram logo"></td></tr>'
        '<tr><td><table><tr><td><img src="a" alt="petra_v\'s profile picture"></td><td><a href="https://instagram.com/petra_v">petra_v'
        '</a> commented: “to je krása, kde se to dá koupit?” 3h</td></tr></table></td></tr><tr><td><a class="btn"'
        ' href="https://instagram.com/p/DA11/?utm_campaign=comment">View</a></td></tr></table>' + FOOT,
        (("petra_v", "to je krása, kde se to dá koupit?", "https://instagram.com/p/DA11/?utm_campaign=comment"),),
        sender_name="Instagram",
    ),
    Letter(
        "a message whose sender is in From", "facebook", "notification@facebookmail.com", "You have a new message",
        "<table width=100%><tr><td>Stand Lemonade</td></tr><tr><td><h1>New message from Béla Őry</h1></td></tr><tr><td"
        ' style="background:#f0f2f5;border-radius:18px;padding:12px">Jó napot! Nyitva vannak vasárnap is?</td></tr><tr><td><a'
        ' style="background:#0866ff;color:#fff" href="https://business.facebook.com/latest/inbox/all?selected_item_id=100">Reply in'
        " Inbox</a></td></tr></table>" + FOOT,
        (("Béla Őry", "Jó napot! Nyitva vannak vasárnap is?",
          "https://business.facebook.com/latest/inbox/all?selected_item_id=100"),), sender_name="Meta", public=False,
    ),
    Letter(
        "a review whose stars are pictures", "google_reviews", "businessprofile-noreply@google.com",
        "Stand Lemonade received a new review",
        '<table><tr><td><img alt="Google Business Profile" src="g"></td></tr><tr><td style="font-size:20px">You have a new review!</td>'
        '</tr><tr><td><img src="p" alt="" width="40"></td></tr><tr><td style="font-weight:500">Sigurður Kári</td></tr><tr><td>'
        + '<img src="s" alt="★">' * 3 +
        '</td></tr><tr><td style="color:#5f6368">Gott límonaði en of löng bið. Þið mættuð bæta við fólki um helgar.</td></tr><tr><td>'
        '<a href="https://business.google.com/n/123/reviews/abcdef12345" style="background-color:#1a73e8;color:#fff">Reply to review'
        "</a></td></tr></table>" + FOOT,
        (("Sigurður Kári", "Gott límonaði en of löng bið. Þið mættuð bæta við fólki um helgar.",
          "https://business.google.com/n/123/reviews/abcdef12345"),), sender_name="Google Business Profile", stars=3,
    ),
    Letter(
        "a title of the review's own", "trustpilot", "noreply@trustpilot.com", "Jana N. just left you a 1-star review",
        '<div><p>Hi Stand Lemonade,</p><p>You just got a new review from <strong>Jana N.</strong></p><div style="border:1px solid #ddd;'
        'padding:20px"><img src="s" alt="1 out of 5 stars"><h3 style="font-size:18px">Never arrived</h3><p>Three weeks and nothing.'
        ' Nobody answers the phone.</p><p style="color:#696a6a;font-size:12px">Date of experience: 3 November 2026</p></div><a'
        ' href="https://links.trustpilot.com/ls/click?upn=u001.abc">Reply to review</a></div>' + FOOT,
        (("Jana N.", "Three weeks and nothing. Nobody answers the phone.", "https://links.trustpilot.com/ls/click?upn=u001.abc"),),
        sender_name="Trustpilot", stars=1,
    ),
    Letter(
        "nobody in the subject", "tripadvisor", "owners@e.tripadvisor.com", "You have a new review on Tripadvisor",
        '<table><tr><td>Tripadvisor</td></tr><tr><td>Dear owner of Stand Lemonade,</td></tr><tr><td><table><tr><td><img src="u"'
        ' alt="wanderer_77"></td><td><b>wanderer_77</b><br><small>Brno, Czechia · 14 contributions</small></td></tr><tr><td colspan=2>'
        '<span style="color:#00aa6c">●●●●○</span> Reviewed today</td></tr><tr><td colspan=2><b>A lovely stop</b></td></tr><tr><td'
        ' colspan=2>We came by on our bikes and stayed for an hour. The rhubarb one is a must…<a href="https://www.tripadvisor.com/'
        'ShowUserReviews-g1-d2-r3.html">More</a></td></tr></table></td></tr><tr><td><a style="background:#000;color:#fff;padding:4px"'
        ' href="https://www.tripadvisor.com/OwnerResponse-g1-d2?review=3">Respond to this review</a></td></tr></table>' + FOOT,
        (("wanderer_77", "We came by on our bikes and stayed for an hour. The rhubarb one is a must…",
          "https://www.tripadvisor.com/OwnerResponse-g1-d2?review=3"),), sender_name="Tripadvisor", stars=4,
    ),
    Letter(
        "mentioned, with a picture", "x", "info@x.com", "Zofia Krol (@zofiak) mentioned you on X",
        '<div dir="ltr"><table><tr><td><a href="https://x.com/zofiak?s=20"><img src="a" alt="Zofia Krol"></a></td><td><a'
        ' href="https://x.com/zofiak?s=20"><b>Zofia Krol</b></a><br><a href="https://x.com/zofiak?s=20" style="color:#657786">@zofiak'
        '</a></td></tr><tr><td colspan="2">If you are in Reykjavík go to <a href="https://x.com/stand">@stand</a> and have the quince'
        ' one #lemonade</td></tr><tr><td colspan="2"><a href="https://x.com/zofiak/status/18609?s=20"><img src="pic"></a></td></tr>'
        '<tr><td colspan="2"><a href="https://x.com/zofiak/status/18609?s=20" style="color:#1da1f2">View on X</a></td></tr></table>'
        "</div>" + FOOT,
        (("Zofia Krol", "If you are in Reykjavík go to @stand and have the quince one #lemonade",
          "https://x.com/zofiak/status/18609?s=20"),), sender_name="X",
    ),
    Letter(
        "a post's title in the subject", "reddit", "noreply@redditmail.com",
        'u/rhubarb-rick commented on your post "Summer lemonade is here"',
        '<table><tr><td>reddit</td></tr><tr><td style="font-size:18px;font-weight:bold">Summer lemonade is here</td></tr><tr><td'
        ' style="color:#7c7c7c;font-size:12px">r/lemonade · posted by u/stand</td></tr><tr><td style="padding-left:10px"><b>u/rhubarb-'
        "rick</b><br>Had it yesterday. Needs more sugar imo, but the kids loved it. 10/10 would queue again</td></tr><tr><td><a"
        ' href="https://www.reddit.com/r/lemonade/comments/xy/summer/ab/?ref=email" style="padding:8px;background-color:#d93a00">'
        "View comment</a></td></tr></table>" + FOOT,
        (("u/rhubarb-rick", "Had it yesterday. Needs more sugar imo, but the kids loved it. 10/10 would queue again",
          "https://www.reddit.com/r/lemonade/comments/xy/summer/ab/?ref=email"),), sender_name="Reddit",
    ),
    Letter(
        "new notifications, one sentence each", "linkedin", "notifications-noreply@linkedin.com", "You have 2 new notifications",
        '<ul><li><b>Anna Bell</b> commented: “Congratulations on the award!” <a href="https://www.linkedin.com/feed/update/urn:li:'
        'activity:1">View</a></li><li><b>Ægir Jónsson</b> commented: “Where can I taste it?” <a href="https://www.linkedin.com/feed/'
        'update/urn:li:activity:2">View</a></li></ul>' + FOOT,
        (("Anna Bell", "Congratulations on the award!", "https://www.linkedin.com/feed/update/urn:li:activity:1"),
         ("Ægir Jónsson", "Where can I taste it?", "https://www.linkedin.com/feed/update/urn:li:activity:2")),
        sender_name="LinkedIn",
    ),
    Letter(
        "our own words above, in the same look", "youtube_notices", "noreply@youtube.com", 'Μαρία Κ. replied to your comment on "400 lemons"',
        '<table><tr><td><b>Stand Lemonade</b></td></tr><tr><td>Thanks for watching! Questions welcome.</td></tr><tr><td><b>Μαρία Κ.</b>'
        '</td></tr><tr><td>Πού μπορώ να το αγοράσω στη Θεσσαλονίκη;</td></tr><tr><td><a href="https://www.youtube.com/watch?v=abc123&'
        'lc=Ugx.9">REPLY</a> <a href="https://www.youtube.com/comments">MANAGE ALL COMMENTS</a></td></tr></table>' + FOOT,
        (("Μαρία Κ.", "Πού μπορώ να το αγοράσω στη Θεσσαλονίκη;", "https://www.youtube.com/watch?v=abc123&lc=Ugx.9"),),
        sender_name="YouTube",
    ),
    Letter(
        "right to left", "instagram", "no-reply@mail.instagram.com", "\u200fمحمد علي commented on your post",
        '<div dir="rtl"><p><b>\u200fمحمد علي</b></p><p>هل يمكنني طلبها في برلين؟</p><p><a role="button" href="https://www.instagram.com/p/'
        'Z9/c/12/">View comment</a></p></div>' + FOOT,
        (("محمد علي", "هل يمكنني طلبها في برلين؟", "https://www.instagram.com/p/Z9/c/12/"),), sender_name="Instagram",
    ),
    Letter(
        "others besides", "facebook", "notification@facebookmail.com", "Kovács Anna és további 2 ember hozzászólt a bejegyzésedhez",
        "<div><span><b>Kovács Anna</b> és <b>további 2 ember</b> hozzászólt a bejegyzésedhez.</span></div><blockquote>Finom volt, de"
        ' drága.</blockquote><div><a href="https://www.facebook.com/stand/posts/pfbid02abc">Megnézem</a></div>' + FOOT,
        (("Kovács Anna", "Finom volt, de drága.", "https://www.facebook.com/stand/posts/pfbid02abc"),), sender_name="Facebook",
    ),
    Letter(
        "words that sound like small print", "trustpilot", "noreply@trustpilot.com", "New 2-star review from Pavel D.",
        '<table><tr><td><b>Pavel D.</b> wrote:</td></tr><tr><td style="border-left:3px solid #00b67a">I could not unsubscribe from your'
        ' emails for a month, and support is silent.</td></tr><tr><td><a class="button" href="https://www.trustpilot.com/reviews/66ab">'
        "Respond</a></td></tr></table>" + FOOT,
        (("Pavel D.", "I could not unsubscribe from your emails for a month, and support is silent.",
          "https://www.trustpilot.com/reviews/66ab"),), sender_name="Trustpilot", stars=2,
    ),
    Letter(
        "plain text only", "tiktok", "notification@service.tiktok.com", "lena.k mentioned you in a comment", "",
        (("lena.k", "@stand when is the next market day?", "https://www.tiktok.com/@stand/video/7311"),),
        plain="TikTok\n\nlena.k mentioned you in a comment:\n\n@stand when is the next market day?\n\nOpen TikTok:\n"
        "https://www.tiktok.com/@stand/video/7311\n\n--\nThis email was generated for stand. Unsubscribe: https://www.tiktok.com/unsub\n",
        sender_name="TikTok",
    ),
    Letter(
        "a question in a headline's place", "linkedin", "messages-noreply@linkedin.com", "Tomáš Dvořák vám poslal novou zprávu",
        '<table><tr><td>Tomáš Dvořák</td></tr><tr><td style="color:#666666">Nákupčí ve společnosti Zelený obchod</td></tr><tr><td>'
        "Dobrý den, chtěli bychom od vás odebírat 40 lahví týdně.<br><br>Pošlete mi prosím ceník?<br>Tomáš</td></tr><tr><td><a"
        ' href="https://www.linkedin.com/comm/messaging/thread/2-abc/?trk=eml"><span style="background:#0a66c2">Odpovědět</span></a>'
        "</td></tr></table>" + FOOT,
        (("Tomáš Dvořák", "Dobrý den, chtěli bychom od vás odebírat 40 lahví týdně.\n\nPošlete mi prosím ceník?\nTomáš",
          "https://www.linkedin.com/comm/messaging/thread/2-abc/?trk=eml"),), sender_name="LinkedIn", public=False,
    ),
)  # fmt: skip
