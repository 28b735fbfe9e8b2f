const ONCE_MS = 5000;

// <form data-autosubmit>: a changed choice sends the form. [data-show-when="name=value"]: shown only for that choice.
// A form that writes is sent once, however often its button is clicked while the answer is on its way.
export function addForms(root) {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if ("sent" in form.dataset) return event.preventDefault();
    form.dataset.sent = "";
    setTimeout(() => delete form.dataset.sent, ONCE_MS);
  });
  root.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-autosubmit]");
    if (form) form.requestSubmit();
    const holder = event.target.closest("form");
    if (holder) showMatching(holder);
  });
  for (const form of root.querySelectorAll("form")) showMatching(form);
  root.addEventListener("htmx:load", (event) => {
    for (const form of event.detail.elt.querySelectorAll?.("form") ?? []) showMatching(form);
  });
}

function showMatching(form) {
  for (const part of form.querySelectorAll("[data-show-when]")) {
    const [name, values] = part.dataset.showWhen.split("=");
    const field = form.elements.namedItem(name);
    part.hidden = !(field && values.split("|").includes(field.value));
  }
}
