import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

const ICON_FOLDER = "@tabler/icons/icons";

/** One SVG file with a <symbol> for each icon named in icons.json; templates point into it with {% icon "name" %}. */
export function iconSprite(names, modules) {
  return {
    name: "icon-sprite",
    generateBundle() {
      const symbols = names.map((name) => symbol(name, modules));
      const source = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
      this.emitFile({ type: "asset", name: "icons.svg", source });
    },
  };
}

function symbol(name, modules) {
  const filled = name.endsWith("-filled");
  const path = filled ? `filled/${name.slice(0, -"-filled".length)}.svg` : `outline/${name}.svg`;
  const svg = readFileSync(join(modules, ICON_FOLDER, path), "utf8");
  const shapes = svg
    .slice(svg.indexOf(">") + 1, svg.lastIndexOf("</svg>"))
    .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, "")
    .replace(/\s+/g, " ")
    .trim();
  const paint = filled ? 'fill="currentColor"' : 'fill="none" stroke="currentColor" stroke-width="1.75"';
  return `<symbol id="${name}" viewBox="0 0 24 24" ${paint} stroke-linecap="round" stroke-linejoin="round">${shapes}</symbol>`;
}

/** Pictures, and the map, that templates and views name as they are. */
export function pictures(files) {
  return {
    name: "pictures",
    generateBundle() {
      for (const file of files) {
        this.emitFile({ type: "asset", name: basename(file), source: readFileSync(file) });
      }
    },
  };
}

/** Fonts that the server sets PDF files in, below fonts/ with the names that they have. */
export function fonts(files, modules) {
  return {
    name: "fonts",
    generateBundle() {
      for (const file of files) {
        this.emitFile({ type: "asset", fileName: `fonts/${basename(file)}`, source: readFileSync(join(modules, file)) });
      }
    },
  };
}

/** The licence texts of what is bundled, beside the bundle. */
export function licences(packages, modules) {
  return {
    name: "licences",
    generateBundle() {
      const texts = packages.map((name) => `${name}\n\n${readFileSync(licenceFile(join(modules, name)), "utf8")}`);
      this.emitFile({ type: "asset", fileName: "licences.txt", source: texts.join("\n\n----\n\n") });
    },
  };
}

function licenceFile(folder) {
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  return file ? join(folder, file) : join(folder, "package.json");
}

/** assets.json: plain name → hashed name, the only thing that the {% asset %} tag reads. */
export function assetList() {
  return {
    name: "asset-list",
    writeBundle(options, bundle) {
      const list = {};
      for (const file of Object.values(bundle)) {
        if (file.type === "chunk" && file.isEntry) list[`${file.name}.js`] = file.fileName;
        if (file.type === "asset") list[file.fileName.replace(/-[\w-]{8}(\.\w+)$/, "$1")] = file.fileName;
      }
      writeFileSync(join(options.dir, "assets.json"), JSON.stringify(list, null, 1));
    },
  };
}

const FETCHED_FROM_OUTSIDE = [
  /url\(\s*["']?(?:https?:)?\/\//i,
  /@import\s+["'](?:https?:)?\/\//i,
  /import\(\s*["'](?:https?:)?\/\//i,
  /(?:href|src)\s*=\s*["'](?:https?:)?\/\//i,
];
// Addresses that stand in messages, namespaces and comments of libraries and are never fetched.
const ONLY_MENTIONED = /^https?:\/\/(www\.w3\.org|echarts\.apache\.org|htmx\.org|github\.com|tabler\.io|www\.apache\.org|v4\.htmx\.org|vuejs\.org|svelte\.dev)\b/i;

/** The browser gets everything from our own host: an address outside that would be fetched stops the build. */
export function nothingFromOutside() {
  return {
    name: "nothing-from-outside",
    generateBundle: {
      order: "post",
      handler(options, bundle) {
        for (const file of Object.values(bundle)) {
          if (!/\.(js|css|svg|html)$/.test(file.fileName)) continue;
          const text = String(file.type === "chunk" ? file.code : file.source);
          const fetched = FETCHED_FROM_OUTSIDE.map((pattern) => text.match(pattern)?.[0]).find(Boolean);
          const unknown = (text.match(/https?:\/\/[\w.-]+/g) ?? []).find((address) => !ONLY_MENTIONED.test(address));
          if (fetched || unknown) this.error(`${file.fileName} points outside: ${fetched ?? unknown}`);
        }
      },
    },
  };
}
