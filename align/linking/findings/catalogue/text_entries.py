"""Findings about source texts as files: what is in them, and how they are named."""

from __future__ import annotations

from align.linking.findings.catalogue.entry import LEAVES_NONE, Case, Entry, Words

TEXT_UNREADABLE = Entry(
    code="text-unreadable",
    severities=("error",),
    costs="document",
    title=Words("Text could not be read", "Текст не прочитан"),
    meaning=Words(
        "The file could not be read as a text; the message says why.",
        "Файл не удалось прочитать как текст; сообщение говорит почему.",
    ),
    advice=Words(
        "What the message says. [errors.md](errors.md) lists the causes.",
        "Сделайте то, что сказано в сообщении. Причины перечислены в [errors.md](errors.md).",
    ),
    cases={"": Case(Words("{why}", "Файл {path} не удалось прочитать как текст. Сообщение программы: {why}"))},
)

TEXT_ENCODING = Entry(
    code="text-encoding",
    severities=("note",),
    costs="words",
    title=Words("Encoding of the text guessed", "Кодировка текста угадана"),
    meaning=Words(
        "The file does not say in which encoding it is, and is not in UTF-8; the message says what it was read as.",
        "Файл не сообщает своей кодировки, и это не UTF-8; сообщение говорит, в какой кодировке он прочитан.",
    ),
    advice=Words(
        "Look whether its letters are right, and save it as UTF-8.",
        "Проверьте, правильно ли прочитаны буквы, и сохраните файл в UTF-8.",
    ),
    cases={
        "": Case(
            Words(
                "{path} is not in Unicode; it was read as {encoding}.",
                "Файл {path} сохранён не в Юникоде; он прочитан в кодировке {encoding}.",
            ),
            Words(
                "Look whether its letters are right; save it as UTF-8 to be sure.",
                "Проверьте, правильно ли прочитаны буквы; для надёжности сохраните файл в UTF-8.",
            ),
        ),
        "unmarked": Case(
            Words(
                "{path} is in {encoding}, without the mark at its beginning that says so; it was read as {encoding}.",
                "Файл {path} сохранён в {encoding}, но без метки в начале файла; он прочитан как {encoding}.",
            ),
            Words(
                "Look whether its letters are right; save it as UTF-8 to be sure.",
                "Проверьте, правильно ли прочитаны буквы; для надёжности сохраните файл в UTF-8.",
            ),
        ),
    },
)

TEXT_EMPTY = Entry(
    code="text-empty",
    severities=("warning",),
    costs="document",
    title=Words("Empty text", "Пустой текст"),
    meaning=Words("The file holds no sentence.", "В файле нет ни одного предложения."),
    advice=Words("Put the text into it, or remove it.", "Поместите в него текст или уберите его."),
    cases={"": Case(Words("{path} holds no sentence.", "В файле {path} нет ни одного предложения."))},
)

TEXT_LANGUAGE = Entry(
    code="text-language",
    severities=("warning",),
    costs="words",
    title=Words("Language of the text in doubt", "Язык текста под сомнением"),
    meaning=Words(
        "The file is named as one language and reads like another.",
        "Судя по имени файла, язык один, а судя по тексту, другой.",
    ),
    advice=Words("Rename it, if the name is wrong.", "Переименуйте файл, если имя неверно."),
    cases={
        "": Case(
            Words(
                "{path} is named as language “{named}”, but reads like “{guess}”.",
                "Судя по имени файла {path}, его язык «{named}», но текст похож на «{guess}».",
            ),
            Words(
                "Rename it to end in .{guess}{ending} if that is its language.",
                "Если его язык такой, переименуйте файл так, чтобы имя оканчивалось на .{guess}{ending}.",
            ),
        )
    },
)

LINE_NUMBERS = Entry(
    code="line-numbers",
    severities=("note",),
    costs="words",
    title=Words("Numbers of lines in the text", "Номера строк в тексте"),
    meaning=Words(
        "Numbers that count the lines stand in a column of their own; they were left out of the sentences.",
        "Номера строк стоят в тексте отдельным столбцом; в предложения они не вошли.",
    ),
    advice=Words(
        "Nothing, if they are numbers of lines. If they belong to the text, write them as words.",
        "Ничего, если это номера строк. Если эти числа относятся к тексту, напишите их словами.",
    ),
    cases={
        "": Case(
            Words(
                "{path} has numbers of lines in a column of their own ({numbers}); no sentence holds them.",
                "В файле {path} отдельным столбцом стоят номера строк ({numbers}); в предложения они не вошли.",
            )
        )
    },
)

TEXT_COLUMNS = Entry(
    code="text-columns",
    severities=("note", "warning"),
    costs="document",
    title=Words("Two texts side by side", "Два текста рядом"),
    meaning=Words(
        "A table of the document has two languages side by side; the message says what was read as which text.",
        "В таблице документа рядом стоят тексты на двух языках; сообщение говорит, что прочитано как какой текст.",
    ),
    advice=Words(
        "Nothing, if both were read. Else save each column as a document of its own.",
        "Ничего, если прочитаны оба. Если нет, сохраните каждый столбец отдельным документом.",
    ),
    lesser=Words("if not both were read as they should", "если прочитаны не оба или не так"),
    cases={
        "read": Case(
            Words(
                "{path} has two texts side by side in a table: “{own}” was read as the text of the file, "
                "and “{second}” as a text of its own.",
                "В таблице файла {path} рядом стоят два текста: «{own}» прочитан как текст файла, "
                "а «{second}» — как отдельный текст.",
            )
        ),
        "twice": Case(
            Words(
                "{path} has two texts side by side in a table; “{second}” was left out, "
                "because another file is the text in that language.",
                "В таблице файла {path} рядом стоят два текста; «{second}» пропущен, "
                "потому что текст на этом языке есть в другом файле.",
            ),
            Words(
                "Remove one of the two texts in “{second}”.",
                "Уберите один из двух текстов на языке «{second}».",
            ),
        ),
        "untold": Case(
            Words(
                "{path} has two texts side by side in a table; the one that is not “{own}” was left out, "
                "because its language cannot be told.",
                "В таблице файла {path} рядом стоят два текста; тот, что не на языке «{own}», пропущен, "
                "потому что его язык не удалось определить.",
            ),
            Words(
                "Save each column as a document of its own: <document>.<language>.docx.",
                "Сохраните каждый столбец отдельным документом: <документ>.<язык>.docx.",
            ),
        ),
        "mixed": Case(
            Words(
                "{path} has a table with {columns} columns of words in two languages; the longest of each language was "
                "read as its text, and what stands in the others as commentary.",
                "В файле {path} есть таблица, где рядом стоят столбцы текста на двух языках, всего их {columns}; самый "
                "длинный столбец на каждом языке прочитан как текст, остальные как комментарий.",
            ),
            Words(
                "If another column is the text, save it as a document of its own: <document>.<language>.docx.",
                "Если текст — другой столбец, сохраните его отдельным документом: <документ>.<язык>.docx.",
            ),
        ),
    },
)

TEXT_ELSEWHERE = Entry(
    code="text-elsewhere",
    severities=("warning",),
    costs="document",
    title=Words("Part of the text in another file", "Часть текста в другом файле"),
    meaning=Words(
        "The document takes part of its text from other files. Only what stands in the document itself is read.",
        "Часть своего текста документ берёт из других файлов. Читается только то, что есть в нём самом.",
    ),
    advice=Words(
        "Save the document with all of its text in it: Word does so when it opens and saves it, an XML editor when it "
        "resolves XInclude.",
        "Сохраните документ так, чтобы весь текст был в нём: Word делает это, если открыть и сохранить файл, редактор "
        "XML — если раскрыть XInclude.",
    ),
    cases={
        "": Case(
            Words(
                "{path} takes part of its text from other files, which are not read: {names}.",
                "Часть текста файл {path} берёт из других файлов, а они не читаются: {names}.",
            )
        )
    },
)

UNKNOWN_VOLUME = Entry(
    code="unknown-volume",
    severities=("warning", "error"),
    costs="document",
    title=Words("Volume unknown", "Том неизвестен"),
    meaning=Words(
        "It cannot be told to which volume the text belongs.", "Нельзя определить, к какому тому относится текст."
    ),
    advice=Words(
        "Put it into `transcripts/<volume>/`, or state `volume` in `collection.toml`.",
        "Поместите его в `transcripts/<том>/` или укажите `volume` в `collection.toml`.",
    ),
    lesser=LEAVES_NONE,
    cases={
        "folder": Case(
            Words(
                "{path} is left out, images/{folder}/ holds no scans of it: correct the folder's name, "
                'or state [document."{document}"] volume in collection.toml.',
                "Файл {path} пропущен, в images/{folder}/ нет его сканов: исправьте имя папки "
                'или укажите volume в разделе [document."{document}"] файла collection.toml.',
            )
        ),
        "untold": Case(
            Words(
                "{path} is left out, its volume cannot be told: put it into transcripts/<volume>/, "
                'or state [document."{document}"] volume in collection.toml.',
                "Файл {path} пропущен, его том нельзя определить: поместите файл в transcripts/<том>/ "
                'или укажите volume в разделе [document."{document}"] файла collection.toml.',
            )
        ),
    },
)

NO_LANGUAGE = Entry(
    code="no-language",
    severities=("warning", "error"),
    costs="document",
    title=Words("No language in the name", "В имени нет языка"),
    meaning=Words(
        "The name of the text does not end in a language.", "Имя файла с текстом не оканчивается обозначением языка."
    ),
    advice=Words("Rename it: `letter.ru.txt`.", "Переименуйте его: `letter.ru.txt`."),
    lesser=LEAVES_NONE,
    cases={
        "": Case(
            Words(
                "{path} is left out, its name does not end in a language: "
                "name it <document>.<language>.txt, such as letter.ru.txt.",
                "Файл {path} пропущен, его имя не оканчивается обозначением языка: "
                "назовите его <документ>.<язык>.txt, например letter.ru.txt.",
            )
        )
    },
)

SAME_NAME = Entry(
    code="same-name",
    severities=("warning", "error"),
    costs="document",
    title=Words("Same name twice", "Повторяющееся имя"),
    meaning=Words(
        "Two texts or two volumes claim one name; the second is left out.",
        "У двух текстов или двух томов одно и то же имя; второй из них пропущен.",
    ),
    advice=Words(
        "Rename one. A second translation is `letter.en-x-garnett.txt`.",
        "Переименуйте один из них. Второй перевод называется `letter.en-x-garnett.txt`.",
    ),
    lesser=LEAVES_NONE,
    cases={
        "volume": Case(
            Words(
                "{path}/ is left out, {rival}/ has the same name or id: rename one of them.",
                "Папка {path}/ пропущена, у {rival}/ то же имя или идентификатор: переименуйте одну из них.",
            )
        ),
        "text": Case(
            Words(
                "{path} is left out, {rival} has the same volume, document and language or the same id: "
                "rename or remove one (a second translation is <document>.en-x-name.txt).",
                "Файл {path} пропущен, у {rival} те же том, документ и язык или тот же идентификатор: "
                "переименуйте или уберите один из них (второй перевод называется <документ>.en-x-name.txt).",
            )
        ),
    },
)

TEXT_ENTRIES = (TEXT_UNREADABLE, TEXT_ENCODING, TEXT_EMPTY, TEXT_LANGUAGE, LINE_NUMBERS, TEXT_COLUMNS, TEXT_ELSEWHERE)
TEXT_NAME_ENTRIES = (UNKNOWN_VOLUME, NO_LANGUAGE, SAME_NAME)
