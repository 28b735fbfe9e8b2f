// <div data-picker="ADDRESS">: types into the text box, gets <button data-value="KEY"> from ADDRESS?q=…, keeps the key.
const WAIT_MS = 200;
let timer = 0;

export function addPickers(root) {
  root.addEventListener("input", (event) => {
    const box = event.target.closest("[data-picker] input[type=text]");
    if (!box) return;
    key(box).value = "";
    // What is only typed would be lost without a word.
    box.setCustomValidity(box.value.trim() ? box.dataset.unchosen : "");
    clearTimeout(timer);
    timer = setTimeout(() => suggest(box), WAIT_MS);
  });
  root.addEventListener("click", (event) => {
    const option = event.target.closest("[data-picker] [data-value]");
    if (option) choose(option);
    for (const open of root.querySelectorAll('[data-picker] [aria-expanded="true"]')) {
      if (!open.closest("[data-picker]").contains(event.target)) close(open);
    }
  });
  root.addEventListener("keydown", (event) => {
    const holder = event.target.closest("[data-picker]");
    if (!holder) return;
    const options = [...holder.querySelectorAll("[data-value]")];
    const at = options.indexOf(event.target);
    if (event.key === "Escape") close(holder.querySelector("[role=combobox]"));
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      options[Math.max(0, Math.min(options.length - 1, at + (event.key === "ArrowDown" ? 1 : -1)))]?.focus();
    }
    if (event.key === "Enter" && at < 0 && options.length && !key(event.target).value) {
      event.preventDefault();
      choose(options[0]);
    }
  });
}

function key(box) {
  return box.closest("[data-picker]").querySelector("input[type=hidden]");
}

function list(box) {
  return box.closest("[data-picker]").querySelector("[role=listbox]");
}

async function suggest(box) {
  if (!box.value.trim()) return close(box);
  const address = new URL(box.closest("[data-picker]").dataset.picker, window.location.href);
  address.searchParams.set("q", box.value);
  const answer = await fetch(address, { headers: { "HX-Request": "true" } });
  if (!answer.ok) return;
  list(box).innerHTML = await answer.text();
  list(box).hidden = false;
  box.setAttribute("aria-expanded", "true");
}

function choose(option) {
  const holder = option.closest("[data-picker]");
  const box = holder.querySelector("[role=combobox]");
  key(box).value = option.dataset.value;
  box.value = option.dataset.text ?? option.textContent.trim();
  box.setCustomValidity("");
  close(box);
  box.focus();
  key(box).dispatchEvent(new Event("change", { bubbles: true }));
}

function close(box) {
  list(box).hidden = true;
  box.setAttribute("aria-expanded", "false");
}
