// A list's check boxes: one for all, a range with Shift, and a bar that shows how many are chosen.
let last = null;

export function addBulk(root) {
  root.addEventListener("click", (event) => {
    const box = event.target.closest(".row-check");
    if (!box) return;
    if (event.shiftKey && last && last.isConnected) fillBetween(last, box);
    last = box;
  });
  root.addEventListener("change", (event) => {
    const all = event.target.closest("[data-check-all]");
    if (all) for (const box of boxes(all)) box.checked = all.checked;
    if (all || event.target.closest(".row-check")) refresh(event.target.closest("[data-bulk]"));
  });
  root.addEventListener("click", (event) => {
    const clear = event.target.closest("[data-check-none]");
    if (!clear) return;
    for (const box of boxes(clear)) box.checked = false;
    refresh(clear.closest("[data-bulk]"));
  });
}

function boxes(element) {
  return [...element.closest("[data-bulk]").querySelectorAll(".row-check")];
}

function fillBetween(first, second) {
  const all = boxes(second);
  const [from, to] = [all.indexOf(first), all.indexOf(second)].sort((a, b) => a - b);
  for (const box of all.slice(from, to + 1)) box.checked = second.checked;
}

function refresh(list) {
  const all = boxes(list);
  const count = all.filter((box) => box.checked).length;
  const bar = list.querySelector(".bulk-bar");
  const every = list.querySelector("[data-check-all]");
  if (bar) bar.hidden = count === 0;
  for (const place of list.querySelectorAll("[data-check-count]")) place.textContent = String(count);
  if (every) {
    every.checked = count > 0 && count === all.length;
    every.indeterminate = count > 0 && count < all.length;
  }
}
