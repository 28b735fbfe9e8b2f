// Tabs are links that htmx loads into one panel; without scripts they are ordinary addresses.
export function addTabs(root) {
  // Only once the new address stands: what htmx keeps of the page for going back still shows the tab it was about.
  root.addEventListener("htmx:pushedIntoHistory", (event) => {
    const tabs = [...root.querySelectorAll('[role="tab"]')];
    const tab = tabs.find((one) => one.getAttribute("href") === event.detail.path);
    if (tab) select(tab);
  });
  root.addEventListener("keydown", (event) => {
    const tab = event.target.closest('[role="tab"]');
    if (!tab || !["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) return;
    event.preventDefault();
    const tabs = [...tab.closest('[role="tablist"]').querySelectorAll('[role="tab"]')];
    const at = tabs.indexOf(tab);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 }[event.key];
    tabs[(to + tabs.length) % tabs.length].focus();
  });
}

function select(tab) {
  for (const other of tab.closest('[role="tablist"]').querySelectorAll('[role="tab"]')) {
    other.setAttribute("aria-selected", String(other === tab));
    other.tabIndex = other === tab ? 0 : -1;
  }
  document.getElementById(tab.getAttribute("aria-controls"))?.setAttribute("aria-labelledby", tab.id);
}
