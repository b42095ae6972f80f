// A volume: its pages by order and key, its documents by name, and what stands on which page.
import { loadData } from "./load.js";

export class Volume {
  constructor(entry, data) {
    this.entry = entry;
    this.folder = entry.folder;
    this.name = data.name;
    this.title = data.title || data.name;
    this.pages = data.pages.map((page, index) => ({ ...page, order: index + 1 }));
    this.documents = data.documents.map((document, index) => ({ ...document, index }));
    this.byKey = new Map(this.pages.map((page) => [page.key, page]));
    this.byName = new Map(this.documents.map((document) => [document.name, document]));
    this.onPage = new Map();
    for (const document of this.documents) {
      for (const [order] of document.pages) {
        if (!this.onPage.has(order)) this.onPage.set(order, []);
        this.onPage.get(order).push(document);
      }
    }
  }

  page(order) {
    return this.pages[order - 1];
  }

  documentsOn(order) {
    return this.onPage.get(order) || [];
  }

  async texts(document) {
    return loadData(`data/${this.folder}/d${document.index + 1}`, document.data);
  }

  // A reader types the label of a page or, where no page has that label, its position.
  find(asked) {
    const wanted = asked.trim().toLowerCase();
    const labelled = this.pages.find((page) => (page.label || "").toLowerCase() === wanted);
    const order = /^#?\d+$/.test(wanted) ? Number(wanted.replace("#", "")) : 0;
    return labelled || this.pages[order - 1] || null;
  }
}

const opened = new Map();

export async function openVolume(site, name) {
  const entry = site.volumes.find((volume) => volume.name === name);
  if (!entry) return null;
  if (!opened.has(name)) {
    opened.set(name, new Volume(entry, await loadData(`data/${entry.folder}/volume`, entry.data)));
  }
  return opened.get(name);
}
