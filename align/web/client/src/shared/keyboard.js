// The key that a reader means: "+" where it was typed without Shift, and on a Russian keyboard the Latin letter that
// stands on the same key ("j" for "о").
export function keyOf(event) {
  if (event.key === "=") return "+";
  if (/[\u0400-\u04ff]/.test(event.key) && /^Key[A-Z]$/.test(event.code)) return event.code.slice(3).toLowerCase();
  return event.key;
}
