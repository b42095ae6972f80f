"""Invented sentences, each in Russian and in English: what somebody did, where, and with how many things."""

from __future__ import annotations

import random


def _words(*pairs: str) -> dict[str, str]:
    """The words of one language by those of the other."""
    return dict(pair.split(": ") for own in pairs for pair in own.split("; "))


TIMES = _words(
    "Утром: In the morning; Вечером: In the evening; Ночью: At night; Днём: By day; После обеда: After dinner",
    "На рассвете: At dawn; В полдень: At noon; Вчера: Yesterday; Сегодня: Today; К полуночи: By midnight",
    "Перед грозой: Before the storm; За ужином: At supper",
)
PEOPLE = _words(
    "Петров: Petrov; Кузьма: Kuzma; доктор: the doctor; плотник: the carpenter; Савельев: Savelyev",
    "мельник: the miller; почтальон: the postman; Багрецов: Bagretsov; учитель: the teacher",
    "сторож: the watchman; Стрешин: Streshin; кузнец: the smith; Горелов: Gorelov; библиотекарь: the librarian",
    "садовник: the gardener; Тимофей: Timofey; лодочник: the boatman; Ермаков: Ermakov; пекарь: the baker",
    "Виноградов: Vinogradov",
)
VERBS = _words(
    "привёз: brought; нашёл: found; потерял: lost; купил: bought; продал: sold; прислал: sent; показал: showed",
    "забыл: forgot; спрятал: hid; починил: mended; одолжил: lent; описал: described; обещал: promised",
    "уронил: dropped; нёс: carried; выбросил: threw away",
)
THINGS = _words(
    "старую скрипку: an old violin; медный чайник: a copper kettle; связку газет: a bundle of newspapers",
    "зимнее пальто: a winter coat; дубовый сундук: an oak chest; карту уезда: a map of the district",
    "корзину яблок: a basket of apples; чужую лодку: a strange boat; новый фонарь: a new lantern",
    "мешок муки: a sack of flour; настенные часы: a wall clock; охотничье ружьё: a hunting gun",
    "письмо брата: a brother's letter; рыбацкую сеть: a fishing net; кожаный портфель: a leather case",
    "банку керосина: a can of kerosene; садовую лестницу: a garden ladder; шерстяной платок: a woollen shawl",
    "глиняный кувшин: a clay jug; ключ от подвала: the key of the cellar; альбом марок: an album of stamps",
    "железную печь: an iron stove; бочку огурцов: a barrel of cucumbers; складной нож: a folding knife",
)
MANY = _words(
    "рублей: roubles; писем: letters; досок: boards; гвоздей: nails; свечей: candles; страниц: pages",
    "мешков: sacks; снимков: photographs; верёвок: ropes; книг: books",
)
PLACES = _words(
    "за мельницей: behind the mill; у переправы: at the ferry; в клубе: in the club; на чердаке: in the attic",
    "под лестницей: under the stairs; возле колодца: near the well; на станции: at the station",
    "в аптеке: in the pharmacy; за оврагом: beyond the ravine; у моста: by the bridge; в сарае: in the barn",
    "на пристани: on the pier; в читальне: in the reading room; возле кузницы: near the smithy",
)


def sentence(rng: random.Random) -> tuple[str, str]:
    """A sentence in Russian and in English."""
    time, who, other = rng.choice(list(TIMES)), *rng.sample(list(PEOPLE), 2)
    did, does = rng.sample(list(VERBS), 2)
    thing, place, many, count = (
        rng.choice(list(THINGS)), rng.choice(list(PLACES)), rng.choice(list(MANY)), rng.randrange(120, 980),
    )  # fmt: skip
    match rng.randrange(3):
        case 0:
            told = (f"{time} {who} {did} {thing} {place}.",
                    f"{TIMES[time]} {PEOPLE[who]} {VERBS[did]} {THINGS[thing]} {PLACES[place]}.")  # fmt: skip
        case 1:
            told = (f"{who} {did} {count} {many} {place}, а {other} {does} {thing}.",
                    f"{PEOPLE[who]} {VERBS[did]} {count} {MANY[many]} {PLACES[place]}, and {PEOPLE[other]} "
                    f"{VERBS[does]} {THINGS[thing]}.")  # fmt: skip
        case _:
            told = (f"{time} {who} {did} {thing}, и {other} {does} {count} {many}.",
                    f"{TIMES[time]} {PEOPLE[who]} {VERBS[did]} {THINGS[thing]}, and {PEOPLE[other]} {VERBS[does]} "
                    f"{count} {MANY[many]}.")  # fmt: skip
    ru, en = told
    return ru[0].upper() + ru[1:], en[0].upper() + en[1:]
