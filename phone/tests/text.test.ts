import { afterEach, expect, test } from "vitest";

import { human, humanTime, weekdays } from "../src/lib/dates";
import { chosenLanguage, speak, t } from "../src/lib/text";
import english from "../src/locale/en.json";

const SOURCES = import.meta.glob<string>("../src/**/*.{vue,ts}", { query: "?raw", import: "default", eager: true });
/** Chinese as data: words that are looked for in what a person has typed. */
const DATA = ["../src/lib/signs.ts"];
const CHINESE = /[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/;
const CALL = /\bt\(\s*(["'])((?:(?!\1).)*)\1/g;
const NAMES = /\{(\w+)\}/g;

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->|(?:^|\s)\/\/.*$/gm, "");
const sources = Object.entries(SOURCES).filter(([path]) => !DATA.includes(path));
const used = new Set(sources.flatMap(([, text]) => [...withoutComments(text).matchAll(CALL)].map((found) => found[2])));
const named = (text: string) => [...new Set([...text.matchAll(NAMES)].map((found) => found[1]))].sort();

afterEach(() => speak("zh-hans"));

test("every text of the app has its English, and no English is left over", () => {
  expect(used.size).toBeGreaterThan(150);
  expect(Object.keys(english).sort()).toEqual([...used].sort());
});

test("no Chinese stands outside of the dictionary", () => {
  const bare = sources.flatMap(([path, text]) => {
    const lines = withoutComments(text).replace(CALL, "").split("\n");
    return lines.filter((line) => CHINESE.test(line)).map((line) => `${path}: ${line.trim()}`);
  });
  expect(bare).toEqual([]);
});

test("the English holds the same values, and neither Chinese nor its punctuation", () => {
  for (const [sentence, said] of Object.entries(english)) {
    expect(CHINESE.test(said), said).toBe(false);
    for (const form of said.split(" | ")) expect(named(form).filter((name) => !named(sentence).includes(name)), said).toEqual([]);
    expect(named(said), said).toEqual(named(sentence));
  }
});

test("a sentence is said in the chosen language, with its values, one or many", async () => {
  expect(t("{count} 条记录需处理", { count: 2 })).toBe("2 条记录需处理");
  await speak("en");
  expect(t("今日")).toBe("Today");
  expect([1, 2].map((count) => t("{count} 条记录需处理", { count }))).toEqual(["1 record needs you", "2 records need you"]);
  expect(t("没有这一句 {name}", { name: "x" })).toBe("没有这一句 x");
});

test("days and hours are said in the chosen language", async () => {
  await speak("en");
  const said = ["2026-03-01", "2026-03-04", "2026-03-06", "2026-04-05", "2025-12-31"].map((day) => human(day, "2026-03-02"));
  expect(said).toEqual(["Yesterday", "In 2 days", "Fri", "Apr 5", "Dec 31, 2025"]);
  expect(weekdays()).toEqual(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]);
  expect(humanTime("2025-03-02T01:05:00Z")).toBe("Mar 2, 2025 09:05");
});

test("the person's language counts, before anybody is known the browser's", () => {
  expect(["zh-CN", "zh", "en-GB", "de"].map((browser) => chosenLanguage(undefined, browser))).toEqual(["zh-hans", "zh-hans", "en", "en"]);
  expect([chosenLanguage("en", "zh-CN"), chosenLanguage("zh-hans", "en")]).toEqual(["en", "zh-hans"]);
});
