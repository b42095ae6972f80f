// Data come as classic scripts that call align.add: fetch and modules do not work in a page that is opened from a folder.
import { loadScript } from "../shared/scripts.js";

const asked = new Map();
const given = new Map();

globalThis.align = {
  add(name, data) {
    given.set(name, data);
  },
};

// The data of this name, loaded once.
export function load(name) {
  if (!asked.has(name)) asked.set(name, request(name));
  return asked.get(name);
}

// The same for large data that are used once: they are not kept.
export async function loadOnce(name) {
  const data = await load(name);
  asked.delete(name);
  return data;
}

async function request(name) {
  try {
    await loadScript(`${name}.js`);
    if (!given.has(name)) throw new Error(`${name}.js holds other data`);
    const data = given.get(name);
    given.delete(name);
    return data;
  } catch (error) {
    asked.delete(name); // so that the next try loads again
    throw error;
  }
}
