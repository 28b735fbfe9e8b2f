import { createApp } from "vue";

import App from "./App.vue";
import { start } from "./lib/state";
import { followTheme } from "./lib/theme";
import { router } from "./router";
import "./style/index.css";

followTheme();
createApp(App).use(router).mount("#app");
void start();
if ("serviceWorker" in navigator) {
  void navigator.serviceWorker.register("/m/sw.js", { scope: "/m/" }).catch(() => {});
  // Asks that the browser does not clear what lies here when space runs short.
  void navigator.storage?.persist?.().catch(() => false);
}
