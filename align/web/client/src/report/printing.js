// Printing: all findings that the filters let through, with their pictures.
export async function print(findings, list) {
  await findings.everything();
  list.spread();
  // Loaded, and not decoded: a thousand pages decoded at once would take gigabytes.
  const files = new Set([...list.element.querySelectorAll("image")].map((image) => image.getAttribute("href")));
  await Promise.all([...files].map((file) => new Promise((resolve) => {
    const copy = new Image();
    copy.onload = copy.onerror = resolve;
    copy.src = file;
  })));
  window.print();
}

// The browser's own command to print shows what is loaded by then.
export function listenToPrinting(list) {
  addEventListener("beforeprint", () => list.spread());
  addEventListener("afterprint", () => { list.printing = false; });
}
