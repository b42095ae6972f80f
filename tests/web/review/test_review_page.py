"""The review page in a real browser: keys decide, what is decided is kept whatever happens, others are seen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.axe import faults
from support.fake_review import FakeReview
from support.front_end import needs_front_end
from support.report_browser import write
from support.report_collection import finding, report_volume, write_collection
from support.review_browser import key_of, opened, press, wait_for
from support.review_editor import WAITING
from support.served_pages import until

pytestmark = pytest.mark.slow
BARE = {"value": None, "comment": "", "flag": False}
FINDINGS = "document.querySelectorAll('.row').length"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The results of a collection with a report."""
    needs_front_end("review.js", "review.css")
    root = tmp_path_factory.mktemp("review")
    volume = report_volume()
    ru = volume.texts[0]
    misprint = finding(20, "likely-misprint", document=ru.document, text=ru.path, sentences=(ru.sentences[3].id,),
                       spans=((ru.sentences[3].spans[0][1] - 7, ru.sentences[3].spans[0][1]),), pages=(1,),
                       areas=volume.links[3].areas, scan_text="Вечером нисал.",
                       source_text="Вечером писал.")  # fmt: skip
    write_collection(root, replace(volume, findings=(misprint, *volume.findings)))
    return write(root).parent


@pytest.fixture
def review(folder):
    """A server without decisions."""
    return FakeReview(folder)


def misprint(page):
    """Open the finding that proposes a reading."""
    page.select_option("[name=code]", label="Likely misprint (1)")
    until(page, "document.querySelector('.proposal') !== null")
    page.evaluate("document.querySelector('article').focus()")


def test_each_key_decides_and_goes_on(browser, review):
    """Each key of a decision decides on the finding that is open, and opens the next one that is undecided."""
    with opened(browser, review) as page:
        keys = {}
        for key, decision in (("a", "mend"), ("l", "leave"), ("x", "false-alarm"), ("c", "cannot-tell")):
            keys[key_of(page)] = decision
            press(page, key)
        wait_for(page, lambda: len(review.events) == 4)
        assert {e["subject"]["key"]: e["decision"] for e in review.events} == keys
        until(page, "document.querySelector('#progress-words').textContent.startsWith('4 of ')")
        assert page.evaluate("document.activeElement.tagName") == "ARTICLE"


def test_keys_of_a_russian_keyboard(browser, review):
    """The letter that stands on the same key of a Russian keyboard does the same."""
    with opened(browser, review, locale="ru-RU") as page:
        page.evaluate("document.dispatchEvent(new KeyboardEvent('keydown', {key: 'ч', code: 'KeyX', bubbles: true}))")
        wait_for(page, lambda: len(review.events) == 1)
        assert review.events[0]["decision"] == "false-alarm"
        assert "Решено: ложная тревога." in page.text_content("#said")
        assert "Очередь" in page.content()


def test_the_proposed_reading_is_accepted(browser, review):
    """The reading that a finding proposes stands beside what the text has, and is what one key accepts."""
    with opened(browser, review) as page:
        misprint(page)
        assert page.locator(".proposal dd").all_text_contents() == [" писал.", " нисал."]
        page.keyboard.press("a")
        wait_for(page, lambda: len(review.events) == 1)
        assert review.events[0]["value"] == {"reading": " нисал."}


def test_a_reading_is_typed(browser, review):
    """A reading that is typed is kept by Enter, letters in the field are no keys, and Esc leaves all as it was."""
    with opened(browser, review) as page:
        misprint(page)
        page.keyboard.press("e")
        page.keyboard.press("Escape")
        assert page.locator("#typed").count() == 0
        page.keyboard.press("e")
        page.fill("#typed", "")
        page.keyboard.type("xa ещё читал", delay=1)
        page.keyboard.press("Enter")
        wait_for(page, lambda: len(review.events) == 1)
        assert (review.events[0]["decision"], review.events[0]["value"]) == ("mend", {"reading": "xa ещё читал"})


def test_undo_takes_back_the_last_act(browser, review):
    """Backspace takes back one's last decision and opens its finding again; then the one before."""
    with opened(browser, review) as page:
        first = key_of(page)
        press(page, "x")
        second = key_of(page)
        press(page, "a")
        wait_for(page, lambda: len(review.events) == 2)
        press(page, "Backspace")
        assert key_of(page) == second
        press(page, "Backspace")
        assert key_of(page) == first
        wait_for(page, lambda: len(review.events) == 4)
        assert review.standing() == {}
        page.keyboard.press("Backspace")
        until(page, "document.querySelector('#said').textContent === 'There is nothing to take back.'")


def test_comment_and_flag_stay_with_the_decision(browser, review):
    """A comment and a flag are kept with the decision, and the decision is kept with them."""
    with opened(browser, review) as page:
        key = key_of(page)
        page.keyboard.press("m")
        page.keyboard.type("Смотри опись.")
        page.keyboard.press("Enter")
        page.keyboard.press("f")
        page.keyboard.press("l")
        wait_for(page, lambda: len(review.events) == 3)
        now = review.of(key)
        assert (now["decision"], now["comment"], now["flag"]) == ("leave", "Смотри опись.", True)


def test_skipped_findings_come_again(browser, review):
    """Space goes to the next finding and decides nothing; when all were seen, those that were skipped come again."""
    with opened(browser, review) as page:
        first, n = key_of(page), page.evaluate(FINDINGS)
        for _ in range(n):
            press(page, " ")
        assert key_of(page) == first
        assert review.events == []
        for _ in range(n - 1):
            press(page, "x")
        page.keyboard.press(" ")
        until(page, "document.querySelector('#said').textContent === 'Only this finding is left.'")


def test_all_alike_are_one_act(browser, review):
    """Of all alike it is shown which and how many; then one act decides on them, and one undo takes it back."""
    with opened(browser, review) as page:
        review.alike = (key_of(page), *[own.key for own in report_volume().findings[:2]])
        page.keyboard.press("s")
        page.wait_for_selector("dialog .alike li")
        assert "3 findings are alike" in page.text_content("dialog[open]")
        page.click("dialog [data-decision=false-alarm]")
        until(page, "document.querySelector('#progress-words').textContent.startsWith('3 of')")
        assert {own["batch"] for own in review.events} == {review.events[0]["batch"]}
        page.keyboard.press("Backspace")
        until(page, "document.querySelector('#progress-words').textContent.startsWith('0 of')")
        assert review.standing() == {}


def test_all_alike_are_shown_anew_where_they_changed(browser, review):
    """Where others decided since the preview, nothing is done and the new preview is shown."""
    with opened(browser, review) as page:
        review.alike = tuple(own.key for own in report_volume().findings[:3])
        page.keyboard.press("s")
        page.wait_for_selector("dialog .alike li")
        review.alike = review.alike[:2]
        page.click("dialog [data-decision=leave]")
        until(page, "document.querySelectorAll('dialog .alike li').length === 2")
        assert review.events == []


def test_all_alike_wait_for_what_was_decided_before(browser, review):
    """What is on its way to the server is there before it is asked what is alike: nobody is at odds with themselves."""
    with opened(browser, review) as page:
        key = key_of(page)
        review.alike = (key, *[own.key for own in report_volume().findings if own.key != key][:2])
        held = []
        page.route("**/api/subjects/**", lambda route: held.append(route))
        page.keyboard.press("f")
        wait_for(page, lambda: held)
        page.keyboard.press("s")
        page.wait_for_timeout(200)
        assert review.asked == []
        held[0].continue_()
        page.click("dialog [data-decision=leave]")
        until(page, "document.querySelector('#said').textContent === '3 findings were decided.'")
        assert [own["flag"] for own in review.events] == [True, False, False, False]
        assert page.locator("#conflicts").is_hidden()


@pytest.mark.parametrize("mood", ["silent", "507", "503", "500", "401"])
def test_what_is_not_acknowledged_is_kept_and_sent_again(browser, review, mood):
    """A server that does not answer, or cannot keep anything, loses no decision: they wait, also over a reload."""
    with opened(browser, review) as page:
        review.mood = mood
        press(page, "x")
        press(page, "a")
        until(page, "document.querySelector('#trouble').textContent.includes('2 decisions')")
        review.mood = "well"
        page.reload()
        page.wait_for_selector("article")
        wait_for(page, lambda: len(review.events) == 2)
        until(page, "document.querySelector('#trouble').hidden")
        arrived = [own["decision"] for own in review.events]
        # A fault may be about one decision alone: the other, on another finding, may come first.
        assert (sorted(arrived) if mood == "500" else arrived) == ["false-alarm", "mend"]
        until(page, f"{WAITING} === 0")


def test_a_clock_that_is_set_back_changes_no_order(browser, review):
    """Decisions that wait are sent in the order in which they were made, also where the clock was set back between."""
    with opened(browser, review) as page:
        review.mood = "silent"
        page.keyboard.press("f")
        page.evaluate("Date.now = () => 1000")
        press(page, "x")
        until(page, "document.querySelector('#trouble').textContent.includes('2 decisions')")
        review.mood = "well"
        wait_for(page, lambda: len(review.events) == 2)
        assert [own["decision"] for own in review.events] == [None, "false-alarm"]
        assert review.events[1]["based_on"] == review.events[0]["event"]


def test_late_news_change_nothing(browser, review):
    """Of one finding the latest decision is shown, also where its answer comes before the news of earlier ones."""
    with opened(browser, review) as page:
        review.late = True
        page.keyboard.press("f")
        press(page, "x")
        until(page, f"{WAITING} === 0")
        other = key_of(page)
        review.late = False
        # News come in their order: when this is heard, all before it was heard.
        review.decide("finding", other, {**BARE, "event": "4" * 32, "decision": "leave"}, None, by="Борис")
        page.wait_for_selector(".d-leave")
        page.keyboard.press("k")
        page.wait_for_selector(".d-false-alarm")
        page.keyboard.press("l")
        wait_for(page, lambda: len(review.events) == 4)
        assert review.events[3]["based_on"] == review.events[1]["event"]


def test_what_was_seen_goes_along(browser, review):
    """With a decision goes what the editor saw of the finding."""
    with opened(browser, review) as page:
        misprint(page)
        page.keyboard.press("a")
        wait_for(page, lambda: len(review.events) == 1)
        assert review.events[0]["content"] == "Вечером писал.\nВечером нисал."


def test_a_flag_and_a_comment_go_as_they_came(browser, review):
    """The same key takes a flag away, and an empty comment the comment; then nothing is said, and undo knows it."""
    with opened(browser, review) as page:
        key = key_of(page)
        page.keyboard.press("f")
        wait_for(page, lambda: len(review.events) == 1)
        page.keyboard.press("f")
        wait_for(page, lambda: review.of(key) is None)
        page.keyboard.press("Backspace")
        until(page, "document.querySelector('#said').textContent === 'There is nothing to take back.'")
        page.keyboard.press("m")
        page.keyboard.type("sic")
        page.keyboard.press("Enter")
        page.keyboard.press("f")
        page.keyboard.press("f")
        page.keyboard.press("m")
        page.fill("#typed", "")
        page.keyboard.press("Enter")
        wait_for(page, lambda: len(review.events) == 6)
        assert (review.of(key)["decision"], review.of(key)["comment"], review.of(key)["flag"]) == (None, "", False)
        page.keyboard.press("Backspace")
        wait_for(page, lambda: review.of(key)["comment"] == "sic")


def test_a_run_while_the_server_was_away_is_told(browser, review):
    """A server that was started again after a run is noticed: the page says that its results are old."""
    with opened(browser, review) as page:
        review.mood = "silent"
        review.results = "of another run"
        page.keyboard.press("f")
        until(page, "!document.querySelector('#trouble').hidden")
        wait_for(page, lambda: review.heard == 0)
        review.mood = "well"
        until(page, "document.querySelector('#notice').textContent.startsWith('The results were made anew')")


def test_an_act_on_many_is_asked_again(browser, review):
    """While no answer comes to a decision for all alike it is sent again, and is done once."""
    with opened(browser, review) as page:
        review.alike = tuple(own.key for own in report_volume().findings[:3])
        page.keyboard.press("s")
        page.wait_for_selector("dialog .alike li")
        lost = []

        def lose(route):
            lost.append(route.fetch())
            route.abort()

        page.route("**/api/many", lambda route: route.continue_() if lost else lose(route))
        page.click("dialog [data-decision=leave]")
        until(page, "document.querySelector('#said').textContent === '3 findings were decided.'")
        assert len(review.events) == 3
        page.keyboard.press("Backspace")
        wait_for(page, lambda: review.standing() == {})


def test_what_is_taken_back_before_it_was_sent_never_arrives(browser, review):
    """A decision that is taken back while earlier ones are on their way is not sent after them."""
    with opened(browser, review) as page:
        review.mood = "silent"
        first = key_of(page)
        press(page, "x")
        press(page, "a")
        held = []
        page.route("**/api/subjects/**", lambda route: route.continue_() if held else held.append(route))
        page.evaluate("dispatchEvent(new Event('online'))")
        wait_for(page, lambda: held)
        review.mood = "well"
        press(page, "Backspace")
        held[0].continue_()
        until(page, f"{WAITING} === 0")
        assert [own["subject"]["key"] for own in review.events] == [first]


def test_two_tabs_send_each_decision_once(browser, review):
    """Decisions of two tabs, made while the server is away, arrive once each."""
    with opened(browser, review) as page:
        other = page.context.new_page()
        other.goto(page.url)
        other.wait_for_selector("article")
        review.mood = "silent"
        press(page, "x")
        press(other, " ")
        press(other, "a")
        review.mood = "well"
        wait_for(page, lambda: len(review.events) == 2)
        page.wait_for_timeout(1500)
        assert len({own["event"] for own in review.events}) == len(review.events) == 2


@pytest.mark.parametrize("choice", ["Keep mine", "Take theirs"])
def test_another_decision_meanwhile_is_shown(browser, review, choice):
    """What somebody else decided meanwhile stands beside one's own, and the editor says which is to be."""
    with opened(browser, review) as page:
        key = key_of(page)
        # The page does not know of it yet: its news do not arrive.
        page.route("**/api/events*", lambda route: route.abort())
        page.reload()
        page.wait_for_selector("article")
        review.decide(
            "finding",
            key,
            {**BARE, "event": "1" * 32, "decision": "leave"},
            None,
            by="Борис",
        )
        page.keyboard.press("x")
        until(page, "[...document.querySelectorAll('.row .state')].some((own) => own.textContent === '!')")
        page.keyboard.press("k")
        page.wait_for_selector(".asked")
        assert "Борис decided on this meanwhile." in page.text_content(".asked")
        assert "right, and left as it is" in page.text_content(".asked")
        page.click(f".asked button:text('{choice}')")
        until(page, "document.querySelector('.asked') === null")
        wait_for(page, lambda: review.of(key)["by"] == ("Анна" if choice == "Keep mine" else "Борис"))


def test_a_fault_about_one_decision_holds_up_no_other(browser, review):
    """Where the server fails at one decision, those on other findings arrive; that one and its next wait, in order."""
    with opened(browser, review) as page:
        first = key_of(page)
        address = f"**/api/subjects/finding/{first}"
        page.route(address, lambda route: route.fulfill(status=500, body="{}"))
        page.keyboard.press("f")
        press(page, "x")
        second = key_of(page)
        press(page, "a")
        wait_for(page, lambda: review.of(second))
        until(page, f"{WAITING} === 2 && !document.querySelector('#trouble').hidden")
        page.unroute(address)
        until(page, f"{WAITING} === 0 && document.querySelector('#trouble').hidden")
        assert [own["subject"]["key"] for own in review.events] == [second, first, first]


def test_an_answer_that_was_cut_off_is_asked_again(browser, review):
    """What the server did before it died in its answer is known here once it answers: later decisions build on it."""
    with opened(browser, review) as page:
        key = key_of(page)
        review.late = True
        for n in (1, 2):
            review.mood = "cut"
            page.keyboard.press("f")
            until(page, "!document.querySelector('#trouble').hidden")
            assert len(review.events) == n
            review.mood = "well"
            until(page, f"{WAITING} === 0")
        press(page, "x")
        until(page, f"{WAITING} === 0")
        assert [own["decision"] for own in review.events] == [None, "undone", "false-alarm"]
        assert (review.of(key)["flag"], review.of(key)["based_on"]) == (False, None)


@pytest.mark.parametrize(
    ("mood", "words"), [("409", "contradicts another decision, by Борис"), ("422", "The reading is empty.")]
)
def test_what_the_server_refuses_is_said(browser, review, mood, words):
    """A decision that contradicts another one, or cannot be kept, is shown with the reason, and can be given up."""
    review.other = {"by": "Борис", "decision": "leave", "time": "2026-11-28T08:00:00.000Z"}
    with opened(browser, review) as page:
        review.mood = mood
        page.keyboard.press("x")
        until(page, "[...document.querySelectorAll('.row .state')].some((own) => own.textContent === '!')")
        page.keyboard.press("k")
        page.wait_for_selector(".asked")
        assert words in page.text_content(".asked")
        page.click(".asked button")
        until(page, "document.querySelector('.asked') === null")
        assert review.events == []


def test_what_others_decide_appears(browser, review):
    """A decision of somebody else is seen without reloading, and its finding is not asked for again."""
    with opened(browser, review) as page:
        key = key_of(page)
        review.decide(
            "finding",
            key,
            {**BARE, "event": "2" * 32, "decision": "leave"},
            None,
            by="Борис",
        )
        page.wait_for_selector(".decided")
        assert "Борис" in page.text_content(".decided")
        assert page.locator("[name=by] option").all_text_contents() == ["all", "Борис"]


def test_decided_on_an_earlier_text(browser, review):
    """A decision on an earlier text is shown with both texts, counts as undecided, and is made anew by one click."""
    own = report_volume().findings[0]
    event = {"event": "3" * 32, "decision": "leave", "value": None, "comment": "", "flag": False, "by": "Борис",
             "subject": {"kind": "finding", "key": own.key}, "content": "Прежний текст", "based_on": None}  # fmt: skip
    review.events.append(event)
    review.changed = [{"event": event, "fate": "changed",
                       "now": {"subject": event["subject"], "content": "Нынешний текст"}}]  # fmt: skip
    with opened(browser, review, address="#state=earlier") as page:
        assert "Прежний текст" in page.text_content(".asked")
        assert "Нынешний текст" in page.text_content(".asked")
        assert page.text_content("#earlier") == "1 on an earlier text"
        page.click("#earlier")
        page.wait_for_selector("dialog .earlier")
        page.keyboard.press("Escape")
        page.click(".asked button:text('It still holds')")
        wait_for(page, lambda: len(review.events) == 2)
        assert (review.events[1]["decision"], review.events[1]["based_on"]) == ("leave", "3" * 32)


def test_what_an_earlier_finding_became_is_decided_once(browser, review):
    """A finding that another one became is decided like any other, also while the server is away."""
    old, new = report_volume().findings[:2]
    event = {**BARE, "event": "3" * 32, "decision": "leave", "by": "Борис", "content": "Прежний", "based_on": None,
             "subject": {"kind": "finding", "key": "0" * 16}}  # fmt: skip
    mine = {**event, "event": "5" * 32, "subject": {"kind": "finding", "key": old.key}}
    review.events += [event, mine]
    review.changed = [{"event": own, "fate": "changed", "now": {"subject": {"kind": "finding", "key": key},
                       "content": "Нынешний"}} for own, key in ((event, new.key), (mine, old.key))]  # fmt: skip
    with opened(browser, review, address="#state=earlier") as page:
        assert page.evaluate(FINDINGS) == 2
        review.mood = "silent"
        press(page, "x")
        page.keyboard.press("x")
        until(page, "document.querySelector('#said').textContent === 'All findings of this queue are decided.'")
        assert page.locator(".row.is-decided").count() == 2
        review.mood = "well"
        wait_for(page, lambda: len(review.events) == 4)


def test_keys_are_changed_and_switched_off(browser, review):
    """A key can be given to another act and letters can be switched off; both stay in this browser."""
    with opened(browser, review) as page:
        page.keyboard.press("?")
        page.click("dialog [data-act=false-alarm]")
        page.keyboard.press("w")
        until(page, "document.querySelector('dialog [data-act=false-alarm]').textContent === 'w'")
        page.keyboard.press("Escape")
        page.reload()
        page.wait_for_selector("article")
        press(page, "w")
        wait_for(page, lambda: len(review.events) == 1)
        page.keyboard.press("?")
        page.uncheck("dialog input[type=checkbox]")
        page.keyboard.press("Escape")
        page.evaluate("document.querySelector('article').focus()")
        page.keyboard.press("a")
        page.keyboard.press(" ")
        page.wait_for_timeout(200)
        assert len(review.events) == 1


def test_a_reader_decides_nothing(browser, folder):
    """A reader sees everything, and no key decides."""
    review = FakeReview(folder, role="reader")
    with opened(browser, review) as page:
        page.keyboard.press("x")
        page.keyboard.press("f")
        page.wait_for_timeout(100)
        assert review.asked == []
        assert page.locator(".act:not([disabled])").count() == 0


def test_documents_have_a_state(browser, review):
    """The state of a document is chosen beside what is decided of it."""
    with opened(browser, review) as page:
        page.keyboard.press("d")
        page.locator("dialog select").first.select_option("second-reader")
        wait_for(page, lambda: len(review.events) == 1)
        assert (review.events[0]["subject"]["kind"], review.events[0]["decision"]) == ("document", "second-reader")


@pytest.mark.parametrize(("wide", "colours"), [(1600, "light"), (1280, "dark"), (390, "light"), (390, "dark")])
def test_axe_finds_nothing_serious(browser, review, wide, colours):
    """The page and its windows have no serious or critical fault, and nothing is wider than the page."""
    with opened(browser, review, wide=wide, color_scheme=colours, bypass_csp=True) as page:
        misprint(page) if wide > 960 else None
        page.keyboard.press("x")
        page.keyboard.press("k")
        page.keyboard.press("e")
        assert faults(page) == []
        page.keyboard.press("Escape")
        for key in ("?", "d"):
            page.evaluate("document.querySelector('article')?.focus()")
            page.keyboard.press(key)
            page.wait_for_selector("dialog[open]")
            assert faults(page) == []
            page.keyboard.press("Escape")
            page.wait_for_selector("dialog[open]", state="detached")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_five_thousand_findings(browser, many):
    """Five thousand findings are worked through as fifty are: few of them are in the page, whatever comes next."""
    needs_front_end("review.js")
    review = FakeReview(many.parent)
    with opened(browser, review) as page:
        until(page, "document.querySelector('#progress-words').textContent === '0 of 5000'")
        assert page.evaluate(FINDINGS) < 60
        for at in range(120):
            press(page, "xalc"[at % 4])
        wait_for(page, lambda: len(review.events) == 120)
        assert page.evaluate(FINDINGS) < 60
        until(page, "document.querySelector('#progress-words').textContent.startsWith('120 of 5000')")
