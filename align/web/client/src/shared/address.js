// Addresses within the site: #/volume/d/document/s/key, or #//search/words for all volumes. Names and keys stay when the site is built anew; positions would not.
const encode = encodeURIComponent;

export function format({ volume, document, sentence, page, query }) {
  if (!volume) return query === undefined ? "#/" : `#//search/${encode(query)}`;
  const parts = ["#", encode(volume)];
  if (query !== undefined) parts.push("search", encode(query));
  else if (document) {
    parts.push("d", encode(document));
    if (sentence) parts.push("s", encode(sentence));
    else if (page) parts.push("p", encode(page));
  } else if (page) parts.push("p", encode(page));
  return parts.join("/");
}

export function parse(hash) {
  let parts;
  try {
    parts = hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  } catch {
    return {}; // a percent sign that encodes nothing: the start page
  }
  const [volume, kind, name, what, key] = parts;
  if (kind === "search") return volume ? { volume, query: name || "" } : { query: name || "" };
  if (!volume) return {};
  if (kind === "p" && name) return { volume, page: name };
  if (kind === "d" && name) {
    const found = { volume, document: name };
    if (what === "s" && key) found.sentence = key;
    if (what === "p" && key) found.page = key;
    return found;
  }
  return { volume };
}

export function go(target) {
  const hash = typeof target === "string" ? target : format(target);
  if (location.hash === hash) dispatchEvent(new HashChangeEvent("hashchange"));
  else location.hash = hash;
}

// Puts a place within a document into the address, and adds no step to the browser's "back".
export function note(target) {
  history.replaceState(history.state, "", format(target));
}

export function whole(target) {
  return location.href.split("#")[0] + format(target);
}
