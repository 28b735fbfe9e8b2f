// Messages of the server (HX-Trigger: {"toast": {"text", "kind"}}) and lost connections, in one corner, read aloud politely.
const SHOWN_MS = 6000;

export function addToasts(root) {
  root.addEventListener("toast", (event) => show(root, event.detail.text ?? event.detail.value, event.detail.kind));
  root.addEventListener("htmx:sendError", () => show(root, root.body.dataset.offline, "bad"));
  root.addEventListener("htmx:responseError", (event) => {
    const { xhr } = event.detail;
    show(root, xhr.getResponseHeader("X-Message") ? decodeURIComponent(xhr.getResponseHeader("X-Message")) : root.body.dataset.failed, "bad");
  });
  // A form sent back with its errors is a page to show, not a failure.
  root.addEventListener("htmx:beforeSwap", (event) => {
    if ([409, 422].includes(event.detail.xhr.status) && event.detail.serverResponse) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  root.addEventListener("click", (event) => {
    if (event.target.closest("[data-toast-close]")) event.target.closest(".notice").remove();
  });
}

function show(root, text, kind = "note") {
  const holder = root.getElementById("toasts");
  if (!holder || !text) return;
  const toast = root.createElement("div");
  toast.className = `notice notice-${kind}`;
  const words = root.createElement("span");
  words.textContent = text;
  const close = root.createElement("button");
  close.type = "button";
  close.className = "plain-button";
  close.setAttribute("data-toast-close", "");
  close.setAttribute("aria-label", root.body.dataset.close);
  close.textContent = "×";
  toast.append(words, close);
  holder.append(toast);
  if (kind !== "bad") setTimeout(() => toast.remove(), SHOWN_MS);
}
