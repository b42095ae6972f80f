"""Findings about documents and their languages."""

from __future__ import annotations

from align.linking.findings.catalogue.entry import Case, Entry, Words

_CHECK = Words(
    "Check that its pages were scanned and that it belongs to this volume.",
    "Проверьте, отсканированы ли его страницы и относится ли он к этому тому.",
)

DOCUMENT_NOT_FOUND = Entry(
    code="document-not-found",
    severities=("error",),
    costs="document",
    title=Words("Document not found", "Документ не найден"),
    meaning=Words(
        "Nothing of the document was found on the scans of its volume.", "Документ не найден на сканах своего тома."
    ),
    advice=Words(
        "Check that its pages were scanned, and that it belongs to this volume.",
        "Проверьте, отсканированы ли его страницы и относится ли он к этому тому.",
    ),
    cases={
        "": Case(
            Words(
                "Nothing of “{document}” was found on the scans of this volume.",
                "Документ «{document}» не найден на сканах этого тома.",
            ),
            _CHECK,
        ),
        "pages-failed": Case(
            Words(
                "Nothing of “{document}” was found on the scans of this volume; "
                "it may stand on a page that could not be read.",
                "Документ «{document}» не найден на сканах этого тома; "
                "возможно, он находится на странице, которую не удалось прочитать.",
            ),
            _CHECK,
        ),
    },
)

DOCUMENT_FOUND_TWICE = Entry(
    code="document-found-twice",
    severities=("warning",),
    costs="sentence",
    title=Words("Document found twice", "Документ найден дважды"),
    meaning=Words(
        "The document stands on the scans in two places; it is linked to one of them.",
        "Документ есть на сканах в двух местах; связь ведёт только к одному из них.",
    ),
    advice=Words(
        "Look whether these are two copies, and say so in a note; or move scans that belong elsewhere.",
        "Посмотрите, не два ли это экземпляра, и отметьте это в примечании; или переместите сканы, которые относятся "
        "к другому тому.",
    ),
    cases={
        "": Case(
            Words(
                "“{document}” is on the scans twice: on {first}, to which it is linked, and on {again}.",
                "Документ «{document}» есть на сканах дважды: на {first:prep} (с этим местом он связан) "
                "и на {again:prep}.",
            ),
            Words(
                "If these are two copies, say so in a note; if one belongs to another volume, move its scans.",
                "Если это два экземпляра, отметьте это в примечании; если один относится к другому тому, переместите "
                "его сканы.",
            ),
        )
    },
)

_IF_COPY = Words(
    "If it is a copy, remove it. If both documents exist, check that both were scanned.",
    "Если это копия, удалите её. Если документов действительно два, проверьте, отсканированы ли оба.",
)

DOCUMENT_COPIED = Entry(
    code="document-copied",
    severities=("warning", "note"),
    costs="order",
    title=Words("Document copied", "Два документа с одним текстом"),
    meaning=Words(
        "Two documents of the volume have the same text, whole or nearly. If the scans have it once, only the document "
        "that agrees better with them is linked.",
        "У двух документов тома один и тот же текст, полностью или почти. Если на сканах он один раз, со сканами "
        "связан только тот документ, который лучше с ними согласуется.",
    ),
    lesser=Words("note where both were found on the scans", "замечание, если на сканах есть оба"),
    advice=Words(
        "If one file is a copy, remove it. If both documents exist, check that both were scanned.",
        "Если один файл — копия, удалите его. Если документов действительно два, проверьте, отсканированы ли оба.",
    ),
    cases={
        "whole": Case(
            Words(
                "“{document}” has the same text as “{original}”; only “{original}” was looked for on the scans.",
                "У документа «{document}» тот же текст, что и у документа «{original}»; "
                "на сканах искали только «{original}».",
            ),
            _IF_COPY,
        ),
        "nearly": Case(
            Words(
                "“{document}” has the same text as “{original}”, cut or changed in places; "
                "only “{original}” was looked for on the scans.",
                "У документа «{document}» тот же текст, что и у документа «{original}», но сокращённый или местами "
                "изменённый; на сканах искали только «{original}».",
            ),
            _IF_COPY,
        ),
        "both": Case(
            Words(
                "“{document}” has the same text as “{original}”, whole or nearly; both were found on the scans.",
                "У документа «{document}» тот же текст, что и у документа «{original}», полностью или почти; "
                "на сканах есть оба.",
            )
        ),
        "translation": Case(
            Words(
                "The translation of “{document}” has the same text as that of “{original}”, or nearly the same.",
                "У перевода документа «{document}» тот же или почти тот же текст, что и у перевода документа "
                "«{original}».",
            ),
            Words(
                "Look which of the two it translates, and put the right text in place of the other.",
                "Проверьте, к какому из двух документов относится перевод, и замените другой нужным текстом.",
            ),
        ),
    },
)

DOCUMENT_OUT_OF_ORDER = Entry(
    code="document-out-of-order",
    severities=("note",),
    costs="order",
    title=Words("Document out of order", "Документ не на своём месте"),
    meaning=Words(
        "By its name the document comes elsewhere in the volume than where it stands on the pages.",
        "Судя по названию, документ должен стоять в другом месте тома.",
    ),
    advice=Words(
        "Nothing, if it was written in later. Otherwise look at the order of the scans.",
        "Ничего, если он был вписан позже. Иначе проверьте порядок сканов.",
    ),
    cases={
        "": Case(
            Words(
                "By its name “{document}” comes elsewhere in the volume than where it stands on the pages.",
                "Судя по названию, документ «{document}» должен стоять в другом месте тома.",
            )
        )
    },
)

NO_TRANSCRIPTION = Entry(
    code="no-transcription",
    severities=("note",),
    costs="words",
    title=Words("No transcription", "Нет транскрипции"),
    meaning=Words(
        "The document has no text in the language of its pages; its translation is set against what was read.",
        "У документа нет текста на языке его страниц; перевод сопоставлен с тем, что прочитано на сканах.",
    ),
    advice=Words(
        "Nothing, or add a transcription: the links become surer.",
        "Ничего; можно добавить транскрипцию: связи станут надёжнее.",
    ),
    cases={
        "": Case(
            Words(
                "“{document}” has no transcription in the language of its pages.",
                "У документа «{document}» нет транскрипции на языке его страниц.",
            )
        )
    },
)

NO_TRANSLATION = Entry(
    code="no-translation",
    severities=("note",),
    costs="words",
    title=Words("No translation", "Нет перевода"),
    meaning=Words("The document has no translation.", "У документа нет перевода."),
    advice=Words("Nothing, or add one.", "Ничего; можно добавить перевод."),
    cases={"": Case(Words("“{document}” has no translation.", "У документа «{document}» нет перевода."))},
)

NO_LEXICON = Entry(
    code="no-lexicon",
    severities=("note",),
    costs="order",
    title=Words("No word list", "Нет словаря"),
    meaning=Words(
        "There is no word list for two languages of the volume: their sentences were aligned by length, numbers and "
        "names.",
        "Для двух языков тома нет словаря: их предложения сопоставлены по длине, числам и именам.",
    ),
    advice=Words(
        "Look at more of these links than you would of Russian and English ones; their scores are less sure.",
        "Проверяйте такие связи чаще, чем русско-английские: их оценки менее надёжны.",
    ),
    cases={
        "": Case(
            Words(
                "There is no word list for {one} and {other}: "
                "their sentences were aligned by length, numbers and names.",
                "Для языков {one} и {other} нет словаря: их предложения сопоставлены по длине, числам и именам.",
            )
        )
    },
)

DOCUMENT_ENTRIES = (
    DOCUMENT_NOT_FOUND, DOCUMENT_FOUND_TWICE, DOCUMENT_COPIED, DOCUMENT_OUT_OF_ORDER, NO_TRANSCRIPTION, NO_TRANSLATION,
    NO_LEXICON,
)  # fmt: skip
