import "@tabler/core/dist/css/tabler.min.css";
import "./tokens.css";
import "./styles/base.css";
import "./styles/shell.css";
import "./styles/forms.css";
import "./styles/lists.css";
import "./styles/cards.css";
import "./styles/year.css";
import "./styles/visits.css";
import "./styles/plans.css";
import "./styles/reminders.css";

import htmx from "htmx.org";

import { addBulk } from "./behaviours/bulk.js";
import { addCalendars } from "./behaviours/calendars.js";
import { addCharts } from "./behaviours/charts.js";
import { addConfirm } from "./behaviours/confirm.js";
import { addCopy } from "./behaviours/copy.js";
import { addDialog } from "./behaviours/dialog.js";
import { addForms } from "./behaviours/forms.js";
import { addMenus } from "./behaviours/menu.js";
import { addNavigation } from "./behaviours/navigation.js";
import { addPickers } from "./behaviours/picker.js";
import { addPreferences } from "./behaviours/preferences.js";
import { addPrinting } from "./behaviours/printing.js";
import { addRows } from "./behaviours/rows.js";
import { addSearch } from "./behaviours/search.js";
import { addTabs } from "./behaviours/tabs.js";
import { addToasts } from "./behaviours/toasts.js";
import { addUnsaved } from "./behaviours/unsaved.js";

window.htmx = htmx;

// Behaviours that listen on the document serve whatever htmx brings in later.
for (const add of [
  addMenus, addNavigation, addPickers, addPreferences, addPrinting, addSearch, addRows, addBulk, addTabs, addDialog, addConfirm, addCopy,
  addToasts, addUnsaved, addForms,
]) {
  add(document);
}

addCharts(document);
addCalendars(document);
document.addEventListener("htmx:load", (event) => {
  addCharts(event.detail.elt);
  addCalendars(event.detail.elt);
});
