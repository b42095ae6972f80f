// Notes as W3C Web Annotations (Web Annotation Data Model, 2017): made, written out, and read back with care.
import { format, parse, whole } from "../shared/address.js";

const CONTEXT = "http://www.w3.org/ns/anno.jsonld";
const LONGEST = 100000;
const MOST = 20000;

export function made({ id, motivation, comment, tags, target, quote, regions, created }) {
  const body = [];
  if (comment) body.push({ type: "TextualBody", value: comment, format: "text/plain", purpose: "commenting" });
  for (const tag of tags || []) body.push({ type: "TextualBody", value: tag, format: "text/plain", purpose: "tagging" });
  const now = new Date().toISOString();
  return {
    "@context": CONTEXT,
    id: id || `urn:uuid:${uuid()}`,
    type: "Annotation",
    motivation: motivation || (comment ? "commenting" : tags?.length ? "tagging" : "bookmarking"),
    created: created || now,
    modified: now,
    body,
    target: targets(target, quote, regions),
  };
}

// The sentence in its text, then its places on the scans. The note is tied to the first.
function targets(target, quote, regions) {
  const text = { type: "SpecificResource", source: format(target) };
  if (quote) text.selector = { type: "TextQuoteSelector", exact: quote };
  const images = (regions || []).map(({ scan, box }) => ({
    type: "SpecificResource",
    source: reference(scan),
    selector: { type: "FragmentSelector", conformsTo: "http://www.w3.org/TR/media-frags/", value: `xywh=${box.join(",")}` },
  }));
  return [text, ...images];
}

// Here # and ? are letters of a file's name, not parts of an address. Half a surrogate pair has no form in UTF-8.
const reference = (path) => encodeURI(path.replace(/\p{Surrogate}/gu, "\ufffd")).replace(/[#?]/g, encodeURIComponent);

export const addressOf = (annotation) => parse(annotation.target[0].source.replace(/^[^#]*/, ""));
export const quoteOf = (annotation) => annotation.target[0].selector?.exact || "";
export const commentOf = (annotation) => annotation.body.filter((part) => part.purpose !== "tagging").map((part) => part.value).join("\n");
export const tagsOf = (annotation) => annotation.body.filter((part) => part.purpose === "tagging").map((part) => part.value);

export function written(annotations, site) {
  const base = /^https?:$/.test(location.protocol) ? null : `urn:align:${site.id}`;
  const absolute = (source) => (source.startsWith("#") ? (base ? base + source : whole(parse(source))) : source);
  const items = annotations.map(({ "@context": _, ...own }) => ({
    ...own,
    target: own.target.map((target) => ({ ...target, source: absolute(target.source) })),
  }));
  return `${JSON.stringify({ "@context": CONTEXT, id: `urn:align:${site.id}:annotations`, type: "AnnotationPage", items }, null, 1)}\n`;
}

// The annotations of a file that belong to a viewer; throws where the file holds no annotations.
export function read(text) {
  const data = JSON.parse(text);
  const listed = Array.isArray(data) ? data : data?.items ?? data?.first?.items ?? (data?.type === "Annotation" ? [data] : null);
  if (!Array.isArray(listed)) throw new Error("no annotations");
  return listed.slice(0, MOST).map(cleaned).filter(Boolean);
}

const string = (value) => (typeof value === "string" ? value.slice(0, LONGEST) : "");
const list = (value) => (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]);

function cleaned(item) {
  if (!item || typeof item !== "object" || !list(item.type ?? item["@type"]).includes("Annotation")) return null;
  const target = list(item.target).slice(0, 50).map(cleanedTarget).filter(Boolean);
  const at = target.findIndex((own) => own.source.includes("#/"));
  if (at < 0) return null;
  const [text] = target.splice(at, 1);
  text.source = format(parse(text.source.replace(/^[^#]*/, "")));
  if (text.source === "#/") return null;
  const body = list(item.body).slice(0, 200).map((part) => (typeof part === "string" ? { value: part } : part)).filter((part) => part && string(part.value))
    .map((part) => ({ type: "TextualBody", value: string(part.value), format: "text/plain", purpose: part.purpose === "tagging" ? "tagging" : "commenting" }));
  const known = ["commenting", "tagging", "bookmarking", "highlighting", "describing", "questioning"];
  return {
    "@context": CONTEXT,
    id: string(item.id) || `urn:uuid:${uuid()}`,
    type: "Annotation",
    motivation: list(item.motivation).find((own) => known.includes(own)) || "commenting",
    created: string(item.created),
    modified: string(item.modified) || string(item.created),
    body,
    target: [text, ...target],
  };
}

function cleanedTarget(target) {
  if (typeof target === "string") return { type: "SpecificResource", source: string(target) };
  const source = string(target?.source?.id ?? target?.source ?? target?.id);
  if (!source) return null;
  const own = { type: "SpecificResource", source };
  for (const selector of list(target.selector)) {
    if (selector?.type === "TextQuoteSelector" && string(selector.exact)) own.selector = { type: selector.type, exact: string(selector.exact) };
    if (selector?.type === "FragmentSelector" && /^xywh=[\d.,:a-z]{1,80}$/.test(string(selector.value))) {
      own.selector = { type: selector.type, conformsTo: "http://www.w3.org/TR/media-frags/", value: selector.value };
    }
  }
  return own;
}

function uuid() {
  // Some browsers have no randomUUID in a page that is opened from a folder.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
