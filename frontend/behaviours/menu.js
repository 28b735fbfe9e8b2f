// <div class="menu-root"><button data-menu aria-expanded="false">…</button><div class="menu" hidden>…</div></div>
export function addMenus(root) {
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-menu]");
    const inside = event.target.closest(".menu");
    if (button) {
      const open = button.getAttribute("aria-expanded") !== "true";
      closeAll(root);
      if (open) openMenu(button);
    } else if (!inside || event.target.closest(".menu-item:not([data-keep-open])")) {
      closeAll(root);
    }
  });
  root.addEventListener("keydown", (event) => {
    const holder = event.target.closest(".menu-root");
    if (!holder) return;
    const button = holder.querySelector("[data-menu]");
    if (event.key === "Escape" && button.getAttribute("aria-expanded") === "true") {
      closeAll(root);
      button.focus();
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") moveFocus(event, holder, button);
  });
}

function menuOf(button) {
  return button.closest(".menu-root").querySelector(".menu");
}

function openMenu(button) {
  const menu = menuOf(button);
  button.setAttribute("aria-expanded", "true");
  menu.hidden = false;
  menu.classList.toggle("menu-end", button.getBoundingClientRect().left + menu.offsetWidth > window.innerWidth - 8);
}

function closeAll(root) {
  for (const button of root.querySelectorAll('[data-menu][aria-expanded="true"]')) {
    button.setAttribute("aria-expanded", "false");
    menuOf(button).hidden = true;
  }
}

function moveFocus(event, holder, button) {
  if (event.target.matches("input, select, textarea")) return;
  event.preventDefault();
  if (button.getAttribute("aria-expanded") !== "true") button.click();
  const items = [...holder.querySelectorAll(".menu-item")];
  if (!items.length) return;
  const step = event.key === "ArrowDown" ? 1 : -1;
  const start = items.indexOf(event.target);
  const next = start < 0 ? (step > 0 ? 0 : items.length - 1) : (start + step + items.length) % items.length;
  items[next].focus();
}
