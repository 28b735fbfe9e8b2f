import type { DayRow } from "./merged";

/** The daily report's first words, from what the phone knows of the day; the person goes on from there. */
export function composed(rows: DayRow[], planned: DayRow[]): { text: string; tomorrow: string } {
  const done = rows.filter((row) => row.state !== "planned");
  const open = rows.filter((row) => row.state === "planned");
  const lines = [`今日完成拜访 ${done.length} 次${done.length ? `：${done.map((row) => row.name).join("、")}。` : "。"}`];
  if (open.length) lines.push(`未完成 ${open.length} 次：${open.map((row) => row.name).join("、")}。`);
  const tomorrow = planned.map((row) => `${row.start ? `${row.start} ` : ""}${row.name}${row.aim ? `（${row.aim}）` : ""}`);
  return { text: lines.join("\n"), tomorrow: tomorrow.join("\n") };
}
