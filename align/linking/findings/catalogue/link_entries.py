"""Findings about links of sentences, about notes, and about pairs of sentences in two languages."""

from __future__ import annotations

from align.linking.findings.catalogue.entry import Case, Entry, Words

_LOOK = Words("Look at the place on the scan.", "Посмотрите на это место на скане.")
_FEW = Words("note for a few letters", "замечание, если букв мало")

LINK_DOUBTFUL = Entry(
    code="link-doubtful",
    severities=("warning", "note"),
    costs="words",
    scores_link=True,
    lesser=_FEW,
    title=Words("Doubtful link", "Сомнительная связь"),
    meaning=Words(
        "The sentence has a place, but what was read there agrees badly with its words.",
        "Место предложения найдено, но прочитанное там плохо совпадает с его словами.",
    ),
    advice=Words(
        "Look at the overlay. Either the scan is hard to read there, or the text says something else.",
        "Посмотрите на изображение страницы с разметкой. Либо скан там читается плохо, либо в тексте сказано другое.",
    ),
    cases={
        "": Case(
            Words(
                "What was read on the scan agrees badly with this sentence: “{text:quoted}”",
                "Прочитанное на скане плохо совпадает с этим предложением: «{text:quoted}»",
            ),
            _LOOK,
        )
    },
)

LINK_PARTIAL = Entry(
    code="link-partial",
    severities=("warning", "note"),
    costs="words",
    scores_link=True,
    lesser=_FEW,
    title=Words("Partial link", "Неполная связь"),
    meaning=Words(
        "Under 90 % of the sentence's letters were found, and no other finding says why.",
        "Найдено меньше 90 % букв предложения, и другие сообщения этого не объясняют.",
    ),
    advice=Words(
        "Look whether the rest stands on the page at all: a cut edge, words that were added to the text.",
        "Посмотрите, есть ли остальное на странице: край мог быть обрезан, слова могли быть добавлены в текст.",
    ),
    cases={
        "": Case(
            Words(
                "Only a part of this sentence was found on the scans: “{text:quoted}”",
                "На сканах найдена лишь часть этого предложения: «{text:quoted}»",
            ),
            _LOOK,
        )
    },
)

COMMENTARY_NOT_ON_SCAN = Entry(
    code="commentary-not-on-scan",
    severities=("note",),
    costs="order",
    title=Words("Commentary not on the scan", "Комментария нет на скане"),
    meaning=Words(
        "A note or commentary of the editors is not on the scans.",
        "Примечания или комментария публикаторов нет на сканах.",
    ),
    advice=Words(
        "Usually nothing: editors' words are not on the page. If these are, look at that place.",
        "Обычно так и должно быть. Если они всё же есть на странице, посмотрите на это место.",
    ),
    cases={
        "": Case(
            Words(
                "This {role} is not on the scans, and it need not be: “{text:quoted}”",
                "Этого {role:note=примечания|commentary=комментария} нет на сканах; обычно так и должно быть: "
                "«{text:quoted}»",
            )
        )
    },
)

NOTE_IN_SENTENCE = Entry(
    code="note-in-sentence",
    severities=("note",),
    costs="order",
    title=Words("Note inside a sentence", "Примечание посреди предложения"),
    meaning=Words(
        "A note stands in the middle of a sentence; the sentence was taken without it.",
        "Примечание стоит посреди предложения; предложение взято без него.",
    ),
    advice=Words(
        "Nothing, if the note belongs there; else move it behind the sentence.",
        "Ничего, если примечание там на своём месте; иначе перенесите его за предложение.",
    ),
    cases={
        "": Case(
            Words(
                "A note stands in the middle of a sentence: “{note:quoted}”. The sentence was taken without it.",
                "Посреди предложения стоит примечание: «{note:quoted}». Предложение взято без него.",
            )
        )
    },
)

BEAD_DOUBTFUL = Entry(
    code="bead-doubtful",
    severities=("note",),
    costs="words",
    scores_link=True,
    title=Words("Doubtful pair of sentences", "Сомнительная пара предложений"),
    meaning=Words(
        "It is doubtful whether these sentences translate each other.",
        "Неясно, переводят ли эти предложения друг друга.",
    ),
    advice=Words(
        "Compare the texts there: something may have been left out just before.",
        "Сравните тексты в этом месте: возможно, чуть выше что-то пропущено.",
    ),
    cases={
        "": Case(
            Words(
                "It is doubtful whether this is the translation: “{one:quoted}” and “{other:quoted}”",
                "Неясно, перевод ли это: «{one:quoted}» и «{other:quoted}»",
            ),
            Words(
                "Compare the two texts there: something may have been left out just before.",
                "Сравните оба текста в этом месте: возможно, чуть выше что-то пропущено.",
            ),
        )
    },
)

_LONE = Words(
    "This {role:body=sentence|heading=heading|note=note|commentary=commentary} has no counterpart in {file}: "
    "“{text:quoted}”",
    "У этого {role:body=предложения|heading=заголовка|note=примечания|commentary=комментария} нет соответствия "
    "в {file}: «{text:quoted}»",
)
_LONE_RUN = Words(
    "{count} sentences have no counterpart in {file}: “{text:quoted}”",
    "У {count:# предложения|# предложений|# предложений} нет соответствия в {file}: «{text:quoted}»",
)
_PERHAPS_LONE = Words(
    "This {role:body=sentence|heading=heading|note=note|commentary=commentary} may have no counterpart in {file}: "
    "“{text:quoted}”; with what stands beside it, it is set against “{answer:quoted}”",
    "У этого {role:body=предложения|heading=заголовка|note=примечания|commentary=комментария}, возможно, нет "
    "соответствия в {file}: «{text:quoted}»; вместе с соседними {role:body=оно сопоставлено|heading=он сопоставлен|"
    "note=оно сопоставлено|commentary=он сопоставлен} с «{answer:quoted}»",
)
_LEFT_OUT = Words(
    "Look whether something was left out of one text or added to the other.",
    "Посмотрите, не пропущено ли что-то в одном тексте и не добавлено ли в другой.",
)

NO_COUNTERPART = Entry(
    code="no-counterpart",
    severities=("warning", "note"),
    costs="sentence",
    lesser=Words(
        "note for notes and commentary, and where it is not sure",
        "замечание для примечаний и комментариев, а также если уверенности нет",
    ),
    title=Words("No counterpart", "Нет соответствия"),
    meaning=Words(
        "Sentences of one language have no counterpart in the other.",
        "У предложений на одном языке нет соответствия на другом.",
    ),
    advice=Words(
        "Look whether something was left out of the translation, or added to it.",
        "Посмотрите, не пропущено ли что-то в переводе и не добавлено ли в него.",
    ),
    cases={
        "one": Case(_LONE, _LEFT_OUT),
        "several": Case(_LONE_RUN, _LEFT_OUT),
        "perhaps": Case(_PERHAPS_LONE, _LEFT_OUT),
        "one-aside": Case(_LONE),
        "several-aside": Case(_LONE_RUN),
        "perhaps-aside": Case(_PERHAPS_LONE),
    },
)

LINK_ENTRIES = (
    LINK_DOUBTFUL, LINK_PARTIAL, COMMENTARY_NOT_ON_SCAN, NOTE_IN_SENTENCE, BEAD_DOUBTFUL, NO_COUNTERPART,
)  # fmt: skip
