import { createApp } from "vue";

import App from "./App.vue";
import { start } from "./lib/state";
import { followTheme } from "./lib/theme";
import { router } from "./router";
import "./style/index.css";

followTheme();
createApp(App).use(router).mount("#app");
// The worker fetches the whole app at once: only when the person has what the day needs.
void start().finally(keepTheApp);

function keepTheApp(): void {
  if (!("serviceWorker" in navigator)) return;
  void navigator.serviceWorker.register("/m/sw.js", { scope: "/m/" }).catch(() => {});
  // Asks that the browser does not clear what lies here when space runs short.
  void navigator.storage?.persist?.().catch(() => false);
}
