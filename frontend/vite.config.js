import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { defineConfig } from "vite";

import { assetList, fonts, iconSprite, licences, nothingFromOutside, pictures } from "./plugins.js";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const modules = here("../node_modules");
const icons = JSON.parse(readFileSync(here("icons.json"), "utf8"));
const bundled = ["@embedpdf/fonts-sc", "@event-calendar/core", "svelte", "@tabler/core", "@tabler/icons", "echarts", "echarts-map", "zrender", "htmx.org"];

// What PDF reports are set in; pages use the fonts of the machine.
const paper = ["@embedpdf/fonts-sc/fonts/NotoSansHans-Regular.otf", "@embedpdf/fonts-sc/fonts/NotoSansHans-Bold.otf"];

// The only thing that is taken of it; later versions of echarts have no maps.
const china = `${modules}/echarts-map/map/json/china.json`;

export default defineConfig({
  root: here("."),
  base: "./",
  publicDir: false,
  plugins: [iconSprite(icons, modules), pictures([here("images/logo.svg"), china]), fonts(paper, modules), licences(bundled, modules), nothingFromOutside(), assetList()],
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
