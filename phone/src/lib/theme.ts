/** Light or dark as the person chose at the account, else as the phone is set; the tokens read `data-bs-theme`. */
export function followTheme(): void {
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    const wanted = root.dataset.theme ?? "system";
    root.dataset.bsTheme = wanted === "dark" || (wanted === "system" && dark.matches) ? "dark" : "light";
  };
  apply();
  dark.addEventListener("change", apply);
  new MutationObserver(apply).observe(root, { attributeFilter: ["data-theme"] });
}
