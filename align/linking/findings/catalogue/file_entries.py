"""Findings about the files and folders of a collection."""

from __future__ import annotations

from align.linking.findings.catalogue.entry import LEAVES_NONE, Case, Entry, Words
from align.linking.findings.catalogue.setting_entries import SETTING_ENTRIES

UNKNOWN_TYPE = Entry(
    code="unknown-type",
    severities=("warning", "error"),
    costs="document",
    title=Words("Type not read", "Неизвестный тип файла"),
    meaning=Words("The file is of a type that is not read.", "Файлы этого типа не читаются."),
    advice=Words(
        "Convert it to one that the message names.", "Преобразуйте его в один из типов, названных в сообщении."
    ),
    lesser=LEAVES_NONE,
    cases={
        "": Case(
            Words(
                "{path} is left out, its type is not one of {expected}: convert it.",
                "Файл {path} пропущен: файлы этого типа не читаются. Преобразуйте его в один из типов: {expected}.",
            )
        )
    },
)

UNKNOWN_SCAN = Entry(
    code="unknown-scan",
    severities=("warning",),
    costs="document",
    title=Words("No scan for this OCR", "Нет скана для этого OCR"),
    meaning=Words("A file under `ocr/` has the name of no scan.", "Имя файла в `ocr/` не совпадает с именем скана."),
    advice=Words("Name it as its scan is named.", "Назовите его так же, как назван его скан."),
    cases={
        "": Case(
            Words(
                "{path} is left out, because no scan has its name, or the scan has another OCR file already: "
                "name it as its scan is named, such as 0001.xml for 0001.jpg.",
                "Файл {path} пропущен: скана с таким именем нет, или для скана уже есть другой файл OCR. "
                "Назовите его так же, как назван его скан, например 0001.xml для 0001.jpg.",
            )
        )
    },
)

NESTED_FOLDER = Entry(
    code="nested-folder",
    severities=("warning",),
    costs="document",
    title=Words("Folder too deep", "Слишком глубокая папка"),
    meaning=Words("The folder lies too deep and is not read.", "Папка лежит слишком глубоко и не читается."),
    advice=Words(
        "Move its files up, or make it a volume.", "Переместите её файлы выше или сделайте её отдельным томом."
    ),
    cases={
        "": Case(
            Words(
                "{path}/ lies too deep and is not read: move its files one folder up, or make it a volume of its own.",
                "Папка {path}/ лежит слишком глубоко и не читается: переместите её файлы на папку выше "
                "или сделайте её отдельным томом.",
            )
        )
    },
)

EMPTY_VOLUME = Entry(
    code="empty-volume",
    severities=("warning",),
    costs="document",
    title=Words("Volume without scans", "Том без сканов"),
    meaning=Words("The folder of a volume holds no scans.", "В папке тома нет сканов."),
    advice=Words("Put the scans there, or remove it.", "Поместите туда сканы или уберите папку."),
    cases={
        "": Case(
            Words(
                "{path}/ holds no scans: put the volume's scans there, or remove it.",
                "В папке {path}/ нет сканов: поместите туда сканы тома или уберите её.",
            )
        )
    },
)

NO_TEXTS = Entry(
    code="no-texts",
    severities=("warning", "error"),
    costs="document",
    title=Words("No texts", "Нет текстов"),
    meaning=Words("There are no usable texts in `transcripts/`.", "В `transcripts/` нет пригодных текстов."),
    advice=Words("Put them there, see [guide.md](guide.md).", "Поместите их туда, см. [guide.md](guide.md)."),
    lesser=LEAVES_NONE,
    cases={
        "no-folder": Case(
            Words(
                "There is no folder transcripts/: put the texts into transcripts/<volume>/<document>.<language>.txt.",
                "Нет папки transcripts/: поместите тексты в transcripts/<том>/<документ>.<язык>.txt.",
            )
        ),
        "none": Case(
            Words(
                "There are no usable texts in transcripts/: name them <document>.<language>.txt, .xml or .docx.",
                "В transcripts/ нет пригодных текстов: назовите их <документ>.<язык>.txt, .xml или .docx.",
            )
        ),
    },
)

OUTSIDE = Entry(
    code="outside",
    severities=("warning",),
    costs="document",
    title=Words("Link out of the collection", "Ссылка за пределы коллекции"),
    meaning=Words(
        "The file is a link that leads out of the collection.", "Файл — ссылка, которая ведёт за пределы коллекции."
    ),
    advice=Words("Put a copy of the file there instead.", "Поместите вместо неё копию файла."),
    cases={
        "": Case(
            Words(
                "{path} is a link out of the collection: put a copy of the file there instead.",
                "{path} — ссылка за пределы коллекции: поместите вместо неё копию файла.",
            )
        )
    },
)

BAD_NAME = Entry(
    code="bad-name",
    severities=("warning", "error"),
    costs="document",
    title=Words("Name with forbidden characters", "Недопустимые знаки в имени"),
    meaning=Words(
        "The name holds characters that cannot stand in a name of a result.",
        "В имени есть знаки, которых не может быть в именах файлов с результатами.",
    ),
    advice=Words("Rename it.", "Переименуйте файл."),
    lesser=LEAVES_NONE,
    cases={
        "not-utf-8": Case(
            Words(
                "{path} has a name that is not UTF-8: rename it.", "Имя {path} записано не в UTF-8: переименуйте файл."
            )
        ),
        "hidden": Case(
            Words(
                "{path} has invisible control characters in its name: rename it.",
                "В имени {path} есть невидимые управляющие знаки: переименуйте файл.",
            )
        ),
    },
)

RESERVED_NAME = Entry(
    code="reserved-name",
    severities=("warning",),
    costs="document",
    title=Words("Reserved name", "Занятое имя"),
    meaning=Words(
        "The volume has the name of a file or folder that a command writes next to the folders of the volumes.",
        "Имя тома совпадает с именем файла или папки, которые одна из команд создаёт рядом с папками томов.",
    ),
    advice=Words("Rename it.", "Переименуйте его."),
    cases={
        "": Case(
            Words(
                "{path}/ is left out, because align {command} writes under this name in the results: rename the "
                "volume.",
                "Папка {path}/ пропущена, потому что под этим именем пишет результаты команда align {command}: "
                "переименуйте том.",
            )
        )
    },
)

UNREADABLE = Entry(
    code="unreadable",
    severities=("warning",),
    costs="document",
    title=Words("Cannot be opened", "Не открывается"),
    meaning=Words("The folder or link cannot be opened.", "Папку или ссылку нельзя открыть."),
    advice=Words("Check its permissions, or remove it.", "Проверьте права доступа или уберите её."),
    cases={
        "folder": Case(
            Words(
                "{path}/ cannot be read ({why}): check its permissions.",
                "Папка {path}/ не читается. Сообщение системы: {why}. Проверьте права доступа.",
            )
        ),
        "dangling": Case(
            Words(
                "{path} is a link to nothing: correct or remove it.",
                "{path} — ссылка в никуда: исправьте или уберите её.",
            )
        ),
        "special": Case(
            Words(
                "{path} is neither a file nor a folder: remove it.",
                "{path} — не файл и не папка: уберите это.",
            )
        ),
    },
)

FILE_ENTRIES = (
    UNKNOWN_TYPE, UNKNOWN_SCAN, NESTED_FOLDER, EMPTY_VOLUME, NO_TEXTS, OUTSIDE, BAD_NAME, RESERVED_NAME, UNREADABLE,
    *SETTING_ENTRIES,
)  # fmt: skip
