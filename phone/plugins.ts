import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync, gzipSync } from "node:zlib";

import { build, type Plugin } from "vite";

/** Vant's icon font comes from outside, or as data that our policy forbids; the app draws its own icons. */
export function withoutVantFont(): Plugin {
  return {
    name: "without-vant-font",
    enforce: "pre",
    transform(code, id) {
      if (!/vant\/es\/icon\/index\.css/.test(id)) return null;
      return { code: code.replace(/@font-face\{[^}]*\}/g, ""), map: null };
    },
  };
}

/** <symbol>s of the named icons as a module: `import sprite from "virtual:icons"`. */
export function icons(names: string[], modules: string): Plugin {
  return {
    name: "icons",
    resolveId: (id) => (id === "virtual:icons" ? "\0virtual:icons" : null),
    load(id) {
      if (id !== "\0virtual:icons") return null;
      const shapes = Object.fromEntries(names.map((name) => [name, shapesOf(name, modules)]));
      return `export default ${JSON.stringify(shapes)}`;
    },
  };
}

/** The paths of an icon: every shape of the chosen icons is a <path>. */
function shapesOf(name: string, modules: string): string[] {
  const svg = readFileSync(join(modules, "@tabler/icons/icons/outline", `${name}.svg`), "utf8");
  return [...svg.matchAll(/<path d="([^"]+)"/g)].map((found) => found[1]);
}

/** Icons of the home screen, drawn: the logo's A on the brand's ground. */
export function homeScreen(): Plugin {
  return {
    name: "home-screen",
    generateBundle() {
      for (const size of [192, 512]) {
        this.emitFile({ type: "asset", fileName: `icon-${size}.png`, source: pngOf(size) });
      }
      const manifest = {
        id: "/m/",
        name: "药程",
        short_name: "药程",
        lang: "zh-CN",
        start_url: "/m/",
        scope: "/m/",
        display: "standalone",
        background_color: "#f4f6f8",
        theme_color: "#0f6090",
        icons: [192, 512].map((size) => ({
          src: `icon-${size}.png`,
          sizes: `${size}x${size}`,
          type: "image/png",
          purpose: "any maskable",
        })),
      };
      this.emitFile({ type: "asset", fileName: "manifest.webmanifest", source: JSON.stringify(manifest) });
    },
  };
}

function pngOf(size: number): Buffer {
  const rows = Buffer.alloc(size * (size * 3 + 1));
  // The logo stands in a square of 24; smaller here, so that a round mask cuts nothing off.
  const lines = [
    [6.5, 17.5, 12, 6.5],
    [12, 6.5, 17.5, 17.5],
    [9, 13.5, 15, 13.5],
  ].map((line) => line.map((value) => 12 + (value - 12) * 0.85));
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const [px, py] = [((x + 0.5) * 24) / size, ((y + 0.5) * 24) / size];
      const apart = Math.min(...lines.map(([ax, ay, bx, by]) => distance(px, py, ax, ay, bx, by)));
      const ink = Math.max(0, Math.min(1, ((0.9 - apart) * size) / 24 + 0.5));
      const at = y * (size * 3 + 1) + 1 + x * 3;
      for (const [offset, ground] of [0x0f, 0x60, 0x90].entries()) {
        rows[at + offset] = Math.round(ground + (255 - ground) * ink);
      }
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}

function distance(px: number, py: number, ax: number, ay: number, bx: number, by: number): number {
  const along = Math.max(0, Math.min(1, ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)));
  return Math.hypot(px - ax - along * (bx - ax), py - ay - along * (by - ay));
}

function chunk(name: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name), content]);
  const whole = Buffer.alloc(content.length + 12);
  whole.writeUInt32BE(content.length, 0);
  whole.set(body, 4);
  whole.writeUInt32BE(crc(body), content.length + 8);
  return whole;
}

function crc(bytes: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}

/** What the first visit loads, compressed; more than `most` bytes stops the build. */
export function firstLoad(most: number): Plugin {
  return {
    name: "first-load",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const entry = Object.values(bundle).find((file) => file.type === "chunk" && file.isEntry);
        if (!entry || entry.type !== "chunk") return;
        const needed = new Set<string>([entry.fileName]);
        const styles = new Set<string>();
        for (const name of needed) {
          const file = bundle[name];
          if (file?.type !== "chunk") continue;
          for (const more of file.imports) needed.add(more);
          for (const style of file.viteMetadata?.importedCss ?? []) styles.add(style);
        }
        const page = bundle["index.html"];
        const parts = [...needed, ...styles].map((name) => bundle[name]);
        const sizes = [...parts, page].map((file) => gzipSync(file.type === "chunk" ? file.code : file.source).length);
        const total = sizes.reduce((one, other) => one + other, 0);
        console.log(`phone: first load ${(total / 1024).toFixed(1)} KB gzipped of ${most / 1024} KB`);
        if (total > most) this.error(`the first load is ${total} bytes gzipped, at most ${most} are allowed`);
      },
    },
  };
}

/** Builds the service worker with the list of what it keeps: every file of the build, and the shell under its address. */
export function serviceWorker(source: string, base: string, shell: string): Plugin {
  return {
    name: "service-worker",
    async writeBundle(options, bundle) {
      const folder = options.dir ?? "";
      const kept = Object.keys(bundle).filter((name) => !name.endsWith(".txt") && name !== "index.html");
      const list = kept.map((name) => ({ url: base + name, revision: isHashed(name) ? null : mark(join(folder, name)) }));
      list.push({ url: shell, revision: mark(join(folder, "index.html")) });
      const built = await build({
        configFile: false,
        logLevel: "warn",
        define: { PRECACHED: JSON.stringify(list), "process.env.NODE_ENV": '"production"' },
        build: {
          write: false,
          minify: true,
          rollupOptions: { input: source, output: { format: "iife", entryFileNames: "sw.js" } },
        },
      });
      const output = (Array.isArray(built) ? built[0] : built) as { output: { type: string; code: string }[] };
      writeFileSync(join(folder, "sw.js"), output.output[0].code);
    },
  };
}

function isHashed(name: string): boolean {
  return /-[\w-]{8}\.\w+$/.test(name);
}

function mark(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex").slice(0, 16);
}
