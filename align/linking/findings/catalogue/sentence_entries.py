"""Findings about words and sentences that a text has otherwise, or elsewhere, than the pages."""

from __future__ import annotations

from align.linking.findings.catalogue.entry import Case, Entry, Words

_COMPARE = Words(
    "Compare the text with the scans on both sides of this place.",
    "Сравните текст со сканами до и после этого места.",
)
_LOOK = Words("Look at the place on the scan.", "Посмотрите на это место на скане.")
_CORRECT = Words(
    "Look at the word on the page. If it is “{read}”, correct the text.",
    "Посмотрите на это слово на странице. Если там «{read}», исправьте текст.",
)
_CORRECT_NUMBER = Words(_CORRECT.en, "Посмотрите на это число на странице. Если там «{read}», исправьте текст.")

LIKELY_MISPRINT = Entry(
    code="likely-misprint",
    severities=("warning", "note"),
    costs="letters",
    lesser=Words(
        "note where existing OCR does not state how sure it is and nothing else speaks for the reading",
        "замечание, если в готовом распознавании уверенность не указана и ничто другое прочитанного не подтверждает",
    ),
    title=Words("Likely misprint", "Вероятная опечатка"),
    meaning=Words(
        "A word or a number of the transcription reads otherwise on the page, and the reading is surer than the text. "
        "`score` is the probability that the text is wrong.",
        "Слово или число транскрипции читается на странице иначе, и прочитанное надёжнее, чем написанное в тексте. "
        "`score` — вероятность того, что ошибка в тексте.",
    ),
    advice=Words(
        "Look at the word on the page; correct the text if the page has another.",
        "Посмотрите на слово на странице; исправьте текст, если там другое слово.",
    ),
    cases={
        "word": Case(
            Words(
                "Another word than on {page}: the text has “{written}”, the page reads “{read}”.",
                "В тексте стоит «{written}», а на {page:prep} читается «{read}».",
            ),
            _CORRECT,
        ),
        "known-word": Case(
            Words(
                "Another word than on {page}: the text has “{written}”, the page reads “{read}”, "
                "a word that stands elsewhere in the volume too.",
                "В тексте стоит «{written}», а на {page:prep} читается «{read}»; "
                "это слово встречается в томе и в других местах.",
            ),
            _CORRECT,
        ),
        "number": Case(
            Words(
                "Another number than on {page}: the text has “{written}”, the page reads “{read}”.",
                "В тексте стоит число «{written}», а на {page:prep} читается «{read}».",
            ),
            _CORRECT_NUMBER,
        ),
    },
)

_CHOSEN = Words(
    "Nothing, if this is the spelling that you chose; else correct all of these places.",
    "Если вы выбрали это написание сами, ничего менять не нужно; иначе исправьте все эти места.",
)

SPELLING_DIFFERS = Entry(
    code="spelling-differs",
    severities=("note",),
    costs="letters",
    title=Words("Spelling differs throughout", "Другое написание по всему тексту"),
    meaning=Words(
        "The text spells a name, or certain letters, otherwise than the pages throughout. All places are one finding.",
        "Имя или определённые буквы пишутся в тексте не так, как на страницах, и притом везде. Все места дают одно "
        "сообщение.",
    ),
    advice=Words("Nothing, if that is the spelling you chose.", "Ничего, если вы выбрали это написание сами."),
    cases={
        "text": Case(
            Words(
                "The text spells otherwise than the pages, in {count} places: {spellings}.",
                "Написание в тексте расходится со страницами в {count:# месте|# местах|# местах}: {spellings}.",
            ),
            _CHOSEN,
        ),
        "texts": Case(
            Words(
                "The texts of {documents} documents spell otherwise than the pages, in {count} places: {spellings}.",
                "Написание в текстах {documents:# документа|# документов|# документов} расходится со страницами "
                "в {count:# месте|# местах|# местах}: {spellings}.",
            ),
            _CHOSEN,
        ),
    },
)

SENTENCE_NOT_ON_SCAN = Entry(
    code="sentence-not-on-scan",
    severities=("warning",),
    costs="sentence",
    title=Words("Sentence not on the scan", "Предложения нет на скане"),
    meaning=Words(
        "Sentences are in the transcription and not on the scans, and the page has no room for them between what "
        "stands before and after.",
        "Предложения есть в транскрипции, но не на сканах, и между соседними словами на странице для них нет места.",
    ),
    advice=Words(
        "Compare text and scan there. The text may come from another version.",
        "Сравните в этом месте текст и скан. Возможно, текст взят из другой редакции.",
    ),
    cases={
        "replaced": Case(
            Words(
                "{count:A sentence is|# sentences are} in the text and not on the scans; "
                "{pages} reads “{instead:quoted}” there: “{text:quoted}”",
                "{count:=Предложение есть|# предложение есть|# предложения есть|# предложений есть} в тексте, "
                "но {count:=его|их|их|их} нет на сканах; на {pages:prep} в этом месте читается "
                "«{instead:quoted}»: «{text:quoted}»",
            ),
            _COMPARE,
        ),
        "no-room": Case(
            Words(
                "{count:A sentence is|# sentences are} in the text and not on the scans; "
                "on {pages} there is no room for {count:it|them}: “{text:quoted}”",
                "{count:=Предложение есть|# предложение есть|# предложения есть|# предложений есть} в тексте, "
                "но {count:=его|их|их|их} нет на сканах; на {pages:prep} для {count:=него|них|них|них} нет места: "
                "«{text:quoted}»",
            ),
            _COMPARE,
        ),
    },
)

WORDS_NOT_ON_SCAN = Entry(
    code="words-not-on-scan",
    severities=("warning",),
    costs="words",
    title=Words("Words not on the scan", "Слов нет на скане"),
    meaning=Words(
        "The same, for a part of a sentence; where the page has other words instead, the message quotes them.",
        "То же для части предложения; если на странице вместо неё другие слова, сообщение их приводит.",
    ),
    advice=Words("As above.", "То же, что выше."),
    cases={
        "replaced": Case(
            Words(
                "Other words than on {pages}, which reads “{instead:quoted}”: “{text:quoted}”",
                "Вместо этих слов на {pages:prep} читается «{instead:quoted}»: «{text:quoted}»",
            ),
            _COMPARE,
        ),
        "missing": Case(
            Words(
                "These words of the sentence are in the text and not on {pages}: “{text:quoted}”",
                "Эти слова предложения есть в тексте, но не на {pages:prep}: «{text:quoted}»",
            ),
            _COMPARE,
        ),
    },
)

WORDS_UNREAD = Entry(
    code="words-unread",
    severities=("note",),
    costs="words",
    title=Words("Words not read", "Слова не прочитаны"),
    meaning=Words(
        "In the place of these words the page has something that could not be read as them: a stamp, a blot, letters "
        "of another alphabet.",
        "На месте этих слов на странице есть что-то, чего не удалось прочитать как эти слова: штамп, клякса, буквы "
        "другого алфавита.",
    ),
    advice=Words("Look at the place, if these words matter.", "Посмотрите на это место, если эти слова важны."),
    cases={
        "": Case(
            Words(
                "Something stands on {pages} that could not be read as these words: “{text:quoted}”",
                "На {pages:prep} в этом месте что-то есть, но прочитать там эти слова не удалось: «{text:quoted}»",
            ),
            _LOOK,
        )
    },
)

TEXT_OUT_OF_ORDER = Entry(
    code="text-out-of-order",
    severities=("warning",),
    costs="sentence",
    title=Words("Text out of order", "Текст переставлен"),
    meaning=Words(
        "The text has a passage elsewhere than the pages have it; two paragraphs that changed places are one finding.",
        "Отрывок стоит в тексте не там, где на страницах; два абзаца, поменявшихся местами, дают одно сообщение.",
    ),
    advice=Words("Put the words where the page has them.", "Поставьте слова туда, где они стоят на странице."),
    cases={
        "": Case(
            Words(
                "These words stand elsewhere on {pages} than in the text, which has them {around}: “{text:quoted}”",
                "На {pages:prep} эти слова стоят не там, где в тексте; в тексте они идут {around}: «{text:quoted}»",
            ),
            Words("Put these words where the page has them.", "Поставьте эти слова туда, где они стоят на странице."),
        )
    },
)

SENTENCE_NOT_SCANNED = Entry(
    code="sentence-not-scanned",
    severities=("warning",),
    costs="sentence",
    title=Words("Sentence on a missing page", "Предложение на недостающей странице"),
    meaning=Words(
        "Sentences stand where a scan seems to be missing; the message names the pages on both sides.",
        "Предложения стоят там, где, по-видимому, не хватает скана; сообщение называет страницы до и после.",
    ),
    advice=Words(
        "Look for the page. If there is no scan of it, nothing is to be done.",
        "Поищите эту страницу. Если её скана нет, ничего делать не нужно.",
    ),
    cases={
        "placed": Case(
            Words(
                "{count:A sentence stands|# sentences stand} on no scan; "
                "a page seems to be missing {around}: “{text:quoted}”",
                "{count:=Предложения|# предложения|# предложений|# предложений} нет ни на одном скане; "
                "по-видимому, не хватает страницы {around}: «{text:quoted}»",
            ),
            _COMPARE,
        ),
        "unplaced": Case(
            Words(
                "{count:A sentence stands|# sentences stand} on no scan; a page seems to be missing: “{text:quoted}”",
                "{count:=Предложения|# предложения|# предложений|# предложений} нет ни на одном скане; "
                "по-видимому, не хватает страницы: «{text:quoted}»",
            ),
            _COMPARE,
        ),
    },
)

SENTENCE_ON_FAILED_PAGE = Entry(
    code="sentence-on-failed-page",
    severities=("warning",),
    costs="sentence",
    title=Words("Sentence on a page that could not be read", "Предложение на непрочитанной странице"),
    meaning=Words(
        "The sentences should stand on a page that could not be read.",
        "Предложения должны стоять на странице, которую не удалось прочитать.",
    ),
    advice=Words(
        "Mend that page first, see `page-unreadable`.",
        "Сначала устраните причину, по которой страница не прочитана, см. `page-unreadable`.",
    ),
    cases={
        "": Case(
            Words(
                "These words should stand on a page that could not be read: “{text:quoted}”",
                "Эти слова должны стоять на странице, которую не удалось прочитать: «{text:quoted}»",
            ),
            Words(
                _COMPARE.en,
                "Сначала устраните причину, по которой страница не прочитана, и запустите программу снова.",
            ),
        )
    },
)

SENTENCE_ENTRIES = (
    LIKELY_MISPRINT, SPELLING_DIFFERS, SENTENCE_NOT_ON_SCAN, WORDS_NOT_ON_SCAN, WORDS_UNREAD, TEXT_OUT_OF_ORDER,
    SENTENCE_NOT_SCANNED, SENTENCE_ON_FAILED_PAGE,
)  # fmt: skip
