"""Comments on a draft report: written by several people of each body, signed as a whole, answered one by one."""

from __future__ import annotations

import make
import pytest
from make_audit import audit_at
from make_looking import Looking

from regulator import moments
from regulator.errors import Conflict, Invalid, NotNow

MET, KENT = "metropolitan", "kent"
DISPOSED = {"disposition": "accepted", "reason": "You are right."}


@pytest.fixture
def walk(in_app) -> Looking:
    """An audit of two bodies whose draft report may be commented on."""
    return audit_at("factual_accuracy")


def paragraphs(walk, slug):
    """The paragraphs of the draft that a body was shown."""
    party = walk.party(slug)

    def shown(known):
        mine = [one for one in known.more.versions if one.party_id == party]
        drafts = [one.id for one in mine if one.what == "draft_report"]
        return [one.id for one in known.more.paragraphs if one.version_id == drafts[-1]]

    return walk.read(shown)


def comment(walk, slug, *words, who="contact"):
    """Comment on the first paragraphs of a body’s draft."""
    rows = [{"paragraph": at, "words": said} for at, said in zip(paragraphs(walk, slug), words, strict=False)]
    walk.take(f"{slug}/{who}", "comment_on_draft", draft_comments=rows)


def sign(walk, slug, **more):
    """Sign a body’s comments."""
    walk.take(f"{slug}/approving_officer", "sign_comments", response_signed=True, **more)


def kept(owner):
    """Each comment: draft, words, whether it is signed."""
    return owner.execute("select draft, words, signed_on is not null from comment order by id").fetchall()


def signed(walk, slug):
    """The numbers of a body’s comments."""
    party = walk.party(slug)
    return walk.read(lambda known: [one.id for one in known.more.comments if one.party_id == party])


def test_written_by_several(walk, owner):
    """Several people write on the same draft, each against the version they saw; nothing is undone unseen."""
    comment(walk, MET, "It was May.")
    first, second, *_ = paragraphs(walk, MET)
    with pytest.raises(Conflict, match="paragraph 1"):
        walk.take(
            f"{MET}/contact2",
            "comment_on_draft",
            draft_comments=[{"paragraph": first, "words": "June.", "version": "0"}],
        )
    walk.take(
        f"{MET}/contact2",
        "comment_on_draft",
        draft_comments=[{"paragraph": second, "words": "Two.", "version": "0"}],
    )

    assert kept(owner) == [("It was May.", None, False), ("Two.", None, False)]


def test_signed_as_a_whole(walk, owner):
    """What was written is signed together; from then on it is the body’s word, and its time is kept."""
    comment(walk, MET, "It was May.", "Two.")
    sign(walk, MET)

    assert kept(owner) == [(None, "It was May.", True), (None, "Two.", True)]
    assert {one.keys["party"] for one in walk.due("factual_accuracy")} == {walk.party(KENT)}


def test_taken_away_is_not_signed(walk, owner):
    """A comment that was emptied again is not signed."""
    comment(walk, MET, "It was May.", "Two.")
    comment(walk, MET, "")
    sign(walk, MET)

    assert kept(owner) == [(None, None, False), (None, "Two.", True)]


def test_comments_or_none(walk):
    """Nothing written cannot be signed as comments, and comments that were written not as none."""
    with pytest.raises(NotNow, match="no comments to sign yet"):
        sign(walk, MET)
    comment(walk, MET, "It was May.")
    with pytest.raises(NotNow, match="There are comments to sign"):
        sign(walk, MET, no_comments=True)


def test_not_on_another_draft(walk):
    """A body comments on the paragraphs that it was shown, and on no other body’s."""
    other = paragraphs(walk, KENT)[0]

    with pytest.raises(Invalid, match="not in the draft you were shown"):
        walk.take(
            f"{MET}/contact", "comment_on_draft", draft_comments=[{"paragraph": other, "words": "Ours."}]
        )


def test_answered_one_body_at_a_time(walk, owner):
    """Comments are answered with a reason, one body’s at a time, and that body alone is told."""
    for slug in (MET, KENT):
        comment(walk, slug, "It was May.")
    with pytest.raises(NotNow, match="No comment is waiting"):
        walk.take("auditor", "dispose_comment", disposition=[{"comment": 1, **DISPOSED}])
    for slug in (MET, KENT):
        sign(walk, slug)
    met, kent = signed(walk, MET)[0], signed(walk, KENT)[0]
    with pytest.raises(Invalid, match="one side at a time"):
        walk.take(
            "auditor", "dispose_comment", disposition=[{"comment": one, **DISPOSED} for one in (met, kent)]
        )
    with pytest.raises(Invalid, match="Give the reason"):
        walk.take("auditor", "dispose_comment", disposition=[{"comment": met, "disposition": "accepted"}])
    walk.take("auditor", "dispose_comment", disposition=[{"comment": met, **DISPOSED}])
    told = owner.execute("select party_id from entry where step = 'dispose_comment' and for_body").fetchall()

    assert told == [(walk.party(MET),)]
    with pytest.raises(NotNow, match="One comment has not been accepted or not"):
        walk.take("manager", "issue_final")
    walk.take("auditor", "dispose_comment", disposition=[{"comment": kent, **DISPOSED}])
    walk.take("manager", "issue_final")

    assert walk.stage == "final"


def test_waits_for_every_body(walk):
    """The report is not made final before every body signed, or its time has passed."""
    sign(walk, MET, no_comments=True)
    with pytest.raises(NotNow, match="Comments on the draft are not all in"):
        walk.take("manager", "issue_final")
    late = walk.due("factual_accuracy")[0].last_day
    with moments.as_at(make.at(f"{late.year + 1}-01-15T10:00")):
        walk.take("manager", "issue_final")

        assert walk.stage == "final"


def test_a_new_draft_is_commented_anew(walk, owner):
    """When the draft is shared again its paragraphs are new: what was said of the old ones stays, and waits no more."""
    comment(walk, MET, "It was May.")
    sign(walk, MET)
    walk.take("manager", "return_to_drafting", reason="More to write.")
    walk.take("manager2", "share_draft")
    comment(walk, MET, "Still May.")
    sign(walk, MET)
    sign(walk, KENT, no_comments=True)

    assert [words for _, words, _ in kept(owner)] == ["It was May.", "Still May."]
    new = signed(walk, MET)[-1]
    walk.take("auditor", "dispose_comment", disposition=[{"comment": new, **DISPOSED}])
    walk.take("manager2", "issue_final")
