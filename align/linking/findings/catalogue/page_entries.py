"""Findings about lines and pages."""

from __future__ import annotations

from align.linking.findings.catalogue.entry import Case, Entry, Words

_ADD = Words(
    "Add these words to the transcription if they belong to it.",
    "Добавьте эти слова в транскрипцию, если они к ней относятся.",
)

LINE_NOT_IN_TEXT = Entry(
    code="line-not-in-text",
    severities=("warning", "note"),
    costs="sentence",
    lesser=Words(
        "note where the reading is unsure or very short, or the lines stand apart from the text, as in a letterhead",
        "замечание, если прочитано неуверенно, слов очень мало или строки стоят отдельно от текста, как на бланке",
    ),
    title=Words("Line not in the text", "Строки нет в тексте"),
    meaning=Words(
        "Lines on the scan are in no text, with the words before and after them that are in none either. Each block "
        "is a finding by itself: a letterhead, a date, a subject line. What cannot be read is none.",
        "Строк на скане нет ни в одном тексте; вместе с ними показаны соседние слова, которых тоже нигде нет. "
        "Шапка бланка, дата, строка «Тема» дают отдельные сообщения. О том, чего нельзя прочесть, не сообщается.",
    ),
    advice=Words(
        "Add the words to the transcription if they belong to it. Stamps and handwriting come as notes; "
        "lines of the text right beside them have a finding of their own.",
        "Добавьте эти слова в транскрипцию, если они к ней относятся. О штампах и рукописных пометах "
        "сообщается замечаниями, о строках текста рядом с ними — отдельно.",
    ),
    cases={
        "": Case(
            Words(
                "{count:A line|# lines} on {pages} {count:is|are} in no text: “{text:quoted}”",
                "На {pages:prep} есть {count:=строка, которой|# строка, которой|# строки, которых|# строк, которых} "
                "нет ни в одном тексте: «{text:quoted}»",
            ),
            _ADD,
        )
    },
)

WORDS_NOT_IN_TEXT = Entry(
    code="words-not-in-text",
    severities=("warning",),
    costs="words",
    title=Words("Words not in the text", "Слов нет в тексте"),
    meaning=Words(
        "Words within a line are in no text, though the words around them are.",
        "Слов внутри строки нет ни в одном тексте, хотя соседние слова в тексте есть.",
    ),
    advice=Words("Add them to the transcription.", "Добавьте их в транскрипцию."),
    cases={
        "": Case(
            Words(
                "{count:A word|# words} on {pages} {count:is|are} in no text: “{text:quoted}”",
                "На {pages:prep} есть {count:=слово, которого|# слово, которого|# слова, которых|# слов, которых} "
                "нет ни в одном тексте: «{text:quoted}»",
            ),
            _ADD,
        )
    },
)

PAGE_BLANK = Entry(
    code="page-blank",
    severities=("note",),
    costs="order",
    title=Words("Blank page", "Пустая страница"),
    meaning=Words("There is no text on the page.", "На странице нет текста."),
    advice=Words(
        "Nothing, if the page is blank. If it is not, the scan is too faint: scan it again.",
        "Ничего, если страница пустая. Если нет, скан слишком бледный: отсканируйте её заново.",
    ),
    cases={"": Case(Words("There is no text on {page}.", "На {page:prep} нет текста."))},
)

PAGE_DOUBLED = Entry(
    code="page-doubled",
    severities=("warning",),
    costs="order",
    title=Words("Page scanned twice", "Страница отсканирована дважды"),
    meaning=Words("Two scans show the same words.", "На двух сканах одни и те же слова."),
    advice=Words(
        "Remove one of them if they are the same page.", "Уберите один из них, если это одна и та же страница."
    ),
    cases={
        "": Case(
            Words(
                "{page:start} shows the same text as {first}.",
                "На {page:prep} тот же текст, что и на {first:prep}.",
            ),
            Words(
                "Remove one of the two scans if they are the same page.",
                "Уберите один из двух сканов, если это одна и та же страница.",
            ),
        )
    },
)

_REORDER = Words(
    "Put the scans in this order (collection.toml: order), or the text.",
    "Поставьте скан на указанное место (order в collection.toml) или измените порядок в тексте.",
)
_REORDER_SEVERAL = Words(
    _REORDER.en, "Поставьте сканы на указанное место (order в collection.toml) или измените порядок в тексте."
)

PAGE_OUT_OF_ORDER = Entry(
    code="page-out-of-order",
    severities=("warning",),
    costs="document",
    title=Words("Page out of order", "Страница не на своём месте"),
    meaning=Words(
        "By the text, the page belongs elsewhere in the volume; the message names its neighbours. Pages that were "
        "moved together are one finding. A page whose printed number runs on from its neighbours' is never told of: "
        "there it is the text, see `text-out-of-order`.",
        "Судя по тексту, страница должна стоять в другом месте тома; сообщение называет её соседей. Страницы, "
        "переставленные вместе, дают одно сообщение. О странице, номер которой продолжает номера соседних, "
        "не сообщается: там переставлен текст, см. `text-out-of-order`.",
    ),
    advice=Words(
        "Put the scans in this order (`order` in `collection.toml`), or the text.",
        "Поставьте сканы на указанное место (`order` в `collection.toml`) или измените порядок в тексте.",
    ),
    cases={
        "one": Case(
            Words(
                "{first:start} is out of order: by the text of {file} the place is {around}.",
                "Не на своём месте {first:nom}: судя по тексту {file}, её место {around}.",
            ),
            _REORDER,
        ),
        "several": Case(
            Words(
                "{count} pages, from {first} on, are out of order: by the text of {file} the place is {around}.",
                "Не на своём месте {count:# страница|# страницы|# страниц}, начиная {first:from}: "
                "судя по тексту {file}, их место {around}.",
            ),
            _REORDER_SEVERAL,
        ),
    },
)

PAGE_UNREADABLE = Entry(
    code="page-unreadable",
    severities=("error",),
    costs="document",
    title=Words("Page could not be read", "Страница не прочитана"),
    meaning=Words(
        "Nothing of the page could be read; the message says why.",
        "На странице ничего не удалось прочитать; сообщение говорит почему.",
    ),
    advice=Words(
        "What the message says, then run again: only this page is read.",
        "Сделайте то, что сказано в сообщении, и запустите программу снова: будет прочитана только эта страница.",
    ),
    cases={
        "": Case(
            Words(
                "Nothing of {page} could be read: {why}",
                "На {page:prep} ничего не удалось прочитать. Сообщение программы: {why}",
            )
        ),
        "unexplained": Case(
            Words(
                "Nothing of {page} could be read: the scan could not be read",
                "На {page:prep} ничего не удалось прочитать: скан не читается",
            )
        ),
    },
)

_OFF = (
    "The marker “{marker}” stands before words that are on {page}: “{text:opening}”",
    "Отметка «{marker}» стоит перед словами, которые находятся на {page:prep}: «{text:opening}»",
)

LABEL_DISAGREES = Entry(
    code="label-disagrees",
    severities=("warning",),
    costs="order",
    title=Words("Page marker disagrees", "Отметка страницы не сходится"),
    meaning=Words(
        "A page marker in a text names another page than the one on which its words stand. Where a page bears no "
        "number, those of its neighbours are counted on.",
        "Отметка страницы в тексте называет не ту страницу, на которой стоят её слова. Если на странице нет номера, "
        "он вычисляется по номерам соседних страниц.",
    ),
    advice=Words(
        "Correct the marker, or the labels in `collection.toml`. Markers that are all off by as much are one finding.",
        "Исправьте отметку или номера страниц (`labels`) в `collection.toml`. Отметки, сдвинутые на одно и то же число "
        "страниц, дают одно сообщение.",
    ),
    cases={
        "one": Case(
            Words(*_OFF),
            Words(
                "Change the marker to “{label}” if the page bears that number.",
                "Замените отметку на «{label}», если на странице стоит этот номер.",
            ),
        ),
        "several": Case(
            Words(
                _OFF[0] + " {more:The next marker is|The next # markers are} off by as much.",
                _OFF[1] + " Так же {more:сдвинута ещё # отметка|сдвинуты ещё # отметки|сдвинуто ещё # отметок} подряд.",
            )
        ),
    },
)

MARKER_MISPLACED = Entry(
    code="marker-misplaced",
    severities=("warning",),
    costs="order",
    title=Words("Page marker misplaced", "Отметка страницы не на месте"),
    meaning=Words(
        "A page marker stands between words that are on one page.",
        "Отметка страницы стоит между словами, которые находятся на одной странице.",
    ),
    advice=Words("Move the marker to where the page begins.", "Переставьте отметку туда, где начинается страница."),
    cases={
        "label": Case(
            Words(
                "The marker “{marker}” stands between words that are both on {page}.",
                "Отметка «{marker}» стоит между словами, хотя и те и другие находятся на {page:prep}.",
            )
        ),
        "break": Case(
            Words(
                "A page break stands between words that are both on {page}.",
                "Разрыв страницы стоит между словами, хотя и те и другие находятся на {page:prep}.",
            )
        ),
    },
)

PAGE_ENTRIES = (
    LINE_NOT_IN_TEXT, WORDS_NOT_IN_TEXT, PAGE_BLANK, PAGE_DOUBLED, PAGE_OUT_OF_ORDER, PAGE_UNREADABLE,
    LABEL_DISAGREES, MARKER_MISPLACED,
)  # fmt: skip
