// "/" jumps to the search box; the arrow keys walk through what it found.
export function addSearch(root) {
  root.addEventListener("keydown", (event) => {
    const box = root.querySelector("[data-search]");
    if (!box) return;
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      box.focus();
      box.select();
    }
    const holder = event.target.closest(".shell-search");
    if (!holder) return;
    if (event.key === "Escape") close(holder, box);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") walk(event, holder, box);
  });
  root.addEventListener("click", (event) => {
    const holder = root.querySelector(".shell-search");
    if (holder && !event.target.closest(".shell-search")) holder.querySelector(".search-results").replaceChildren();
  });
}

function close(holder, box) {
  holder.querySelector(".search-results").replaceChildren();
  box.blur();
}

function walk(event, holder, box) {
  const links = [box, ...holder.querySelectorAll(".search-results a")];
  const next = links.indexOf(event.target) + (event.key === "ArrowDown" ? 1 : -1);
  event.preventDefault();
  links[Math.max(0, Math.min(links.length - 1, next))].focus();
}
