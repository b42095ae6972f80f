// The review page: findings one after another, each decided with one key. It reads the report's own data, and lays over
// them what the server knows of decisions. All texts come from outside: they enter the page as text alone.
import "./review.css";
import reportEn from "../../../report/messages/en.json";
import reportRu from "../../../report/messages/ru.json";
import { Cards } from "../report/card.js";
import { Findings } from "../report/findings.js";
import { WholePage } from "../report/whole-page.js";
import { byId } from "../shared/dom.js";
import { speak, t } from "../shared/messages.js";
import { loadScript } from "../shared/scripts.js";
import { keepUnder } from "../shared/storage.js";
import { api } from "./api.js";
import { en } from "./en.js";
import { Desk } from "./desk.js";
import { ru } from "./ru.js";

const REPORT = "../report/";

// The script that lists all findings of the newest report, as the report's own page names it.
async function indexAddress() {
  const answer = await fetch(`${REPORT}index.html`, { cache: "no-store" });
  if (!answer.ok) throw new Error(t("no-report"));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const script = page.querySelector('script[src^="data/index-"]');
  if (!script) throw new Error(t("no-report"));
  return { address: REPORT + script.getAttribute("src"), results: page.documentElement.dataset.results };
}

// Chunks and pictures stand beside the report's page, and not beside this one.
const within = (index) => ({
  ...index,
  chunks: index.chunks.map((file) => REPORT + file),
  pages: index.pages.map((page) => ({ ...page, image: page.image && REPORT + page.image })),
});

async function start() {
  speak({ en: { ...reportEn, ...en }, ru: { ...reportRu, ...ru } });
  const findings = new Findings();
  globalThis.alignReport = {
    index: (index) => findings.open(within(index)),
    chunk: (number) => ({ add: (details) => { findings.chunks[number] = details; } }),
  };
  const { outcome, body: state } = await api.state();
  if (outcome !== "done") throw new Error(t(`trouble-${outcome}`, { n: 0 }));
  const { address, results } = await indexAddress();
  await loadScript(address);
  keepUnder(`review.${state.collection}`);
  const desk = new Desk(findings, state, results);
  desk.cards = new Cards(findings, (at, view) => desk.wholePage.open(at, view));
  desk.wholePage = new WholePage(findings, desk.pageList);
  await desk.begin();
}

start().catch((error) => {
  byId("trouble").hidden = false;
  byId("trouble").textContent = error.message || t("no-report");
});
