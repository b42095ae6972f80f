// The interface's words: one small table a language, chosen by the reader, else by the browser.
import { en } from "./en.js";
import { ru } from "./ru.js";
import { recall, keep } from "./storage.js";

const tables = { en, ru };
export const languages = { en: "English", ru: "Русский" };
let language = "en";

export function chooseLanguage() {
  const wanted = [recall("language"), ...(navigator.languages || [navigator.language])];
  language = wanted.map((tag) => String(tag || "").slice(0, 2).toLowerCase()).find((tag) => tables[tag]) || "en";
  document.documentElement.lang = language;
}

export function setLanguage(tag) {
  keep("language", tag);
  chooseLanguage();
}

export const currentLanguage = () => language;

// A text of the table with its {names} filled in; with a count, the form that the language has for it.
export function t(name, values = {}) {
  let text = tables[language][name] ?? en[name] ?? name;
  if (typeof text === "object") text = text[new Intl.PluralRules(language).select(values.n)] ?? text.other;
  return text.replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ""));
}

export const decimal = (value) => value.toLocaleString(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });

// 1934-12-18 in words; what is no such date stays as it is.
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

// As it stands within a line: Russian writes the names of languages small.
export function languageName(tag) {
  try {
    return new Intl.DisplayNames([language], { type: "language" }).of(tag);
  } catch {
    return tag;
  }
}
