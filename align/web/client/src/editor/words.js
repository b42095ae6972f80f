// The words of the tools, in both languages.
export const words = {
  en: {
    "tools-link": "This link", "tools-pair": "This pair", right: "Right", wrong: "Wrong", "place-here": "Place here", "not-on-scan": "Not on the scans", undo: "Undo", joined: "Joined otherwise", page: "This page",
    "draw-how": "Draw a box around each line of the sentence, also on the next page. A box can be moved, and resized by its corner.", "draw-by-keys": "By keys: n puts a box in the middle, the arrows move it, with Shift they resize it, Delete removes it.", keep: "Keep", cancel: "Cancel", "remove-last": "Remove the last", "drawn-boxes": "Boxes that you drew", "drawn-keys": "drawing",
    "pair-how": "Click the sentences that belong together, in both texts; a second click leaves one out.",
    "state-label": "Label (what is printed or written as the page's number)", "state-copy": "It is a copy of the page with the number or label", "state-blank": "It is blank", "state-no-page": "There is no such page.",
    "said-kept": "Kept. It holds from the next run on.", "said-undone": "Taken back.",
    "draw-none": "Draw a box first.", "pair-none": "Choose a sentence first.", "tools-outdated": "The results were made anew: reload the page to see them, and decide there.", "state-none": "State a label, a place, or that it is a copy or blank.", "state-both": "A copy of another page is not blank: choose one of both.", "state-after": "Its place in the volume", "state-as-it-is": "as it is", "state-first": "at the beginning", "state-after-page": "after: {page}", "state-after-gone": "after a page that is no longer there", review: "Review",
  },
  ru: {
    "tools-link": "Эта связь", "tools-pair": "Эта пара", right: "Верно", wrong: "Неверно", "place-here": "Место здесь", "not-on-scan": "Нет на сканах", undo: "Отменить", joined: "Соединить иначе", page: "Эта страница",
    "draw-how": "Обведите каждую строку предложения, в том числе на следующей странице. Рамку можно сдвинуть, а за угол изменить.", "draw-by-keys": "С клавиатуры: n ставит рамку в середину, стрелки сдвигают её, с Shift меняют размер, Delete убирает.", keep: "Сохранить", cancel: "Отмена", "remove-last": "Убрать последнюю", "drawn-boxes": "Ваши рамки", "drawn-keys": "рисование",
    "pair-how": "Щёлкните по предложениям обоих текстов, которые относятся друг к другу; второй щелчок убирает предложение.",
    "state-label": "Номер (как он напечатан или написан на странице)", "state-copy": "Это копия страницы с номером", "state-blank": "Она пустая", "state-no-page": "Такой страницы нет.",
    "said-kept": "Сохранено. Действует со следующего запуска.", "said-undone": "Отменено.",
    "draw-none": "Сначала обведите место.", "pair-none": "Сначала выберите предложение.", "tools-outdated": "Результаты построены заново: обновите страницу и решайте по новым.", "state-none": "Укажите номер, место или что это копия либо пустая страница.", "state-both": "Копия другой страницы не бывает пустой: выберите одно из двух.", "state-after": "Её место в томе", "state-as-it-is": "как есть", "state-first": "в начале", "state-after-page": "после: {page}", "state-after-gone": "после страницы, которой больше нет", review: "Проверка",
  },
};
