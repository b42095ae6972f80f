"""Entries about files of existing OCR: words without usable places, and text that is in no line."""

from __future__ import annotations

from align.linking.findings.catalogue.entry import Case, Entry, Words

OCR_MISPLACED = Entry(
    code="ocr-misplaced",
    severities=("warning",),
    costs="document",
    title=Words("Existing OCR without usable places", "В готовом распознавании негодные координаты"),
    meaning=Words(
        "A file in `ocr/` gives words places that cannot be: no numbers, no size, much higher than their line, far "
        "from it, or outside the page. Such a word is put between its neighbours. If there is no room, it is left out.",
        "В файле из `ocr/` у слов невозможные координаты: не числа, нулевой размер, высота намного больше строки, "
        "место далеко от строки или за краем страницы. Такое слово ставится между соседними, а если места нет, "
        "пропускается.",
    ),
    advice=Words(
        "Export the OCR of this page again, or remove its file to have the scan read by the OCR engine.",
        "Экспортируйте распознанный текст этой страницы заново или удалите файл: тогда скан прочитает сама программа.",
    ),
    cases={
        "": Case(
            Words(
                "{file} gives {count:a word|# words} of {page} no usable place: “{text:quoted}”",
                "В файле {file} {count:у # слова|у # слов|у # слов} {page:gen} негодные координаты: «{text:quoted}»",
            ),
            Words(
                "Export the OCR of this page again, or remove its file in ocr/ to have the scan read by the engine.",
                "Экспортируйте распознанный текст этой страницы заново или удалите её файл из папки ocr/.",
            ),
        )
    },
)

_DIVIDE = (
    "Divide this text into lines in the program that made the file, and export it again.",
    "Разбейте этот текст на строки в той программе, где сделан файл, и экспортируйте его заново.",
)

OCR_WITHOUT_LINES = Entry(
    code="ocr-without-lines",
    severities=("warning",),
    costs="document",
    title=Words("Existing OCR with text in no line", "В готовом распознавании есть текст вне строк"),
    meaning=Words(
        "A file in `ocr/` has text that is in none of its lines, such as that of a whole region. It is put where its "
        "region has room, so that the places of its words are estimates. If there is no room, it is left out.",
        "В файле из `ocr/` есть текст вне строк, например текст целой области. Он ставится туда, где в области есть "
        "место, поэтому места его слов приблизительны. Если места нет, он пропускается.",
    ),
    advice=Words(*_DIVIDE),
    cases={
        "estimated": Case(
            Words(
                "{file} has text of {page} that is in no line of its own, so its place is an estimate: “{text:quoted}”",
                "В файле {file} есть текст {page:gen} вне строк, поэтому его место приблизительно: «{text:quoted}»",
            ),
            Words(*_DIVIDE),
        ),
        "unused": Case(
            Words(
                "{file} has text of {page} that is in no line and has no place, so it is not used: “{text:quoted}”",
                "В файле {file} есть текст {page:gen} вне строк и без места, поэтому он не учтён: «{text:quoted}»",
            ),
            Words(*_DIVIDE),
        ),
    },
)

OCR_ENTRIES = (OCR_MISPLACED, OCR_WITHOUT_LINES)
