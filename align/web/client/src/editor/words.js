// The words of the tools, in both languages.
export const words = {
  en: {
    "tools-link": "This link", "tools-pair": "This pair", right: "Right", wrong: "Wrong", "place-here": "Place here", "not-on-scan": "Not on the scans", undo: "Undo", joined: "Joined otherwise", page: "This page",
    "draw-how": "Draw a box around each line of the sentence, also on the next page. A box can be moved, and resized by its corner.", keep: "Keep", cancel: "Cancel", "remove-last": "Remove the last", "drawn-boxes": "Boxes that you drew",
    "pair-how": "Click the sentences that belong together, in both texts; a second click leaves one out.",
    "is-right": "right", "is-wrong": "wrong", "is-placed": "placed by hand", "is-not-on-scan": "not on the scans", "is-paired": "joined otherwise", "is-stated": "stated", by: "by {by}",
    "state-label": "Label (what is printed or written as the page's number)", "state-copy": "It is a copy of the page with the number or label", "state-blank": "It is blank", "state-no-page": "There is no such page.",
    "said-kept": "Kept. It holds from the next run on.", "said-undone": "Taken back.", "said-stale": "{by} decided on this meanwhile: {decision}. Decide again to put yours over it.", "said-nobody": "It was taken back meanwhile. Decide again if it is to be so.",
    "said-clash": "This contradicts another decision, by {by}.", "said-offline": "The server does not answer: nothing was kept. Try again.", "said-signed-out": "You are signed out: sign in in another window, and try again.", "said-not-allowed": "You may read here and not decide.",
    "said-disk-full": "The server's disk is full: nothing was kept.", "said-busy": "The server is busy: nothing was kept. Try again.", "said-failed": "The server had a fault: nothing was kept.", "draw-none": "Draw a box first.", "state-none": "State a label, or that it is a copy or blank.", review: "Review",
  },
  ru: {
    "tools-link": "Эта связь", "tools-pair": "Эта пара", right: "Верно", wrong: "Неверно", "place-here": "Место здесь", "not-on-scan": "Нет на сканах", undo: "Отменить", joined: "Соединить иначе", page: "Эта страница",
    "draw-how": "Обведите каждую строку предложения, в том числе на следующей странице. Рамку можно сдвинуть, а за угол изменить.", keep: "Сохранить", cancel: "Отмена", "remove-last": "Убрать последнюю", "drawn-boxes": "Ваши рамки",
    "pair-how": "Щёлкните по предложениям обоих текстов, которые относятся друг к другу; второй щелчок убирает предложение.",
    "is-right": "верно", "is-wrong": "неверно", "is-placed": "место указано вручную", "is-not-on-scan": "нет на сканах", "is-paired": "соединено иначе", "is-stated": "указано", by: "{by}",
    "state-label": "Номер (как он напечатан или написан на странице)", "state-copy": "Это копия страницы с номером", "state-blank": "Она пустая", "state-no-page": "Такой страницы нет.",
    "said-kept": "Сохранено. Действует со следующего запуска.", "said-undone": "Отменено.", "said-stale": "Тем временем здесь уже решено ({by}): {decision}. Решите ещё раз, чтобы заменить.", "said-nobody": "Тем временем решение отменили. Решите ещё раз, если оно верно.",
    "said-clash": "Это противоречит другому решению: {by}.", "said-offline": "Сервер не отвечает, ничего не сохранено. Попробуйте ещё раз.", "said-signed-out": "Вы вышли: войдите в другом окне и попробуйте ещё раз.", "said-not-allowed": "Здесь вы можете только читать.",
    "said-disk-full": "На диске сервера нет места, ничего не сохранено.", "said-busy": "Сервер занят, ничего не сохранено. Попробуйте ещё раз.", "said-failed": "На сервере сбой, ничего не сохранено.", "draw-none": "Сначала обведите место.", "state-none": "Укажите номер или что это копия либо пустая страница.", review: "Проверка",
  },
};
