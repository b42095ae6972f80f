// What was decided, in words; and what an editor is asked where a decision was not taken.
import { h, replace } from "../shared/dom.js";
import { currentLanguage, t } from "../shared/messages.js";
import { shortText } from "./texts.js";

const CHOSEN = { mend: "✓", leave: "=", "false-alarm": "✗", "cannot-tell": "?" };

export const sign = (decision) => CHOSEN[decision] || "";

// "Anna, 28 November, 12:03"; of one's own decision that is not sent yet only that.
export function signed(event) {
  if (event.pending) return t("not-sent-yet");
  const time = event.time ? new Date(event.time) : null;
  const when = time && !Number.isNaN(time.getTime()) ? time.toLocaleString(currentLanguage() === "en" ? "en-GB" : currentLanguage(), { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" }) : "";
  return [event.by, when].filter(Boolean).join(", ");
}

// A decision in words: "to be mended: “3”".
export function worded(event) {
  if (!event?.decision) return event?.flag ? t("decision-flag") : event?.comment ? t("decision-comment") : t("decision-none");
  if (event.subject?.kind === "document") return t(`document-${event.decision}`);
  const reading = event.value?.reading;
  return typeof reading === "string" ? t("decision-mend-reading", { reading: shortText(reading) }) : t(`decision-${event.decision}`);
}

// Another editor decided meanwhile, or the server did not take it: both are shown, and one's own is kept till then.
export function askedBanner(event, settle) {
  const { outcome, standing, other, why } = event.asked;
  const theirs = outcome === "stale" ? standing : outcome === "clash" ? other : null;
  const said = { stale: theirs ? "asked-stale" : "asked-stale-none", clash: "asked-clash", refused: "asked-refused", "not-allowed": "not-allowed" }[outcome];
  return h("div", { class: "asked", role: "group", "aria-label": t("asked") },
    h("p", {}, t(said, { by: theirs?.by ?? "", why: why ?? "" })),
    h("dl", {},
      h("div", {}, h("dt", {}, t("yours")), h("dd", {}, worded(event), event.comment ? h("p", { dir: "auto" }, event.comment) : null)),
      theirs ? h("div", {}, h("dt", {}, t("theirs")), h("dd", {}, worded(theirs), " ", h("span", { class: "soft" }, signed(theirs)), theirs.comment ? h("p", { dir: "auto" }, theirs.comment) : null)) : null),
    h("div", { class: "choices" },
      outcome === "stale" ? h("button", { type: "button", onclick: () => settle(event.pending, "mine") }, t("keep-mine")) : null,
      h("button", { type: "button", onclick: () => settle(event.pending, "theirs") }, t(outcome === "stale" ? "take-theirs" : "give-up"))));
}

// All that editors are asked, in a window: what is not about the finding or the sentence that is open would be asked of
// nobody. open(title, ...content): opens a window and gives it; done(): some of it was answered.
export function openConflicts(decisions, open, done) {
  const list = h("ol", { class: "conflicts" });
  const put = () => replace(list, decisions.asked().map((event) => {
    const { at = null, about = "" } = event.pending;
    return h("li", {},
      about ? h("p", {}, at ? h("a", { href: at, onclick: () => dialog.close() }, h("bdi", {}, about)) : h("bdi", {}, about)) : null,
      askedBanner(event, (item, whose) => {
        decisions.settle(item, whose);
        done();
        if (decisions.asked().length) put();
        else dialog.close();
      }));
  }));
  put();
  const dialog = open(t("conflicts"), list);
  list.querySelector("button")?.focus();
}
