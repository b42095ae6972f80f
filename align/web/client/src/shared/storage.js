// What a browser keeps for this site. A browser that keeps nothing (private windows, full disks) is no fault.
const memory = new Map();
let site = "";

export function keepUnder(identity) {
  site = identity;
}

const named = (name) => (name === "language" || name === "theme" ? `align.${name}` : `align.${site}.${name}`);

export function recall(name) {
  if (memory.has(named(name))) return memory.get(named(name));
  try {
    return JSON.parse(localStorage.getItem(named(name)));
  } catch {
    return null; // refused or damaged: as if nothing were kept
  }
}

// Keeps a value; returns whether it will be there at the next visit.
export function keep(name, value) {
  try {
    localStorage.setItem(named(name), JSON.stringify(value));
    memory.delete(named(name));
    return true;
  } catch {
    memory.set(named(name), value);
    return false;
  }
}
