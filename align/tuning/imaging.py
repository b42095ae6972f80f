"""The tuned numbers of imaging: what counts as a letter, paper, a gutter or a border, and when a page is changed."""

from __future__ import annotations

from dataclasses import dataclass

from align.tuning.numbers import tuned

_TYPESCRIPTS = "measured on drawn typescripts and real scans, see docs/decisions/0007-preparation.md"
_LETTER_SIZES = "letter heights"


@dataclass(frozen=True)
class ImagingTuning:
    """Numbers of imaging. A letter height is the usual height of a page's letters, close to the x-height."""

    # Overview
    overview_size: int = tuned(
        1800,
        unit="pixels of the longest side",
        why="A page is looked over at this size: an A4 page at 150 dpi, where 10 point letters are 10 pixels high.",
    )
    blank_letters: int = tuned(
        6, unit="letters", why="A page with fewer letters is blank: three words have more, two specks together fewer."
    )

    # Dithered scans
    dither_specks: float = tuned(
        0.02,
        unit="share of the pixels",
        why="More lone pixels are dither, with 0.023 or more; thresholds leave 0.0135.",
        source="measured on drawn pages, the sample's page 1 and four real pages",
    )
    dither_blur: float = tuned(1.25, unit="pixels", why="Specks become gray; at 2, drawn letters run together.")

    # Letters
    ink_level: int = tuned(
        191, unit="gray level, paper at 255", why="Darker pixels are ink: 0.75 of the paper's light."
    )
    pale_ink_level: int = tuned(
        224, unit="gray level, paper at 255", why="Carbon copies and pencil are paler: tried where ink is scarce."
    )
    text_letters: int = tuned(
        60, unit="letters", why="From here on the letters of a page are a text and can be measured."
    )
    pale_gain: int = tuned(
        3, unit="times the letters in dark ink", why="Pale ink is believed where it shows so many times as many."
    )
    clear_direction: float = tuned(
        0.75, unit="share of letters", why="Pale ink is text where such a share runs in one direction; noise has none."
    )
    faint_light: float = tuned(
        0.55, unit="share of the paper's light", why="Print seen through its sheet keeps more light than this."
    )
    smallest_letter: int = tuned(3, unit="pixels of the overview", why="Smaller pieces are specks.")
    smallest_letter_part: int = tuned(
        400, unit="divisor of the longest side", why="Smaller pieces are specks: 2 points on an A4 page."
    )
    smallest_letter_area: int = tuned(4, unit="pixels of the overview", why="Pieces of less ink are specks.")
    largest_letter_part: int = tuned(
        25, unit="divisor of the longest side", why="Larger pieces are pictures and rules."
    )
    neighbour_size: float = tuned(
        2.5, unit="times the other's size", why="Of two neighbouring letters neither is larger than this."
    )
    neighbour_gap: float = tuned(
        1.5, unit="times the larger letter's size", why="Letters further apart than this are no neighbours."
    )
    direction_letters: int = tuned(12, unit="letters", why="Fewer letters do not show in which direction lines run.")
    sideways_share: float = tuned(
        0.35,
        unit="share of letters",
        why="Lines run along the page's height where fewer letters have their nearest neighbour beside them.",
    )
    same_line_overlap: float = tuned(
        0.4, unit="share of a letter's height", why="Two letters that share this part of their height are in one line."
    )
    next_letters: int = tuned(
        120, unit="letters", why="The next letter of a line is within so many to the right: a page has 50 lines."
    )
    most_letters: int = tuned(
        6000, unit="letters", why="Enough for every measure here: a page has 1000 to 4000; of more, a part is taken."
    )

    # Background
    closing_part: int = tuned(
        80,
        unit="divisor of the longest side",
        why="A kernel of this size bridges strokes and letters of body text and still follows a shadow.",
    )
    background_reduction: int = tuned(
        4, unit="divisor of the overview's size", why="The paper's light is smooth, so it is kept at a smaller size."
    )
    dark_border_light: float = tuned(
        0.5, unit="share of the paper's light", why="A lid, a table or a black backing sends back less light than this."
    )
    least_border: float = tuned(
        0.002, unit="share of the image", why="A smaller border cannot mislead Tesseract's threshold."
    )
    most_border: float = tuned(0.6, unit="share of the image", why="A larger border is no border but the subject.")

    # Preparation
    even_light: float = tuned(
        0.9,
        unit="darkest over brightest paper",
        why="One threshold serves a whole page that is lit this evenly; others have their light evened. Drawn "
        "typescripts of 0.79 to 0.89 had 2.4 errors in 100 letters evened and 7.0 as they were.",
        source=_TYPESCRIPTS,
    )
    open_light: float = tuned(
        0.8,
        unit="darkest over brightest paper",
        why="Above this, only reading shows whether evening helps a page of gray paper.",
        source=_TYPESCRIPTS,
    )
    gray_paper: int = tuned(
        245, unit="gray level", why="Paper at least this light is white, so that evening changes nothing."
    )
    level_deg: float = tuned(
        0.4, unit="degrees", why="Tesseract follows lines that rise by less than this; turning costs sharpness."
    )
    small_letter: float = tuned(14.0, unit="pixels", why="Tesseract loses words whose letters are lower than this.")
    wanted_letter: float = tuned(
        20.0, unit="pixels", why="Small letters are enlarged to this height: Tesseract's models learned from it."
    )
    most_scale: float = tuned(3.0, unit="times", why="No page is enlarged more than this.")
    large_letter: float = tuned(
        22.0, unit="pixels", why="On grainy pages letters higher than this are reduced.", source=_TYPESCRIPTS
    )
    enough_letter: float = tuned(
        18.0, unit="pixels", why="Large letters of grainy pages are reduced to this height.", source=_TYPESCRIPTS
    )
    grainy: float = tuned(
        1.5,
        unit="gray levels",
        why="A page with more grain than this is read better reduced. Real pages and clean prints have 0 to 0.7, "
        "or 1.7 to 4.",
        source=_TYPESCRIPTS,
    )
    grain_window: int = tuned(
        1200, unit="pixels both ways", why="Grain is measured in a middle part of this size, whatever the page's size."
    )
    dpi_of_letter: float = tuned(
        13.0,
        unit="dpi for a pixel of letter height",
        why="Letters of usual print and of typewriters are 20 to 26 pixels high at 300 dpi.",
    )
    white_from: float = tuned(
        0.83,
        unit="share of the paper's light",
        why="Lighter pixels become white: noise, grain or the other side's print. Errors in 100 letters were 11.1 with "
        "1.0, 7.4 with 0.88, 5.4 with 0.80, and 9.3 with 0.73, where faded letters break.",
        source="measured on six rendered bad pages, see docs/decisions/0007-preparation.md",
    )
    crumbs_by_area: float = tuned(
        1.6,
        unit="times the median letter height",
        why="Where the letter height by area is larger, crumbs of dirt outnumber the letters, and area is believed.",
    )

    # Frames of an opening
    opening_aspect: float = tuned(
        0.95, unit="width over height", why="An opening is wider unless its pages are narrower than half their height."
    )
    gutter_zone: tuple[float, float] = tuned(
        (0.35, 0.65), unit="shares of the opening's width", why="The gutter lies between these two places."
    )
    gap_with_fold: float = tuned(
        0.012, unit="share of the opening's width", why="Least gap between two pages where the shadow of a fold shows."
    )
    gap_alone: float = tuned(
        0.04, unit="share of the opening's width", why="Least gap between two pages where no fold shows."
    )
    gap_beside_fold: float = tuned(
        0.01, unit="share of the opening's width", why="A gap this near to a fold belongs to it."
    )
    stray_marks: float = tuned(
        0.02,
        unit="share of the fullest column's letters",
        why="As few letters in a column are stray marks, and no text.",
    )
    gap_over_margin: float = tuned(
        0.9,
        unit="times the outer margin",
        why="The gap between pages has at least this width: columns of one page are closer together.",
    )
    other_gaps: float = tuned(
        0.6, unit="times the gap", why="All other gaps between columns are narrower; a table has several wide ones."
    )
    side_letters: int = tuned(
        12,
        unit="letters",
        why="Each page of an opening has at least this many: it is text, and no stamp or shelf mark.",
    )
    lone_page_letters: int = tuned(
        120, unit="letters", why="A page of text beside an empty page has at least this many letters."
    )
    lone_page_width: float = tuned(
        0.28, unit="share of the opening's width", why="The text of a page beside an empty page is at least so wide."
    )
    lone_page_aspects: tuple[float, float] = tuned(
        (1.2, 1.75), unit="width over height", why="A sheet with one empty page has the shape of an opening."
    )
    fold_bands: int = tuned(
        12, unit="bands", why="The sheet is divided into this many bands, top to bottom, to look for a fold."
    )
    fold_depth: float = tuned(
        0.06, unit="share of the paper's light", why="In a band, the fold's shadow is darker than both sides by this."
    )
    fold_found: float = tuned(2 / 3, unit="share of the bands", why="A fold shows in at least this share of the bands.")
    fold_straight: float = tuned(
        0.015, unit="share of the opening's width", why="A fold lies along a line, off by no more than this."
    )
    fold_slant: float = tuned(
        0.12, unit="share of the opening's width", why="From top to bottom a fold moves sideways by no more than this."
    )
    fold_beside: tuple[float, float] = tuned(
        (0.025, 0.07), unit="shares of the opening's width", why="The paper beside a fold is measured between these."
    )

    # Skew
    most_skew_deg: float = tuned(
        6.0, unit="degrees", why="Scans lie crooked by up to five degrees; one more keeps the ends honest."
    )
    coarse_skew_deg: float = tuned(0.2, unit="degrees", why="The step of the first search for the angle.")
    fine_skew_deg: float = tuned(0.02, unit="degrees", why="The step of the second search, about the best angle.")
    skew_letters: int = tuned(24, unit="letters", why="Fewer letters than two short lines give no angle.")
    skew_peak: float = tuned(
        1.15, unit="times the median sharpness", why="If no angle is sharper than this, the page has no skew."
    )
    near_level_deg: float = tuned(1.0, unit="degrees", why="Most scans lie within this angle of level.")
    skew_doubt: float = tuned(
        0.6,
        unit="gain for a degree, over the root of the letters",
        why="For each degree beyond the nearly level ones an angle must gain this much: short pages peak by chance.",
    )

    # Strips of unread letters
    strip_gap: float = tuned(4.0, unit=_LETTER_SIZES, why="Letters of one strip are no further apart.")
    strip_letter_heights: tuple[float, float] = tuned(
        (0.5, 2.6), unit=_LETTER_SIZES, why="Pieces of ink between these heights may be letters."
    )
    strip_margin: float = tuned(0.8, unit=_LETTER_SIZES, why="Paper that a strip has above and below its letters.")
    strip_side: float = tuned(3.0, unit=_LETTER_SIZES, why="Paper that a strip has before and after its letters.")
    around_word: float = tuned(
        0.35, unit=_LETTER_SIZES, why="A letter whose middle is this near to a word's box belongs to the word."
    )
    most_strips: int = tuned(
        16, unit="strips", why="More strips are a drawing, a stamp or handwriting: the longest are read."
    )
    strip_row_overlap: float = tuned(
        0.4, unit="share of the lower letter's height", why="Two letters that share this much height are in one row."
    )
    lone_letter_sides: tuple[float, float] = tuned(
        (4.0, 2.0), unit=_LETTER_SIZES, why="A letter is alone if nearly nothing is this near at its side, or above it."
    )
    lone_letter_pieces: int = tuned(3, unit="pieces of ink", why="A letter that is alone has no more pieces near it.")

    # Word boxes on the ink
    box_ink: float = tuned(0.75, unit="share of the paper's light", why="Darker pixels are ink, as for letters.")
    box_reach: float = tuned(
        1.0,
        unit="pixels of the working image",
        why="A word's edge is off by one reduced pixel at most; ink further away is another word's.",
    )

    # Alternative preparations
    local_contrast: float = tuned(
        0.2,
        unit="weight",
        why="The weight of the local contrast; 0.5 in the paper loses faded letters.",
        source="Sauvola and Pietikäinen 2000, lowered by judgement",
    )
    local_contrast_range: float = tuned(
        128.0, unit="gray levels", why="The largest spread around a pixel.", source="Sauvola and Pietikäinen 2000"
    )
    local_window: float = tuned(
        3.0, unit=_LETTER_SIZES, why="It holds some paper beside a letter, and no more of a stain's edge than it must."
    )
    least_local_window: int = tuned(15, unit="pixels", why="The window is never smaller than this.")

    # Words cut out for a second look
    word_margin: float = tuned(0.3, unit="usual word heights", why="So much of the page is shown around the words.")
    word_half_height: float = tuned(
        0.9, unit="usual word heights", why="A word that reaches further from its middle has ink of other lines."
    )
    widest_strip: float = tuned(
        80.0, unit="heights of the strip", why="A wider strip is no line of a page: its outline is broken."
    )
    strip_light: tuple[float, float] = tuned(
        (2.0, 85.0), unit="per cent of the pixels", why="The first are ink, and the others are paper."
    )
    least_strip_contrast: float = tuned(
        8.0, unit="gray levels", why="With less between ink and paper there is nothing to make clearer."
    )


IMAGING = ImagingTuning()
