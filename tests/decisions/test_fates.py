"""What became of decisions in new results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st
from support.linked_volumes import make_pages, make_text, wrapped

from align.decisions.fates import Fate, fates, standing_of
from align.decisions.obeyed import decided_of
from align.decisions.subjects import SubjectAt, keys_in, places_in, places_of, sentences_of, subjects_of, words_of
from align.linking import link_volume
from align.model import VolumeResult
from align.model.decision import CHOICES, Event, Subject, pair_key

RUSSIAN = (
    "Утром приехал Карпов и привез 17 писем из Ленинграда. Одно письмо было от моей сестры Веры. "
    "Она пишет, что в городе холодно и что дров не хватает. Вечером мы обедали у посла.\n"
)
ENGLISH = (
    "In the morning Karpov arrived and brought 17 letters from Leningrad. One letter was from my sister Vera. "
    "She writes that it is cold in the city and that there is not enough firewood. In the evening we dined out.\n"
)


@cache
def volume(russian: str = RUSSIAN, name: str = "v") -> VolumeResult:
    texts = [make_text(russian), make_text(ENGLISH, language="en")]
    return link_volume(
        name, make_pages([[*wrapped(RUSSIAN.replace("17", "19"), 40), "Совсем другие слова стоят"]]), texts
    )


def decided(at: SubjectAt, number: int = 0, choice: int = 0) -> Event:
    """A decision on what stands there."""
    choices = CHOICES[at.subject.kind]
    return Event(
        f"{number:032x}",
        "2026-11-28T08:00:00.000Z",
        "Anna",
        at.subject,
        choices[choice % len(choices)],
        texts=at.texts,
        content=at.content,
        where=at.where,
    )


def history(subjects: Sequence[SubjectAt], choice: int = 0) -> dict[Subject, Event]:
    return {at.subject: decided(at, n, choice) for n, at in enumerate(subjects)}


def fate_of(event: Event, result: VolumeResult) -> Fate:
    (fate,) = fates({event.subject: event}, subjects_of(result))
    return fate


def subject(result: VolumeResult, kind: str, number: int = 0) -> SubjectAt:
    return [at for at in subjects_of(result) if at.subject.kind == kind][number]


def test_every_part_of_a_volume_is_a_subject_with_a_key_of_its_own() -> None:
    """Findings, links, pairs, pages and documents are subjects, and no two have the same one."""
    result = volume()
    subjects = list(subjects_of(result))
    assert {at.subject.kind for at in subjects} == set(CHOICES)
    assert len({at.subject for at in subjects}) == len(subjects)
    assert subject(result, "link").words == result.links[0].content
    assert keys_in(subject(result, "pair").content) == ((result.links[0].key,), (result.links[4].key,))
    assert places_in(subject(result, "link").content) == ((result.pages[0].key, result.links[0].areas[0].boxes),)


@settings(max_examples=10)
@given(choice=st.integers(0, 3))
def test_all_stands_in_an_unchanged_collection(choice: int) -> None:
    """In results that did not change every decision stands."""
    subjects = list(subjects_of(volume()))
    assert {fate.kind for fate in fates(history(subjects, choice), subjects)} == {"stands"}


@settings(max_examples=30)
@given(st.data())
def test_each_event_has_one_fate(data: st.DataObject) -> None:
    """Whatever became of the results, each standing event has exactly one fate, in their order."""
    subjects = list(subjects_of(volume()))
    chosen = data.draw(st.lists(st.sampled_from(subjects), unique_by=lambda at: at.subject, max_size=8))
    words = data.draw(st.sampled_from(["Вечером мы обедали у посла.", "Утром приехал Карпов", "17 писем", "сестры"]))
    after = volume(RUSSIAN.replace(words, data.draw(st.sampled_from(["", "Ничего.", words + " очень"]))))
    found = fates(history(chosen, data.draw(st.integers(0, 3))), subjects_of(after))
    assert [fate.event.subject for fate in found] == [at.subject for at in chosen]
    assert all((fate.now is not None) or fate.kind in ("stands", "gone") for fate in found)


def test_an_edited_sentence_is_shown_with_both_texts() -> None:
    """A decision on a sentence that was edited is on an earlier text, and what the sentence is now comes with it."""
    event = decided(subject(volume(), "link", 1), choice=1)
    fate = fate_of(event, volume(RUSSIAN.replace("Одно письмо", "Одно длинное письмо")))
    assert fate.kind == "changed"
    assert fate.now is not None
    assert (words_of(event.content), fate.now.words) == (
        "Одно письмо было от моей сестры Веры.",
        "Одно длинное письмо было от моей сестры Веры.",
    )


def test_a_wrong_link_stands_although_it_is_elsewhere_now() -> None:
    """What is decided of a link is about its sentence: the decision stands after the link was mended."""
    at = subject(volume(), "link", 1)
    elsewhere = replace(at, content=at.words + '\n@ [{"page": "0000000000000000", "boxes": [[1, 2, 3, 4]]}]')
    assert fate_of(decided(elsewhere, choice=1), volume()).kind == "stands"


def test_a_link_to_a_page_that_is_gone_does_not_stand() -> None:
    """A link that was right on a page which was removed is told, not obeyed."""
    at = subject(volume(), "link", 1)
    event = decided(replace(at, content=at.words + '\n@ [{"page": "0000000000000000", "boxes": [[1, 2, 3, 4]]}]'))
    assert fate_of(event, volume()).kind == "changed"


def test_a_pair_stands_as_long_as_its_sentences_do() -> None:
    """A pair that was divided as decided is no pair any more; the decision stands."""
    at = subject(volume(), "pair", 1)
    assert fate_of(decided(at, choice=1), replace(volume(), pairs=())).kind == "stands"
    assert fate_of(decided(at, choice=1), volume(RUSSIAN.replace("Одно письмо", "Одно синее письмо"))).kind == "changed"


def test_a_pair_with_a_sentence_that_is_gone_does_not_stand() -> None:
    """Sentences are paired as decided only if all of them are there."""
    at = subject(volume(), "pair", 1)
    keys = keys_in(at.content)
    assert keys is not None
    wanted = {"transcription": [*keys[0], "0000000000000000"], "translation": list(keys[1])}
    event = replace(decided(at, choice=2), value=wanted)
    assert fate_of(event, volume()).kind == "changed"
    assert at.subject.key == pair_key(*keys)


def test_what_was_mended_is_gone() -> None:
    """A finding whose reason is gone has no successor."""
    misprint = next(at for at in subjects_of(volume()) if at.where.code == "likely-misprint")
    assert fate_of(decided(misprint), replace(volume(), findings=())).kind == "gone"


def test_volumes_with_the_same_document_do_not_share_decisions() -> None:
    """A decision on a sentence of one volume says nothing of the same sentence of another."""
    event = decided(subject(volume(), "link"))
    both = [*subjects_of(volume(name="w")), *subjects_of(replace(volume(), links=(), pairs=()))]
    (fate,) = fates({event.subject: event}, both)
    assert fate.kind == "gone"
    assert fate_of(event, volume(name="w")).kind == "stands"  # the volume was renamed


def test_places_from_outside_are_checked() -> None:
    """Areas that are no boxes on pages are none."""
    bad: list[object] = [None, 7, "x", [], [{}], [{"page": 1, "boxes": [[1, 2, 3, 4]]}], [{"page": "p", "boxes": []}],
                         [{"page": "p", "boxes": [[1, 2, 3]]}], [{"page": "p", "boxes": [[1, 2, 0, 4]]}],
                         [{"page": "p", "boxes": [[1, 2, True, 4]]}], [{"page": "p", "boxes": ["abcd"]}]]  # fmt: skip
    assert [places_of(stated) for stated in bad] == [None] * len(bad)
    assert places_of([{"page": "p", "boxes": [[1, 2, 3, 4]]}]) is not None
    assert keys_in("words\n@ {nothing") is None


TWINS = (
    "Утром приехал Карпов. Ничего нового. Вечером был дождь. Ничего нового. Пришло письмо от Веры. Ничего нового. "
    "Ночью стало холодно.\n"
)
SAME = "Ничего нового."


def same_words(result: VolumeResult) -> list[SubjectAt]:
    """The links of the sentences with the same words, in their order."""
    return [at for at in subjects_of(result) if at.subject.kind == "link" and at.words == SAME]


def test_the_place_of_a_twin_is_never_taken():
    """Where one of several identical sentences goes, decisions on the others do not move to another's place."""
    was = same_words(volume(TWINS))
    assert [at.where.twins for at in was] == [3, 3, 3]
    now = volume(TWINS.replace(f" {SAME}", "", 1))
    left = same_words(now)
    told = fates(history(was), subjects_of(now))
    # The second and third are shown with what they are now; of the first, which is gone, no other is left to show.
    assert [(fate.kind, fate.now and fate.now.subject) for fate in told] == [
        ("gone", None), ("changed", left[0].subject), ("changed", left[1].subject),
    ]  # fmt: skip
    texts = [make_text(TWINS.replace(f" {SAME}", "", 1))]
    assert standing_of(history(was), sentences_of(texts)) == {}
    assert decided_of(history(was), (), texts).links == {}


def test_an_edit_elsewhere_leaves_twins_as_they_are():
    """Decisions on identical sentences stand where the text is edited elsewhere, or one more comes after them."""
    was = same_words(volume(TWINS))
    for text in (TWINS.replace("Утром", "Днём"), TWINS.replace("Вечером", "Ночью"), f"{TWINS.strip()} {SAME}\n"):
        told = fates(history(was), subjects_of(volume(text)))
        assert [(fate.kind, fate.now.subject) for fate in told] == [("stands", at.subject) for at in was]


def test_a_twin_that_comes_before_takes_nothing():
    """Where an identical sentence is put in before, a decision is shown beside the sentence that it was made on."""
    text = TWINS.replace(f" {SAME}", "", 2)
    (was,) = same_words(volume(text))
    now = volume(text.replace("Утром", f"{SAME} Утром"))
    (told,) = fates(history([was]), subjects_of(now))
    assert (told.kind, told.now.subject) == ("changed", same_words(now)[1].subject)
