// The way from a finding to its place in the viewer, whose folder stands beside the report's.
import { h } from "../shared/dom.js";
import { format } from "../shared/address.js";
import { t } from "../shared/messages.js";

const VIEWER = "../viewer/";

// The address of the sentence that a finding is about, else of its page, else of its document; null where there is none.
export function viewerAddress(index, row, detail) {
  const [ofDocument, document] = row.document >= 0 ? index.documents[row.document] : [null, undefined];
  const page = row.pages.length ? index.pages[row.pages[0]] : null;
  const volume = ofDocument ?? page?.volume;
  if (!volume || row.change === "gone") return null;
  const place = document && detail.sentence ? { sentence: detail.sentence } : { page: page?.key };
  return `${VIEWER}index.html${format({ volume, document, ...place })}`;
}

export function viewerLink(index, row, detail) {
  const address = viewerAddress(index, row, detail);
  if (!address) return null;
  return h("a", { class: "to-viewer", href: address, target: "align-viewer", onclick: (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    follow(event.currentTarget);
  } }, t("to-viewer"));
}

// A viewer that was not made yet is told of, instead of an empty window.
async function follow(link) {
  if (await there()) window.open(link.href, "align-viewer");
  else if (!link.nextElementSibling?.matches(".no-viewer")) link.after(h("span", { class: "no-viewer", role: "status" }, ` ${t("no-viewer")}`));
}

// A page that is opened from a folder may ask for no file; it may load a style, here for no medium.
function there() {
  return new Promise((resolve) => {
    const style = h("link", { rel: "stylesheet", media: "not all", href: `${VIEWER}viewer.css`, onload: () => (style.remove(), resolve(true)), onerror: () => (style.remove(), resolve(false)) });
    document.head.append(style);
  });
}
