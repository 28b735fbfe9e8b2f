import { fileURLToPath } from "node:url";

import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";

import { licences, nothingFromOutside } from "../frontend/plugins.js";
import { firstLoad, homeScreen, icons, serviceWorker, withoutVantFont } from "./plugins.ts";
import names from "./icons.json" with { type: "json" };

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const modules = here("../node_modules");
const base = "/static/built/phone/";
const bundled = ["vue", "vant", "vue-router", "vue-i18n", "idb", "workbox-precaching", "workbox-routing", "@tabler/icons"];

export default defineConfig({
  root: here("."),
  base,
  publicDir: false,
  plugins: [
    withoutVantFont(),
    vue(),
    icons(names, modules),
    homeScreen(),
    licences(bundled, modules),
    nothingFromOutside(),
    firstLoad(150 * 1024),
    serviceWorker(here("src/sw.ts"), base, "/m/"),
  ],
  define: {
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
    __INTLIFY_DROP_MESSAGE_COMPILER__: false,
  },
  build: {
    outDir: here("../src/repertory/sync/static/built/phone"),
    emptyOutDir: true,
    assetsDir: "",
    assetsInlineLimit: 0,
    target: ["chrome107", "safari16.4", "firefox115"],
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
