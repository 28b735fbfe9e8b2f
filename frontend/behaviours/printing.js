// <button data-print> prints the page.
export function addPrinting(root) {
  root.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });
}
