// Whether the page was made from other results than the newest: it states both, and a run renews the second.
export function outdated() {
  const { results, newest } = document.documentElement.dataset;
  return results !== newest;
}

// The first digits of the digest of the results that the page was made from, for readers who compare two of them.
export const results = () => (document.documentElement.dataset.results || "").slice(0, 8);
