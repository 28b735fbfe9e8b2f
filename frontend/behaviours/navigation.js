// Below 960 px the navigation slides in: [data-nav-open], [data-nav-close], Escape, or a touch beside it.
export function addNavigation(root) {
  root.addEventListener("click", (event) => {
    if (event.target.closest("[data-nav-open]")) show(root);
    else if (event.target.closest("[data-nav-close], .nav-veil")) hide(root);
  });
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && root.querySelector(".shell-nav.open")) hide(root);
  });
}

function show(root) {
  const nav = root.querySelector(".shell-nav");
  nav.classList.add("open");
  const veil = root.createElement("div");
  veil.className = "nav-veil";
  nav.after(veil);
  root.querySelector("[data-nav-open]").setAttribute("aria-expanded", "true");
  nav.querySelector("[data-nav-close]").focus();
}

function hide(root) {
  root.querySelector(".nav-veil")?.remove();
  root.querySelector(".shell-nav").classList.remove("open");
  const opener = root.querySelector("[data-nav-open]");
  opener.setAttribute("aria-expanded", "false");
  opener.focus();
}
