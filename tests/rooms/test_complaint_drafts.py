"""A complaint begun is kept page by page, gone on with by its code alone, and thrown away when its time is over."""

import re
from datetime import timedelta

from rooms.complaint_pages import Anybody, answers, walk
from rooms.staff_pages import errors, words

from regulator import moments
from regulator.complaints.tasks import forget_drafts

CODE = re.compile(r'<p class="code__value">([^<]+)</p>')
WORDS = "/complain/form/what-happened"
BEGUN = ("body", "subject", "nation", "technology")


def begun(app):
    """A browser with a complaint begun, up to what happened, and the code to come back."""
    browser = Anybody(app)
    every = answers(app)
    walk(browser, {name: every[name] for name in BEGUN})
    return browser, CODE.findall(browser.get("/complain/code").text)[0]


def test_comes_back_with_the_code(app):
    """Whoever has the code goes on from another device at the first page not answered, however the code is typed."""
    _, code = begun(app)
    other = Anybody(app)
    answer = other.send("/complain/come-back", code=code.lower().replace("-", " "))

    assert answer.location == WORDS
    assert "England" in words(other.get("/complain/check"))


def test_a_wrong_code_opens_nothing(app):
    """A wrong code opens nothing, and tries run out."""
    begun(app)
    browser = Anybody(app)
    tries = [browser.send("/complain/come-back", code="0000-0000") for _ in range(31)]

    assert errors(tries[0])[0].startswith("We found no complaint begun with that code")
    assert [one.status_code for one in tries[-2:]] == [200, 429]


def test_nobody_reads_it_without_the_code(app, owner):
    """What was typed stands nowhere in the database, nor does the code; both are useless without each other."""
    browser, code = begun(app)
    browser.send(WORDS, what_happened="They stopped me at the canary.")
    rows = str(owner.execute("select d::text from draft d").fetchall())
    sessions = str(owner.execute("select s::text from web_session s").fetchall())

    for kept in (rows, sessions):
        assert "canary" not in kept
        assert code not in kept
        assert code.replace("-", "") not in kept


def test_comes_back_later_keeps_what_is_half_written(app):
    """Who stops in the middle of a page keeps what was typed there, right or not."""
    browser, _ = begun(app)
    browser.send(WORDS, what_happened="")
    answer = browser.send(WORDS, what_happened="Half a sen", later="yes")

    assert answer.location == "/complain/code"
    assert "Half a sen" in browser.get(WORDS).text


def test_two_windows_lose_nothing(app):
    """Two windows on different pages keep both; on one page the slower is shown what the quicker wrote, beside its own."""
    browser, _ = begun(app)
    first, second = browser.drawn(WORDS), browser.drawn(WORDS)
    browser.send("/complain/form/others", others_told="My doctor")
    browser.post(WORDS, {**first, "what_happened": "From the first window."})
    slower = browser.post(WORDS, {**second, "what_happened": "From the second window."})
    again = {**browser.drawn(WORDS), "token": re.findall(r'name="token" value="([^"]*)"', slower.text)[0]}

    assert "This changed while you were writing" in slower.text
    assert "From the first window." in slower.text
    assert "From the second window." in slower.text
    assert browser.post(WORDS, {**again, "what_happened": "Both."}).status_code == 302
    assert "My doctor" in words(browser.get("/complain/check"))


def test_time_runs_out(app, owner):
    """A complaint not sent by the day that was told is opened no more, and the worker throws it away."""
    browser, code = begun(app)
    told = words(browser.get("/complain/code"))
    last = (moments.now() + timedelta(days=30)).date()
    with app.app_context(), moments.as_at(moments.now() + timedelta(days=29)):
        early = forget_drafts()
    with moments.as_at(moments.now() + timedelta(days=30, minutes=1)):
        late = Anybody(app).send("/complain/come-back", code=code)
        with app.app_context():
            gone = forget_drafts()

    assert f"{last.day} {last:%B %Y}" in told
    assert errors(late)[0].startswith("We found no complaint begun with that code")
    assert (early, gone) == (0, 1)
    assert owner.execute("select count(*) from draft").fetchone() == (0,)


def test_thrown_away(app, owner):
    """Who throws away what they wrote leaves nothing behind, and their code opens nothing."""
    browser, code = begun(app)
    browser.send("/complain/code", to="/complain/throw-away")

    assert owner.execute("select count(*) from draft").fetchone() == (0,)
    assert errors(Anybody(app).send("/complain/come-back", code=code))


def test_sent_is_begun_no_more(app, owner):
    """Once a complaint is sent, nothing is left of what was begun."""
    browser = Anybody(app)
    walk(browser, answers(app))
    browser.send("/complain/check")

    assert owner.execute("select count(*) from draft").fetchone() == (0,)
    assert owner.execute("select count(*) from case_file").fetchone() == (1,)


def test_the_way_back_by_email(app, owner):
    """Who asks is sent a link that leads back; the address is in the message alone, and goes with it."""
    browser, code = begun(app)
    browser.send("/complain/code", email="ada@example.test")
    to, message = owner.execute("select recipient, words from house_mail").fetchone()
    link = re.search(r"https?://\S+", message)[0]
    page = Anybody(app).get(link.partition("//")[2].partition("/")[2].join(("/", "")))

    assert to == "ada@example.test"
    assert f'value="{code}"' in page.text
    assert "ada@" not in str(owner.execute("select d::text from draft d").fetchall())


def test_mail_is_not_a_weapon(app):
    """One address is not written to more than three times an hour."""
    browser, _ = begun(app)
    tries = [browser.send("/complain/code", email="ada@example.test").status_code for _ in range(4)]

    assert tries == [302, 302, 302, 429]


def test_change_and_come_back_to_the_check(app):
    """An answer changed from the last page leads back to it."""
    browser = Anybody(app)
    walk(browser, answers(app))
    path = "/complain/form/own-data?change=yes"
    answer = browser.send(path, own_data="unsure")

    assert answer.location == "/complain/check"
    assert "I am not sure" in words(browser.get("/complain/check"))


def test_what_is_missing_is_said(app, owner):
    """A complaint with a page not answered is not sent; each page that is missing is named and led to."""
    browser, _ = begun(app)
    page = browser.send("/complain/check")

    assert "Answer “What happened?”" in errors(page)
    assert 'href="/complain/form/what-happened?change=yes"' in page.text
    assert owner.execute("select count(*) from case_file").fetchone() == (0,)


def test_nobody_falls_into_a_page(app):
    """A page in the middle opened without a complaint begun leads to where the code is asked for."""
    assert Anybody(app).get(WORDS).location == "/complain/come-back"
    assert Anybody(app).get("/complain/check").location == "/complain/come-back"
    assert Anybody(app).get("/complain/form/nowhere").status_code == 404
