import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { defineConfig } from "vite";

import { assetList, fonts, iconSprite, licences, nothingFromOutside, pictures } from "./plugins.js";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const modules = here("../node_modules");
const icons = JSON.parse(readFileSync(here("icons.json"), "utf8"));
const bundled = ["@embedpdf/fonts-sc", "@event-calendar/core", "svelte", "@tabler/core", "@tabler/icons", "echarts", "zrender", "htmx.org"];

// What PDF reports are set in; pages use the fonts of the machine.
const paper = ["@embedpdf/fonts-sc/fonts/NotoSansHans-Regular.otf", "@embedpdf/fonts-sc/fonts/NotoSansHans-Bold.otf"];

export default defineConfig({
  root: here("."),
  base: "./",
  publicDir: false,
  plugins: [iconSprite(icons, modules), pictures([here("images/logo.svg")]), fonts(paper, modules), licences(bundled, modules), nothingFromOutside(), assetList()],
  build: {
    outDir: here("../src/repertory/core/static/built"),
    emptyOutDir: true,
    assetsDir: "",
    assetsInlineLimit: 0,
    // Browsers that know light-dark(): without this the style sheet grows by half.
    target: ["chrome123", "firefox121", "safari17.5"],
    cssTarget: ["chrome123", "firefox121", "safari17.5"],
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 800,
    reportCompressedSize: false,
    rollupOptions: {
      input: { app: here("app.js"), theme: here("theme.js") },
    },
  },
});
