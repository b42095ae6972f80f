// The table of documents: each of its heads sorts it, once up and once down.
import { h } from "../shared/dom.js";

const SORTED = { ascending: 1, descending: -1 };

// What a cell is sorted by: its number where it begins with one, else its words.
function value(row, column) {
  const text = row.cells[column].textContent.trim();
  const number = /^\[?(\d+)/.exec(text);
  return row.cells[column].matches("td") && number ? Number(number[1]) : text;
}

function compared(one, other) {
  if (typeof one === "number" && typeof other === "number") return one - other;
  if (typeof one !== typeof other) return typeof one === "number" ? -1 : 1;
  return one.localeCompare(other, undefined, { numeric: true });
}

// Puts a button into each head but that of the bars. Numbers begin with the largest: that is where the work is.
export function sortable(table) {
  if (!table || table.querySelector("th button")) return;
  for (const head of table.tHead.rows[0].cells) {
    if (head.matches(".bars")) continue;
    const words = [...head.childNodes];
    const button = h("button", { type: "button", class: "sort", onclick: () => sort(table, head) }, words);
    head.replaceChildren(button);
  }
}

function sort(table, head) {
  const number = head.matches(".number");
  const before = head.getAttribute("aria-sort");
  const way = before ? (before === "ascending" ? "descending" : "ascending") : number ? "descending" : "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", way);
  const rows = [...table.tBodies[0].rows].sort((a, b) => SORTED[way] * compared(value(a, head.cellIndex), value(b, head.cellIndex)));
  table.tBodies[0].append(...rows);
}
