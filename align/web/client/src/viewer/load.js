// Data come as classic scripts that call align.add: fetch and modules do not work in a page that is opened from a folder.
import { loadScript } from "../shared/scripts.js";

const asked = new Map();
const given = new Map();

globalThis.align = {
  add(name, data) {
    given.set(name, data);
  },
};

// The data of this name, loaded once. The address has a digest of the data in it: no data of another build are read.
export function load(name, address = `${name}.js`) {
  if (!asked.has(address)) asked.set(address, request(name, address));
  return asked.get(address);
}

export const loadData = (name, digest) => load(name, `${name}-${digest}.js`);

// The same for large data that are used once: they are not kept.
export async function loadOnce(name) {
  const data = await load(name);
  asked.delete(`${name}.js`);
  return data;
}

async function request(name, address) {
  try {
    await loadScript(address);
    if (!given.has(name)) throw new Error(`${address} holds other data`);
    const data = given.get(name);
    given.delete(name);
    return data;
  } catch (error) {
    asked.delete(address); // so that the next try loads again
    throw error;
  }
}
