// The misalignment report in the browser: filters, search, keys, pictures. A classic script without libraries, since a
// page opened from a folder may load nothing else. All texts come from outside: they enter the page as text alone.
"use strict";
(() => {
  const BLOCK = 10; // findings that are put into the page, and taken out of it, together
  const USUAL_HEIGHT = 420; // of a finding that was not measured yet
  const NEAR = "1600px 0px", FAR = "9000px 0px";
  const SVG = "http://www.w3.org/2000/svg";
  const ZOOMS = [0.5, 0.75, 1, 1.5, 2, 3];

  let data = null; // what data/index.js says
  const parts = []; // by chunk number: what the chunks say of their findings
  const loading = new Map(); // by chunk number: the promise that it is there
  const haystacks = []; // by row: what is searched
  let shown = []; // the rows that the filters let through, in order
  let blocks = []; // {element, from, to, filled}
  let current = -1; // index into shown
  let asked = 0; // the number of the last search: an older one that ends later is not shown
  let near = null, far = null;

  const byId = (id) => document.getElementById(id);
  const form = () => byId("filters").elements;

  function make(name, attributes, ...children) {
    const svg = ["svg", "use", "image", "polygon"].includes(name);
    const element = svg ? document.createElementNS(SVG, name) : document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  }
  const icon = (name) => make("svg", { class: "icon", "aria-hidden": "true" }, make("use", { href: `#i-${name}` }));
  // A long passage scrolls by itself, and so can be focused: it does not bury what follows it.
  const LONG = 700;
  const scrolls = (text, name) => (text.length > LONG ? { class: "long", tabindex: "0", role: "group", "aria-label": name } : {});
  const plain = (text) => text.normalize("NFC").toLowerCase().replaceAll("ё", "е");
  const words = (code) => (code.charAt(0).toUpperCase() + code.slice(1)).replaceAll("-", " ");
  const several = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

  // Data

  const detail = (row) => parts[Math.floor(row / data.chunk)]?.[row % data.chunk];

  function load(chunk) {
    if (parts[chunk]) return null;
    if (!loading.has(chunk)) {
      loading.set(chunk, new Promise((resolve) => {
        const file = `data/${String(chunk).padStart(5, "0")}.js`;
        const script = make("script", { src: file });
        script.onload = resolve;
        script.onerror = () => {
          const reason = `${file} is missing: copy the whole folder of the report.`;
          parts[chunk] = Array(data.chunk).fill({ id: "", reason, score: 0, passages: [], views: [] });
          resolve();
        };
        document.head.append(script);
      }));
    }
    return loading.get(chunk);
  }
  const chunks = (rows) => [...new Set(rows.map((row) => Math.floor(row / data.chunk)))];
  const ready = (rows) => Promise.all(chunks(rows).map(load));
  const everything = () => Promise.all(Array.from({ length: Math.ceil(data.rows.length / data.chunk) }, (_, i) => load(i)));

  function haystack(row) {
    if (haystacks[row] === undefined) {
      const [, code, doc, pages, , key] = data.rows[row];
      const own = detail(row);
      haystacks[row] = plain([
        own.id, key, data.codes[code], own.reason, own.suggestion || "", ...(doc < 0 ? [] : data.documents[doc]),
        ...pages.map((page) => `${data.pages[page].name} ${data.pages[page].file}`),
        ...own.passages.map((p) => `${p.before} ${p.pieces.map((piece) => piece[0]).join("")} ${p.after} ${p.file || ""}`),
      ].join("\n"));
    }
    return haystacks[row];
  }

  // Filters. They stand in the address after #, so that a list can be passed on; nothing else is remembered.

  function wanted() {
    const own = form();
    return {
      severities: [...own.severity].filter((box) => box.checked).map((box) => data.severities.indexOf(box.value)),
      code: own.code.value === "" ? -1 : Number(own.code.value),
      document: own.document.value === "" ? -1 : Number(own.document.value),
      page: own.page.value === "" ? -1 : Number(own.page.value),
      change: own.change ? own.change.value : "",
      order: own.order.value,
      q: own.q.value.trim(),
    };
  }

  function passes(row, want, { anySeverity = false } = {}) {
    const [severity, code, doc, pages, change] = data.rows[row];
    return (anySeverity || want.severities.includes(severity)) && (want.code < 0 || want.code === code) &&
      (want.document < 0 || want.document === doc) && (want.page < 0 || pages.includes(want.page)) &&
      (want.change === "" || want.change === change);
  }

  async function apply({ keep = false } = {}) {
    const want = wanted(), turn = ++asked;
    let rows = data.rows.map((_, row) => row).filter((row) => passes(row, want, { anySeverity: true }));
    if (want.q) {
      await everything();
      if (turn !== asked) return;
      const parts = plain(want.q).split(/\s+/);
      rows = rows.filter((row) => parts.every((part) => haystack(row).includes(part)));
    }
    const found = rows.filter((row) => want.severities.includes(data.rows[row][0]));
    const first = (row) => (data.rows[row][3].length ? Math.min(...data.rows[row][3]) : Infinity);
    if (want.order === "page") found.sort((a, b) => (first(a) === first(b) ? a - b : first(a) - first(b)));
    const row = keep && current >= 0 ? shown[current] : -1;
    shown = found;
    current = row < 0 ? -1 : shown.indexOf(row);
    told(rows);
    marked(want);
    address(want);
    // A list that is laid anew must not leave the keyboard's user at the top of the page.
    const within = byId("list").contains(document.activeElement);
    lay();
    if (within && current >= 0) await go(current);
    else if (within) byId("findings").focus({ preventScroll: true });
  }

  function told(rows) {
    const hidden = data.severities.map((name, severity) => [name, rows.filter((row) => data.rows[row][0] === severity).length])
      .filter(([, number], severity) => number && !wanted().severities.includes(severity))
      .map(([name, number]) => several(number, name));
    byId("count").textContent = `${shown.length ? several(shown.length, "finding") : "No finding"} shown.` +
      (hidden.length ? ` ${hidden.join(", ")} hidden.` : "");
    byId("count-all").hidden = hidden.length === 0;
  }

  function marked(want) {
    for (const cell of document.querySelectorAll(".cell[aria-current]")) cell.removeAttribute("aria-current");
    for (const row of document.querySelectorAll("tr[aria-current]")) row.removeAttribute("aria-current");
    if (want.page >= 0) document.querySelector(`.cell[data-page="${want.page}"]`)?.setAttribute("aria-current", "true");
    if (want.document >= 0) {
      document.querySelector(`a[data-document="${want.document}"]`)?.closest("tr").setAttribute("aria-current", "true");
    }
  }

  function address(want) {
    const said = new URLSearchParams();
    if (want.severities.join() !== "0,1") said.set("severity", want.severities.map((s) => data.severities[s]).join(" "));
    if (want.code >= 0) said.set("code", data.codes[want.code]);
    if (want.document >= 0) said.set("document", data.documents[want.document].slice(0, 2).join("/"));
    if (want.page >= 0) said.set("page", data.pages[want.page].id);
    if (want.change) said.set("change", want.change);
    if (want.order !== "rank") said.set("order", want.order);
    if (want.q) said.set("q", want.q);
    const hash = said.toString();
    if (hash !== location.hash.slice(1)) location.replace(`#${hash}`);
  }

  function fromAddress() {
    const said = new URLSearchParams(location.hash.slice(1));
    const own = form();
    const severities = said.has("severity") ? said.get("severity").split(" ") : ["error", "warning"];
    for (const box of own.severity) box.checked = severities.includes(box.value);
    const choose = (field, at) => { own[field].value = at < 0 ? "" : String(at); };
    choose("code", data.codes.indexOf(said.get("code")));
    choose("document", data.documents.findIndex(([volume, name]) => [`${volume}/${name}`, name].includes(said.get("document"))));
    choose("page", data.pages.findIndex((page) => page.id === said.get("page")));
    if (own.change) own.change.value = said.get("change") || "";
    own.order.value = said.get("order") === "page" ? "page" : "rank";
    own.q.value = said.get("q") || "";
  }

  // The list: blocks of findings that are filled when they come near and emptied when they are far.

  function lay() {
    near?.disconnect();
    far?.disconnect();
    near = new IntersectionObserver((seen) => seen.forEach((one) => one.isIntersecting && fill(one.target.block)), { rootMargin: NEAR });
    far = new IntersectionObserver((seen) => seen.forEach((one) => !one.isIntersecting && empty(one.target.block)), { rootMargin: FAR });
    blocks = [];
    for (let from = 0; from < shown.length; from += BLOCK) {
      const to = Math.min(from + BLOCK, shown.length);
      const element = make("div", { class: "block" });
      element.style.minHeight = `${(to - from) * USUAL_HEIGHT}px`;
      element.block = { element, from, to, filled: false };
      blocks.push(element.block);
    }
    byId("list").replaceChildren(...blocks.map((block) => block.element));
    for (const block of blocks) {
      near.observe(block.element);
      far.observe(block.element);
    }
  }

  function put(block) {
    block.filled = true;
    const cards = [];
    for (let at = block.from; at < block.to; at++) cards.push(card(at));
    block.element.replaceChildren(...cards);
    block.element.style.minHeight = "";
  }

  async function fill(block) {
    if (block.filled) return;
    const rows = shown.slice(block.from, block.to);
    if (!rows.every(detail)) await ready(rows);
    if (!block.filled && blocks.includes(block)) put(block);
  }

  function empty(block) {
    if (!block.filled || block.element.contains(document.activeElement) || printing) return;
    block.element.style.minHeight = `${block.element.offsetHeight}px`;
    block.element.replaceChildren();
    block.filled = false;
  }

  function card(at) {
    const row = shown[at];
    const [severity, code, doc, pages, change, key] = data.rows[row];
    const own = detail(row), name = data.severities[severity], title = `f-${row}`;
    const places = [];
    if (doc >= 0) {
      const [, id, heading] = data.documents[doc];
      places.push(make("bdi", {}, id), heading ? make("bdi", {}, ` “${heading}”`) : "");
    }
    const seen = pages.slice(0, 3).map((page) => `${data.pages[page].name} (${data.pages[page].file})`).join(", ") +
      (pages.length && data.volumes > 1 ? ` of ${data.pages[pages[0]].volume}` : "");
    if (seen) places.push(doc >= 0 ? " · " : "", make("bdi", {}, seen), pages.length > 3 ? ` and ${pages.length - 3} more pages` : "");
    const article = make(
      "article",
      { class: `finding s-${name}`, id: `finding-${row}`, tabindex: "-1", "aria-labelledby": title, "aria-posinset": at + 1, "aria-setsize": shown.length },
      make("header", {},
        make("h3", { id: title }, icon(name), make("span", { class: "severity" }, `${words(name)}: `), words(data.codes[code])),
        make("span", { class: "place" }, ...places),
        change && change !== "same" ? make("span", { class: "change" }, change) : null,
        make("span", { class: "rank", title: "How sure this finding is, from 0 to 1" }, `score ${own.score.toFixed(2)}`)),
      make("div", { class: "reason" }, make("p", { dir: "auto", ...scrolls(own.reason, "Reason") }, own.reason)),
      crops(at, own),
      texts(own),
      own.suggestion ? make("div", { class: "suggestion" }, make("p", { dir: "auto", ...scrolls(own.suggestion, "What to do") }, own.suggestion)) : null,
      make("p", { class: "foot" }, own.id ? `${own.id} · key ${key}` : `key ${key}`),
    );
    return article;
  }

  function crops(at, own) {
    if (!own.views.length) return null;
    return make("div", { class: "crops" }, ...own.views.map((view, index) => {
      const page = data.pages[view.page];
      if (!page.image) return make("p", { class: "unseen", dir: "auto" }, `${page.file} is not shown. ${page.problem || ""}`);
      const name = `${page.name} (${page.file})`;
      const open = make("button", { type: "button", "aria-label": `Open ${name}` }, picture(view, page, part(view), `Part of ${name}`));
      open.addEventListener("click", () => openPage(at, index));
      const marks = new Set(view.outlines.map(([mark]) => mark));
      const caption = name + (marks.has("gap") ? ". The red stroke is where it would stand."
        : marks.has("around") ? ". Framed is what stands around the place." : "");
      return make("figure", { class: view.whole ? "crop whole" : "crop" }, open, make("figcaption", {}, make("bdi", {}, caption)));
    }));
  }

  // On a phone a whole line is too small to read: of a place that is narrower a part of the line is shown.
  function part(view) {
    const [left, top, width, height] = view.box;
    if (innerWidth > 640 || !view.outlines.length) return view.box;
    const xs = view.outlines.flatMap(([, points]) => points.split(" ").map((point) => Number(point.split(",")[0])));
    const from = Math.min(...xs), to = Math.max(...xs), narrow = Math.min(width, Math.max(to - from + 80, width * 0.55));
    return [Math.min(Math.max((from + to - narrow) / 2, left), left + width - narrow), top, narrow, height];
  }

  function picture(view, page, box, label) {
    const [width, height] = page.size;
    return make("svg", { viewBox: box.join(" "), role: "img", "aria-label": label },
      make("image", { href: page.image, width, height, preserveAspectRatio: "none" }),
      ...(view ? view.outlines : []).map(([mark, points]) => make("polygon", { class: `o-${mark}`, points })));
  }

  function texts(own) {
    if (!own.passages.length) return null;
    return make("div", { class: "texts" }, ...own.passages.map((passage) => {
      const file = passage.file ? make("bdi", { class: "file" }, ` ${passage.file.split("/").pop()}`) : null;
      const pieces = passage.pieces.map(([text, differs]) => (differs ? make("mark", {}, text) : text));
      const between = passage.pieces.length ? pieces : [make("span", { class: "missing" }, " ▸ not here ◂ ")];
      const around = (text) => (text ? [make("span", { class: "around" }, text)] : []);
      return make("div", { class: "text" },
        make("h4", {}, passage.label, file),
        make("blockquote", { lang: passage.lang, dir: "auto", ...scrolls(passage.before + passage.pieces.map((piece) => piece[0]).join("") + passage.after, passage.label) },
          ...around(passage.before && `${passage.before} `), ...between, ...around(passage.after && ` ${passage.after}`)));
    }));
  }

  async function go(at, { scroll = true } = {}) {
    if (at < 0 || at >= shown.length) return;
    current = at;
    const block = blocks[Math.floor(at / BLOCK)];
    await fill(block);
    if (current !== at || !block.filled) return;
    const element = block.element.children[at - block.from];
    element.focus({ preventScroll: true });
    if (scroll) element.scrollIntoView({ block: "start" });
  }

  function here() {
    const article = document.activeElement?.closest?.("article");
    if (article) return Number(article.getAttribute("aria-posinset")) - 1;
    return current;
  }

  // The whole page

  let leaf = { at: -1, leaves: [], index: 0, zoom: 2 };

  function openPage(at, index) {
    const row = shown[at], own = detail(row);
    const leaves = own.views.map((view) => ({ page: view.page, view }));
    for (const page of data.rows[row][3]) if (!leaves.some((one) => one.page === page)) leaves.push({ page, view: null });
    if (!leaves.length) return;
    current = at;
    leaf = { at, leaves, index, zoom: innerWidth < 700 ? 4 : 2 };
    if (!byId("page").open) byId("page").showModal();
    byId("page-sheet").focus();
    turn(0);
  }

  function turn(step) {
    leaf.index = Math.min(Math.max(leaf.index + step, 0), leaf.leaves.length - 1);
    const { page: at, view } = leaf.leaves[leaf.index], page = data.pages[at], sheet = byId("page-sheet");
    byId("page-title").textContent = `${page.name} (${page.file})`;
    for (const [id, end] of [["page-previous", 0], ["page-next", leaf.leaves.length - 1]]) {
      byId(id).disabled = leaf.index === end;
      byId(id).hidden = leaf.leaves.length === 1;
    }
    if (!page.image) {
      sheet.replaceChildren(make("p", { class: "told", dir: "auto" }, page.problem || "There is no picture of this page in the report."));
      return;
    }
    sheet.replaceChildren(picture(view, page, [0, 0, ...page.size], `${page.name}, whole`));
    zoomed(0);
    if (view && !view.whole) {
      const scale = sheet.firstChild.getBoundingClientRect().width / page.size[0];
      sheet.scrollTo((view.box[0] + view.box[2] / 2) * scale - sheet.clientWidth / 2, (view.box[1] + view.box[3] / 2) * scale - sheet.clientHeight / 2);
    } else sheet.scrollTo(0, 0);
  }

  function zoomed(step) {
    leaf.zoom = Math.min(Math.max(leaf.zoom + step, 0), ZOOMS.length - 1);
    const sheet = byId("page-sheet"), drawing = sheet.querySelector("svg");
    if (!drawing) return;
    const middle = [(sheet.scrollLeft + sheet.clientWidth / 2) / sheet.scrollWidth, (sheet.scrollTop + sheet.clientHeight / 2) / sheet.scrollHeight];
    drawing.style.width = `${Math.round(Math.min(sheet.clientWidth, 1000) * ZOOMS[leaf.zoom])}px`;
    sheet.scrollTo(middle[0] * sheet.scrollWidth - sheet.clientWidth / 2, middle[1] * sheet.scrollHeight - sheet.clientHeight / 2);
  }

  // Printing: all findings that the filters let through, with their pictures.

  let printing = false;

  function spread() {
    printing = true;
    for (const block of blocks) {
      if (!block.filled && shown.slice(block.from, block.to).every(detail)) put(block);
    }
  }

  async function print() {
    await everything();
    spread();
    // Loaded, and not decoded: a thousand pages decoded at once would take gigabytes.
    const files = new Set([...document.querySelectorAll("#list image")].map((image) => image.getAttribute("href")));
    await Promise.all([...files].map((file) => new Promise((resolve) => {
      const copy = new Image();
      copy.onload = copy.onerror = resolve;
      copy.src = file;
    })));
    window.print();
  }

  // Keys and buttons

  function typing(target) {
    return target.closest?.("input:not([type=checkbox]), select, textarea") || document.querySelector("dialog[open]");
  }

  function pressed(event) {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "p") {
      event.preventDefault();
      print();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (byId("page").open) {
      const act = { "+": () => zoomed(1), "=": () => zoomed(1), "-": () => zoomed(-1), ArrowLeft: () => turn(-1), ArrowRight: () => turn(1) }[event.key];
      if (act && (leaf.leaves.length > 1 || !event.key.startsWith("Arrow"))) {
        event.preventDefault();
        act();
      }
      return;
    }
    if (typing(event.target)) {
      if (event.key === "Escape" && event.target.name === "q") {
        event.preventDefault();
        event.target.value = "";
        apply().then(() => byId("findings").focus());
      } else if (event.key === "Enter" && event.target.name === "q") {
        event.preventDefault();
        apply().then(() => go(0));
      }
      return;
    }
    const acts = {
      j: () => go(Math.min(here() + 1, shown.length - 1)),
      k: () => go(Math.max(here() - 1, 0)),
      "/": () => { form().q.focus(); form().q.select(); },
      "?": () => byId("keys").showModal(),
      n: () => {
        const box = [...form().severity].find((one) => one.value === "note");
        box.checked = !box.checked;
        apply({ keep: true });
      },
      Escape: () => byId("findings").focus({ preventScroll: true }),
    };
    // Who speaks to the machine may turn single letters off (WCAG 2.1.4).
    if (!byId("keys-on").checked) for (const key of Object.keys(acts)) if (key.length === 1) delete acts[key];
    if (event.key === "Enter" && event.target.matches?.("article")) acts.Enter = () => openPage(here(), 0);
    if (acts[event.key]) {
      event.preventDefault();
      acts[event.key]();
    }
  }

  function choosePage(page) {
    const own = form();
    own.page.value = own.page.value === String(page) ? "" : String(page);
    const want = wanted();
    // A page that has notes alone shows them: else one would choose it and see nothing.
    if (want.page >= 0 && !data.rows.some((_, row) => passes(row, want)) && data.rows.some((_, row) => passes(row, want, { anySeverity: true }))) {
      for (const box of own.severity) box.checked = true;
    }
    apply().then(() => byId("findings").scrollIntoView());
  }

  function options(name, entries) {
    form()[name].append(...entries.map(([value, text]) => make("option", { value }, text)));
  }

  function begin(index) {
    data = index;
    const count = (test) => data.rows.filter(test).length;
    options("code", data.codes.map((code, at) => [at, `${words(code)} (${count((row) => row[1] === at)})`]));
    if (location.hash.length > 1) choices();
    fromAddress();
    apply();
    wire();
    // The first findings are to be there at once; the rest is there before somebody prints, searches or chooses.
    setTimeout(() => { choices(); everything(); }, 300);
  }

  // The documents and pages to choose from, which may be thousands.
  let chosen = false;
  function choices() {
    if (chosen) return;
    chosen = true;
    const perDocument = new Map(), perPage = new Map();
    const named = (volume) => (data.volumes > 1 && volume ? `${volume}: ` : "");
    for (const row of data.rows) {
      perDocument.set(row[2], (perDocument.get(row[2]) || 0) + 1);
      for (const page of row[3]) perPage.set(page, (perPage.get(page) || 0) + 1);
    }
    options("document", data.documents.map(([volume, name, title], at) => [at, `${named(volume)}${name}${title ? ` ${title}` : ""} (${perDocument.get(at) || 0})`]));
    options("page", data.pages.map((page, at) => [at, `${named(page.volume)}${page.name} (${page.file}): ${perPage.get(at) || 0}`]));
  }

  function wire() {
    const filters = byId("filters");
    let pause = 0;
    filters.addEventListener("submit", (event) => event.preventDefault());
    filters.addEventListener("input", (event) => {
      clearTimeout(pause);
      if (event.target.name === "q") pause = setTimeout(() => apply(), 120);
      else apply({ keep: true });
    });
    filters.addEventListener("reset", () => setTimeout(() => apply()));
    window.addEventListener("hashchange", () => {
      choices();
      const before = JSON.stringify(wanted());
      fromAddress();
      if (JSON.stringify(wanted()) !== before) apply();
    });
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.("a[data-page], a[data-document]");
      if (!link) return;
      event.preventDefault();
      choices();
      if (link.dataset.page !== undefined) choosePage(Number(link.dataset.page));
      else {
        form().document.value = form().document.value === link.dataset.document ? "" : link.dataset.document;
        apply().then(() => byId("findings").scrollIntoView());
      }
    });
    document.addEventListener("keydown", pressed);
    byId("print").addEventListener("click", print);
    const dark = () => document.documentElement.dataset.theme === "dark" ||
      (!document.documentElement.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches);
    const named = () => { byId("theme").textContent = dark() ? "Light" : "Dark"; };
    byId("theme").addEventListener("click", () => { document.documentElement.dataset.theme = dark() ? "light" : "dark"; named(); });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", named);
    named();
    byId("count-all").addEventListener("click", () => {
      for (const box of form().severity) box.checked = true;
      apply({ keep: true }).then(() => byId("findings").focus());
    });
    byId("keys-open").addEventListener("click", () => byId("keys").showModal());
    // A table of very many documents is only put into the page when it is opened.
    const documents = document.querySelector("details.documents");
    documents?.addEventListener("toggle", () => {
      const table = documents.querySelector("template");
      if (!table) return;
      table.replaceWith(table.content);
      marked(wanted());
    });
    byId("keys-close").addEventListener("click", () => byId("keys").close());
    byId("page-close").addEventListener("click", () => byId("page").close());
    byId("page-previous").addEventListener("click", () => turn(-1));
    byId("page-next").addEventListener("click", () => turn(1));
    byId("page-smaller").addEventListener("click", () => zoomed(-1));
    byId("page-larger").addEventListener("click", () => zoomed(1));
    byId("page").addEventListener("close", () => go(leaf.at, { scroll: false }));
    window.addEventListener("beforeprint", spread);
    window.addEventListener("afterprint", () => { printing = false; });
  }

  window.alignReport = {
    index: begin,
    chunk: (number) => ({ add: (values) => { parts[number] = values; } }),
  };
})();
