// The words of the interface: one small table for each language. The reader chooses the language; until then the
// browser's language decides.
import { h } from "./dom.js";
import { recall, keep } from "./storage.js";

const languages = { en: "English", ru: "Русский" };
let tables = { en: {} };
let language = "en";

// Takes the tables of the page, {en, ru}, and chooses the language.
export function speak(words) {
  tables = words;
  chooseLanguage();
}

function chooseLanguage() {
  const wanted = [recall("language"), ...(navigator.languages || [navigator.language])];
  language = wanted.map((tag) => String(tag || "").slice(0, 2).toLowerCase()).find((tag) => tables[tag]) || "en";
  document.documentElement.lang = language;
}

function setLanguage(tag) {
  keep("language", tag);
  chooseLanguage();
}

export const currentLanguage = () => language;

// The button that switches to the other language, in that language's own name.
export function languageButton(switched, attributes = {}) {
  const other = Object.keys(languages).find((tag) => tag !== language);
  return h("button", { type: "button", lang: other, onclick: () => (setLanguage(other), switched()), ...attributes }, languages[other]);
}

// The message of this name. Its {names} are filled in; a message that counts has the form for the number n.
export function t(name, values = {}) {
  let text = tables[language][name] ?? tables.en[name] ?? name;
  if (typeof text === "object") text = text[new Intl.PluralRules(language).select(values.n)] ?? text.other;
  return text.replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ""));
}

export const decimal = (value) => value.toLocaleString(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });

// A field of the data in the reader's language, else in English: {en, ru}, or a string alone, which is English.
export function worded(field) {
  if (field === null || typeof field !== "object") return field || "";
  return field[language] || field.en || "";
}

// The language in which worded() gives the field.
export function languageOf(field) {
  return field !== null && typeof field === "object" && field[language] ? language : "en";
}

// A date in words, "18 December 1934" for 1934-12-18; a string that is no such date stays as it is.
export function dated(date) {
  if (!date) return "";
  const parts = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(date);
  if (!parts) return date;
  const [, year, month, day] = parts;
  const when = new Date(Date.UTC(Number(year), Number(month || 1) - 1, Number(day || 1)));
  if (Number.isNaN(when.getTime()) || (month && when.getUTCMonth() + 1 !== Number(month))) return date;
  const wanted = { timeZone: "UTC", year: "numeric" };
  if (month) wanted.month = "long";
  if (day) wanted.day = "numeric";
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, wanted).format(when);
}

// The name of a language as it stands within a sentence: Russian writes it without a capital.
export function languageName(tag) {
  try {
    return new Intl.DisplayNames([language], { type: "language" }).of(tag);
  } catch {
    return tag;
  }
}
