// <form data-autosubmit>: a changed choice sends the form. [data-show-when="name=value"]: shown only for that choice.
export function addForms(root) {
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
