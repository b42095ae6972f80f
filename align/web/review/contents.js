// Renews the contents when something is decided, by whomever, and when a run has new results. Without this script the
// page is as it was when it was opened.
(() => {
  const SETTLE_MS = 300; // after the last news: a decision on many is one renewal
  const source = new EventSource(`/api/events?after=${document.currentScript.dataset.after}`);
  let later = 0;

  // What a reader is at work on: a state that was chosen and not set yet, the form that has the focus.
  const atWork = (form) => form.contains(document.activeElement) ||
    [...form.querySelectorAll("select")].some((own) => [...own.options].some((option) => option.selected !== option.defaultSelected));
  const keyOf = (form) => form.elements.key?.value;

  async function renew() {
    let page;
    try {
      const answer = await fetch("/", { cache: "no-store", credentials: "same-origin" });
      // Who was signed out meanwhile keeps what is there.
      if (!answer.ok || answer.redirected) return;
      page = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch {
      return;
    }
    const main = document.getElementById("main"), fresh = page.getElementById("main");
    const told = main.querySelector("[role=alert]"), focused = document.activeElement;
    const scrolled = [...main.querySelectorAll(".scroll")].map((own) => own.scrollLeft);
    if (told) fresh.querySelector("h1").after(told);
    // Such a form stays with what it was made from: the server says so if another editor was quicker.
    const forms = new Map([...main.querySelectorAll("form")].filter(atWork).map((form) => [keyOf(form), form]));
    for (const form of fresh.querySelectorAll("form")) {
      const kept = forms.get(keyOf(form));
      if (kept) form.replaceWith(kept);
    }
    const link = focused.closest?.("#main a")?.getAttribute("href");
    main.replaceChildren(...fresh.childNodes);
    [...main.querySelectorAll(".scroll")].forEach((own, at) => { own.scrollLeft = scrolled[at] ?? 0; });
    if (main.contains(focused)) focused.focus({ preventScroll: true });
    else if (link) [...main.querySelectorAll("a")].find((own) => own.getAttribute("href") === link)?.focus({ preventScroll: true });
  }

  const soon = () => {
    clearTimeout(later);
    later = setTimeout(renew, SETTLE_MS);
  };
  source.onmessage = soon;
  source.addEventListener("results", soon);
})();
