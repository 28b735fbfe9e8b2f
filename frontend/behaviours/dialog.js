// What htmx loads into #dialog opens as a dialog; [data-dialog-close] or a finished form (204, HX-Redirect) closes it.
export function addDialog(root) {
  root.addEventListener("htmx:afterSwap", (event) => {
    const dialog = root.getElementById("dialog");
    if (event.detail.target === dialog && dialog.childElementCount && !dialog.open) dialog.showModal();
  });
  root.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog-open]");
    if (opener) root.getElementById(opener.dataset.dialogOpen).showModal();
    if (event.target.closest("[data-dialog-close]")) event.target.closest("dialog").close();
    else if (event.target.matches("dialog.dialog") && outside(event)) event.target.close();
  });
  root.addEventListener("dialog:close", () => root.getElementById("dialog")?.close());
  root.addEventListener("close", (event) => {
    if (event.target.id === "dialog") event.target.replaceChildren();
  }, true);
}

function outside(event) {
  const box = event.target.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}
