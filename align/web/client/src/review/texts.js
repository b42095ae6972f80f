// Texts as they stand in one line of the page.
const MOST = 80;

export const shortText = (text) => (text.length > MOST ? `${Array.from(text).slice(0, MOST - 1).join("")}…` : text);
