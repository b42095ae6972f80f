"""Findings about collection.toml: what it states and does not fit the folders, the pages or the texts."""

from __future__ import annotations

from collections.abc import Mapping

from align.linking.findings.catalogue.entry import Case, Entry, Words


def _named(case: str, en: str, ru: str) -> Mapping[str, Case]:
    """The case of a name that is not there, with and without the name that may be meant."""
    return {
        case: Case(
            Words(f"{en}: correct or remove it.", f"{ru}: исправьте или уберите это."),
        ),
        f"{case}-near": Case(
            Words(f"{en}: correct or remove it.", f"{ru}: исправьте или уберите это."),
            Words("Did you mean “{near}”?", "Возможно, имелось в виду «{near}»."),
        ),
    }


UNUSED_SETTING = Entry(
    code="unused-setting",
    severities=("warning",),
    costs="order",
    title=Words("Setting that fits nothing", "Настройка ни к чему не относится"),
    meaning=Words(
        "`collection.toml` names a volume, document, scan or text that is not there, or names one twice. "
        "That entry is not used; all others are.",
        "`collection.toml` называет том, документ, скан или текст, которого нет, или называет его дважды. "
        "Эта запись не используется, остальные используются.",
    ),
    advice=Words("Correct or remove the entry.", "Исправьте или уберите эту запись."),
    cases={
        **_named(
            "volume",
            "{path} has [{setting}], and images/ has no volume “{name}” with scans",
            "В {path} есть раздел [{setting}], но в images/ нет тома «{name}» со сканами",
        ),
        **_named(
            "document",
            "{path} has [{setting}], and there is no text of a document “{name}”",
            "В {path} есть раздел [{setting}], но нет текста документа «{name}»",
        ),
        **_named(
            "document-volume",
            "{path} has {setting} = “{name}”, and images/ has no volume of that name with scans",
            "В {path} указано {setting} = «{name}», но в images/ нет тома с таким именем, в котором есть сканы",
        ),
        **_named(
            "scan",
            "{path} names “{name}” in {setting}, and volume {volume} has no scan of that name",
            "В {path} в {setting} указано имя «{name}», но в томе {volume} нет скана с таким именем",
        ),
        **_named(
            "text",
            "{path} has {setting} = “{name}”, and the document has no text with that language or file name",
            "В {path} указано {setting} = «{name}», но у документа нет текста на таком языке или с таким именем файла",
        ),
        "scan-twice": Case(
            Words(
                "{path} names “{name}” twice in {setting}; the first place counts: remove the other.",
                "В {path} в {setting} имя «{name}» указано дважды; действует первое место: уберите второе.",
            )
        ),
        "table-twice": Case(
            Words(
                "{path} has [{other}] and [{setting}], which are the same name; the last one counts: "
                "put them together.",
                "В {path} есть разделы [{other}] и [{setting}] с одним и тем же именем; действует последний: "
                "объедините их.",
            )
        ),
        "other-volume": Case(
            Words(
                "{path} has {setting} = “{name}”, and the texts of the document are in volume {other}; "
                "the entry is not used: correct one of the two.",
                "В {path} указано {setting} = «{name}», но тексты документа лежат в томе {other}; "
                "запись не используется: исправьте одно из двух.",
            )
        ),
        "text-twice": Case(
            Words(
                "{path} has {setting} = “{name}”, and names the same text as the transcription: remove one of the two.",
                "В {path} указано {setting} = «{name}», и тот же текст назван транскрипцией: уберите одно из двух.",
            )
        ),
    },
)

LABELS_LISTED = Entry(
    code="labels-listed",
    severities=("warning", "note"),
    costs="order",
    title=Words("List of labels does not fit", "Список номеров страниц не подходит"),
    meaning=Words(
        "The list of labels in `collection.toml` has more or fewer labels than the volume has pages, or has a label "
        "twice.",
        "В списке номеров страниц в `collection.toml` больше или меньше номеров, чем страниц в томе, или один номер "
        "указан дважды.",
    ),
    advice=Words(
        "Correct `labels`, one label for each page in order.",
        "Исправьте `labels`: по одному номеру на каждую страницу по порядку.",
    ),
    lesser=Words("if a label stands there twice", "если номер указан дважды"),
    cases={
        "many": Case(
            Words(
                "collection.toml lists {labels:one label|# labels} for volume {volume}, which has "
                "{count:one page|# pages}; the labels at the end are not used.",
                "В collection.toml для тома {volume} указано {labels:# номер|# номера|# номеров}, а в томе "
                "{count:# страница|# страницы|# страниц}; лишние номера в конце списка не используются.",
            ),
            Words("Look which labels are too many, and remove them.", "Проверьте, какие номера лишние, и уберите их."),
        ),
        "few": Case(
            Words(
                "collection.toml lists {labels:one label|# labels} for volume {volume}, which has "
                "{count:one page|# pages}; the last pages have no label from the list.",
                "В collection.toml для тома {volume} указано {labels:# номер|# номера|# номеров}, а в томе "
                "{count:# страница|# страницы|# страниц}; последние страницы не получили номера из списка.",
            ),
            Words(
                "Look which labels are missing, and add them.", "Проверьте, каких номеров не хватает, и добавьте их."
            ),
        ),
        "twice": Case(
            Words(
                "collection.toml gives the label “{label}” to {count:one page|# pages} of volume {volume}.",
                "В collection.toml номер «{label}» указан для {count:# страницы|# страниц|# страниц} тома {volume}.",
            ),
            Words(
                "Correct it, unless the pages themselves have that number.",
                "Исправьте, если только этот номер не стоит на самих страницах.",
            ),
        ),
    },
)

PAGES_STATED = Entry(
    code="pages-stated",
    severities=("warning",),
    costs="order",
    title=Words("Document on other pages than stated", "Документ не на указанных страницах"),
    meaning=Words(
        "`pages` of a document in `collection.toml` do not fit: the volume has no such pages, or the document was "
        "found on others. The program finds the pages itself; `pages` is only compared.",
        "`pages` документа в `collection.toml` не подходит: таких страниц в томе нет, или документ найден на других. "
        "Программа находит страницы сама, `pages` служит только для сравнения.",
    ),
    advice=Words("Correct `pages`, or look at the links.", "Исправьте `pages` или проверьте связи."),
    cases={
        "beyond": Case(
            Words(
                "collection.toml says that “{document}” is on pages {begin} to {end}, and volume {volume} has "
                "{count:one page|# pages}.",
                "В collection.toml сказано, что «{document}» занимает страницы с {begin} по {end}, а в томе {volume} "
                "{count:# страница|# страницы|# страниц}.",
            ),
            Words(
                "Correct pages; they are counted in order, from 1.",
                "Исправьте pages; страницы считаются по порядку, начиная с 1.",
            ),
        ),
        "elsewhere": Case(
            Words(
                "collection.toml says that “{document}” is on pages {begin} to {end} in order, and it was found on "
                "{page}.",
                "В collection.toml сказано, что «{document}» занимает страницы с {begin} по {end} по порядку, "
                "но найден он на {page:prep}.",
            ),
            Words("Correct pages, or look at these links.", "Исправьте pages или проверьте эти связи."),
        ),
    },
)

SETTING_ENTRIES = (UNUSED_SETTING, LABELS_LISTED, PAGES_STATED)
