from __future__ import annotations

import cv2
import numpy as np
import pytest
from support.drawn_pages import PAPER, bordered, noisy, sheet, skewed, text_page, write

from align.imaging import find_frames, is_blank, overview_of, prepare
from align.model import Frame


def opening(*, left_lines: int = 25, right_lines: int = 25, fold: bool = True) -> np.ndarray:
    """Two pages side by side, 900 wide each, with or without the shadow of the fold at 900."""
    page = sheet(1800, 1300)
    write(page, left=110, top=110, right=790, lines=left_lines, seed=1)
    write(page, left=1010, top=110, right=1690, lines=right_lines, seed=2)
    if fold:
        shade = 1 - 0.4 * np.exp(-np.abs(np.arange(1800) + 0.5 - 900) / 18)
        page = (page * shade).astype(np.uint8)
    return page


def only_frame(page: np.ndarray) -> Frame:
    frames = find_frames(page)
    assert len(frames) == 1
    return frames[0]


@pytest.mark.parametrize("angle", [-5.0, -1.3, 0.0, 0.7, 2.0, 4.6])
def test_skew_is_removed_to_a_tenth_of_a_degree(angle: float) -> None:
    """A line known to be crooked by some degrees runs level in the working image, within 0.1 degree."""
    page = skewed(text_page(), angle)
    prepared = prepare(page, only_frame(page))
    turn = np.deg2rad(angle)
    ends = [(450 - 300 * np.cos(turn), 650 - 300 * np.sin(turn)), (450 + 300 * np.cos(turn), 650 + 300 * np.sin(turn))]
    (x0, y0), (x1, y1) = prepared.to_scan.inverse().points(ends)
    left = np.rad2deg(np.arctan2(y1 - y0, x1 - x0))
    assert abs(left) <= (0.4 if "deskew" not in prepared.steps else 0.1)
    assert ("deskew" in prepared.steps) == (abs(angle) >= 0.5)


def test_an_even_straight_page_is_left_alone() -> None:
    """Nothing is done to a clean page: the engine sees the scan's own pixels."""
    page = text_page(size=16, lines=20)
    prepared = prepare(page, only_frame(page))
    assert prepared.steps == "plain"
    assert np.array_equal(prepared.image, page)
    assert prepared.to_scan.point((3.0, 4.0)) == (3.0, 4.0)


def test_border_goes_together_with_uneven_light() -> None:
    """On a page on dark backing under a lamp at one side, paper becomes white everywhere and ink stays dark."""
    page = bordered(text_page(size=16, lines=20), 60)
    lit = (page * np.linspace(1.0, 0.5, page.shape[1])).astype(np.uint8)
    prepared = prepare(lit, only_frame(lit))
    assert prepared.steps == "even"
    assert prepared.image[:50].min() == 255
    paper = page == PAPER
    inside = cv2.erode(paper.astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    assert np.percentile(prepared.image[inside], 1) > 225
    assert np.percentile(prepared.image[page == 40], 90) < 120


def test_small_letters_are_enlarged_whatever_the_metadata_says() -> None:
    """Letters of 8 pixels come to the engine at about 20, and their places lead back."""
    page = text_page(700, 1000, size=8, lines=30)
    prepared = prepare(page, only_frame(page))
    assert "scale" in prepared.steps
    assert 16 <= prepared.letter_size <= 24
    height, width = prepared.image.shape
    assert prepared.to_scan.point((width, height)) == pytest.approx((700, 1000), abs=0.5)


def test_large_letters_are_reduced() -> None:
    """Letters of 28 pixels in grain come to the engine at about 18, skewed or not, and their places lead back."""
    drawn = text_page(1500, 2100, size=28, lines=20)
    for page in (noisy(drawn, 3), noisy(skewed(drawn, 2.0), 3)):
        prepared = prepare(page, only_frame(page))
        assert "scale" in prepared.steps
        assert 16 <= prepared.letter_size <= 20
        height, width = prepared.image.shape
        middle = prepared.to_scan.point((width / 2, height / 2))
        assert middle == pytest.approx((750, 1050), abs=1.5)


@pytest.mark.parametrize("fold", [True, False])
@pytest.mark.parametrize("angle", [0.0, 2.0])
def test_an_opening_is_two_frames_cut_in_its_gutter(fold: bool, angle: float) -> None:
    """Two pages are told apart with and without a fold's shadow, and the cut touches no text."""
    frames = find_frames(skewed(opening(fold=fold), angle))
    assert len(frames) == 2
    assert frames[0].box.right == frames[1].box.left
    assert frames[0].box.right == pytest.approx(900, abs=60)


@pytest.mark.parametrize(("left", "right"), [(25, 5), (25, 0), (0, 25), (0, 0)])
def test_an_opening_is_split_whatever_its_sides_hold(left: int, right: int) -> None:
    """A short or empty side is a page of its own."""
    frames = find_frames(opening(left_lines=left, right_lines=right))
    assert [f.box.width for f in frames] == pytest.approx([900, 900], abs=60)


def test_an_opening_with_a_bare_side_needs_no_shadow() -> None:
    """A page of text in one half of an opening's sheet is one of two pages."""
    assert len(find_frames(opening(right_lines=0, fold=False))) == 2


def test_an_opening_on_its_side_is_cut_across() -> None:
    """Turned by a quarter, the opening is cut along its gutter and the frames say that they lie sideways."""
    for turn in (1, 3):
        frames = find_frames(np.ascontiguousarray(np.rot90(opening(), turn)))
        assert [f.rotation for f in frames] == [90, 90]
        assert sorted(f.box.top for f in frames) == [0, pytest.approx(900, abs=60)]


@pytest.mark.parametrize("width", [900, 1800])
def test_columns_of_one_page_are_not_split(width: int) -> None:
    """Two columns, on an upright or a broad sheet, stand on one page."""
    page = sheet(width, 1300)
    gap = 45 if width == 900 else 50
    write(page, left=100, top=110, right=(width - gap) // 2, lines=25, seed=3)
    write(page, left=(width + gap) // 2, top=110, right=width - 70, lines=25, seed=4)
    assert only_frame(page).rotation == 0


def test_a_broad_page_of_full_lines_is_not_split() -> None:
    """A landscape page whose lines run across the middle is one page, even with a fold."""
    page = sheet(1800, 1300)
    write(page, left=150, top=110, right=1650, lines=25)
    only_frame(page)
    shade = 1 - 0.4 * np.exp(-np.abs(np.arange(1800) + 0.5 - 900) / 18)
    only_frame((page * shade).astype(np.uint8))


def test_a_table_is_not_split() -> None:
    """Several columns with like gaps are a table on one page."""
    page = sheet(1800, 1300)
    for column in range(4):
        write(page, left=100 + column * 430, top=110, right=420 + column * 430, lines=25, seed=column)
    only_frame(page)


def test_a_sideways_page_is_found_by_its_lines() -> None:
    """Lines that run along the scan's height say that the frame lies sideways."""
    page = np.ascontiguousarray(np.rot90(skewed(text_page(), 1.0)))
    assert only_frame(page).rotation == 90


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_places_in_a_turned_working_image_lead_back_to_the_scan(rotation: int) -> None:
    """Whichever way up a bad page is prepared, a mark found in the working image maps to its place on the scan."""
    page = skewed(bordered(text_page(), 50), 2.0, fill=25)
    cv2.rectangle(page, (496, 1336), (503, 1343), 0, -1)
    box = only_frame(page).box
    prepared = prepare(page, Frame(box, rotation))
    x, y = prepared.to_scan.inverse().point((500.0, 1340.0))
    part = 255.0 - prepared.image[round(y) - 20 : round(y) + 20, round(x) - 20 : round(x) + 20]
    ys, xs = np.mgrid[: part.shape[0], : part.shape[1]]
    seen = (
        round(x) - 20 + float((part * (xs + 0.5)).sum() / part.sum()),
        round(y) - 20 + float((part * (ys + 0.5)).sum() / part.sum()),
    )
    assert prepared.to_scan.point(seen) == pytest.approx((500, 1340), abs=1.0)


def test_noise_and_shadows_are_blank() -> None:
    """A bare sheet stays blank under noise, a stamp's pale shadow, a lamp at one side and a little show-through."""
    bare = sheet(900, 1300)
    stamp = bare.copy()
    cv2.circle(stamp, (500, 600), 120, 205, 14)
    lit = (bare * np.linspace(1, 0.5, 900)).astype(np.uint8)
    back = cv2.GaussianBlur(text_page(lines=1), (0, 0), 2.5)[:, ::-1]
    through = (bare - 0.25 * (PAPER - back.astype(float))).astype(np.uint8)
    for page in (bare, noisy(bare, 9), noisy(stamp, 5), noisy(lit, 5), noisy(through, 4), bordered(noisy(bare, 5), 60)):
        assert is_blank(overview_of(page))


def test_three_words_are_not_blank() -> None:
    """A page with three short words, even noisy, is no blank page."""
    page = sheet(900, 1300)
    for at, word in enumerate(("I", "am", "here")):
        cv2.putText(page, word, (300 + 90 * at, 600), cv2.FONT_HERSHEY_SIMPLEX, 0.9, 60, 2)
    assert not is_blank(overview_of(noisy(page, 5)))


def test_a_pale_page_is_not_blank_and_keeps_its_ink() -> None:
    """A carbon copy with a fifth of the usual contrast is seen as text, and evening its light keeps it."""
    pale = (PAPER - 0.22 * (PAPER - text_page(size=16, lines=20).astype(float))).astype(np.uint8)
    lit = noisy((pale * np.linspace(1, 0.6, 900)).astype(np.uint8), 2)
    overview = overview_of(lit)
    assert not is_blank(overview)
    assert overview.letters.faint
    prepared = prepare(lit, only_frame(lit), overview=overview)
    assert "even" in prepared.steps
    assert np.percentile(prepared.image[text_page(size=16, lines=20) < 100], 75) < 230


def test_an_overview_takes_any_size() -> None:
    """Images down to one pixel and far from page shape are looked over, framed and prepared without a fault."""
    for shape in ((1, 1), (1, 500), (500, 1), (7, 9, 3), (60, 3000)):
        page = np.full(shape, 200, np.uint8)
        assert is_blank(overview_of(page))
        frame = only_frame(page)
        assert prepare(page, frame).image.shape[:2] == shape[:2]
