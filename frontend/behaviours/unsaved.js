// <form data-guard>: leaving with something typed and not sent asks first.
const touched = new Set();

export function addUnsaved(root) {
  root.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-guard]");
    if (form) touched.add(form);
  });
  root.addEventListener("submit", (event) => touched.delete(event.target));
  window.addEventListener("beforeunload", (event) => {
    const open = [...touched].some((form) => form.isConnected);
    if (open) event.preventDefault();
  });
}
