// Data come as classic scripts that call align.add: fetch and modules do not work in a page opened from a folder.
const asked = new Map();
const given = new Map();

globalThis.align = {
  add(name, data) {
    given.set(name, data);
  },
};

export function load(name) {
  if (!asked.has(name)) asked.set(name, request(name));
  return asked.get(name);
}

// Large data that are used once are not kept.
export async function loadOnce(name) {
  const data = await load(name);
  asked.delete(name);
  return data;
}

export function loadScript(source) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = source;
    script.onload = () => (script.remove(), resolve());
    script.onerror = () => (script.remove(), reject(new Error(`${source} could not be loaded`)));
    document.head.append(script);
  });
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
