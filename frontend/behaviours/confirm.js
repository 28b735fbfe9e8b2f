// hx-confirm="…" and <form data-confirm="…"> ask in the page's own dialog, with the verb on the button.
export function addConfirm(root) {
  root.addEventListener("htmx:confirm", (event) => {
    if (!event.detail.question) return;
    event.preventDefault();
    ask(root, event.detail.question, event.target.dataset.confirmVerb, () => event.detail.issueRequest(true));
  });
  root.addEventListener("submit", (event) => {
    const form = event.target.closest("form");
    const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
    if (!question || form.hasAttribute("data-confirmed")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(root, question, event.submitter?.textContent.trim(), () => {
      form.setAttribute("data-confirmed", "");
      form.requestSubmit(event.submitter);
      form.removeAttribute("data-confirmed");
    });
  }, true);
}

function ask(root, question, verb, proceed) {
  const dialog = root.getElementById("confirm");
  const yes = dialog.querySelector("[data-confirm-yes]");
  dialog.querySelector("[data-confirm-text]").textContent = question;
  if (verb) yes.textContent = verb;
  yes.onclick = () => {
    dialog.close();
    proceed();
  };
  dialog.showModal();
}
