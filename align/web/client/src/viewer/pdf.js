// One JPEG as a PDF of one page (ISO 32000-1, 7.4.8: DCTDecode takes the file as it is).
const latin = (text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

// Components of a JPEG, from its frame header (ITU-T T.81, B.2.2): 1 is gray, 3 is colour.
export function components(jpeg) {
  let at = 2;
  while (at + 9 < jpeg.length) {
    const [sign, kind] = [jpeg[at], jpeg[at + 1]];
    if (sign !== 0xff) return 3;
    if (kind >= 0xc0 && kind <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(kind)) return jpeg[at + 9];
    at += 2 + jpeg[at + 2] * 256 + jpeg[at + 3];
  }
  return 3;
}

export function pdfOf({ jpeg, width, height, dpi, title }) {
  const [w, h] = [width, height].map((pixels) => ((pixels / dpi) * 72).toFixed(2));
  const colours = components(jpeg) === 1 ? "/DeviceGray" : "/DeviceRGB";
  const draw = `q ${w} 0 0 ${h} 0 0 cm /P Do Q`;
  const objects = [
    ["<</Type/Catalog/Pages 2 0 R>>"],
    ["<</Type/Pages/Kids[3 0 R]/Count 1>>"],
    [`<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${w} ${h}]/Contents 4 0 R/Resources<</XObject<</P 5 0 R>>>>>>`],
    [`<</Length ${draw.length}>>\nstream\n${draw}\nendstream`],
    [`<</Type/XObject/Subtype/Image/Width ${width}/Height ${height}/BitsPerComponent 8/ColorSpace${colours}/Filter/DCTDecode/Length ${jpeg.length}>>\nstream\n`, jpeg, "\nendstream"],
    [`<</Title<${hex(title.slice(0, 200))}>/Producer(align)>>`],
  ];
  const parts = [latin("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")];
  const offsets = [];
  let length = parts[0].length;
  const push = (part) => {
    const bytes = typeof part === "string" ? latin(part) : part;
    parts.push(bytes);
    length += bytes.length;
  };
  objects.forEach((content, n) => {
    offsets.push(length);
    push(`${n + 1} 0 obj\n`);
    content.forEach(push);
    push("\nendobj\n");
  });
  const table = length;
  push(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("")}`);
  push(`trailer\n<</Size ${objects.length + 1}/Root 1 0 R/Info 6 0 R>>\nstartxref\n${table}\n%%EOF\n`);
  return new Blob(parts, { type: "application/pdf" });
}

// A text string of PDF in UTF-16, as hex: no character of it can end the string.
function hex(text) {
  let digits = "FEFF";
  for (let i = 0; i < text.length; i += 1) digits += text.charCodeAt(i).toString(16).padStart(4, "0");
  return digits;
}
