// Loads one classic script of the folder; the promise fails where the file is missing.
export function loadScript(source) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = source;
    script.onload = () => (script.remove(), resolve());
    script.onerror = () => (script.remove(), reject(new Error(`${source} could not be loaded`)));
    document.head.append(script);
  });
}
