// <button data-preference="theme" data-value="dark">: kept in a cookie, so that the server draws the next page right at once.
// The theme is also kept with the person, for other devices: its buttons have an hx-post of their own.
const YEAR = 365 * 24 * 3600;

export function addPreferences(root) {
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-preference]");
    if (!button) return;
    const { preference, value } = button.dataset;
    root.cookie = `${preference}=${value}; path=/; max-age=${YEAR}; samesite=lax`;
    apply(root.documentElement, preference, value);
    for (const other of root.querySelectorAll(`[data-preference="${preference}"]`)) {
      other.setAttribute("aria-checked", String(other === button));
    }
  });
}

function apply(page, preference, value) {
  page.dataset[preference] = value;
  if (preference !== "theme") return;
  const dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
  page.dataset.bsTheme = value === "system" ? (dark ? "dark" : "light") : value;
  page.dispatchEvent(new CustomEvent("repertory:theme", { bubbles: true }));
}
