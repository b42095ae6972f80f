// The review server's answers. Whatever goes wrong on the way is one of the outcomes named here, and no exception.
const HEADERS = { "Content-Type": "application/json", "X-Align": "1" };
const OUTCOMES = { 400: "refused", 401: "signed-out", 403: "not-allowed", 404: "refused", 409: "clash", 412: "stale", 413: "refused", 415: "refused", 422: "refused", 428: "refused", 503: "busy", 507: "disk-full" };

// {outcome, body}: "done", one of OUTCOMES, "offline" where no whole answer came, or "failed" for any other answer.
async function ask(address, options = {}) {
  let answer, text;
  try {
    answer = await fetch(`../api/${address}`, { cache: "no-store", credentials: "same-origin", ...options });
    // A server that dies may have sent the head of its answer alone: what it did is asked again.
    text = await answer.text();
  } catch {
    return { outcome: "offline", body: null };
  }
  const body = parsed(text);
  if (answer.ok) return { outcome: body ? "done" : "failed", body };
  return { outcome: OUTCOMES[answer.status] || "failed", body };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null; // from a proxy, or a page to sign in
  }
}

const sent = (method, body, more = {}) => ({ method, headers: { ...HEADERS, ...more }, body: JSON.stringify(body) });
const place = ({ kind, key }) => `subjects/${encodeURIComponent(kind)}/${encodeURIComponent(key)}`;

export const api = {
  state: () => ask("state"),
  decisions: () => ask("decisions"),
  subject: (subject) => ask(place(subject)),
  // `base` is the event that stands for the subject as far as the editor knows, or null.
  decide: (subject, body, base) => ask(place(subject), sent("PUT", body, { "If-Match": `"${base ?? "none"}"` })),
  undo: (subject, event) => ask("undo", sent("POST", { subject, event })),
  undoBatch: (batch) => ask("undo", sent("POST", { batch })),
  preview: (wanted) => ask("many/preview", sent("POST", wanted)),
  many: (wanted) => ask("many", sent("POST", wanted)),
};

// A name that is used once: 32 hex digits.
export function freshName() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
