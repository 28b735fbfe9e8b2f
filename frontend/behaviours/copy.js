// <button data-copy="text">: copies, and says so.
export function addCopy(root) {
  root.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    await navigator.clipboard.writeText(button.dataset.copy);
    root.dispatchEvent(new CustomEvent("toast", { detail: { text: root.body.dataset.copied, kind: "good" } }));
  });
}
