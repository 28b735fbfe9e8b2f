import type { DayRow } from "./merged";
import { t } from "./text";

const namesOf = (rows: DayRow[]) => rows.map((row) => row.name).join(t("、"));

/** The daily report's first words, from what the phone knows of the day; the person goes on from there. */
export function composed(rows: DayRow[], planned: DayRow[]): { text: string; tomorrow: string } {
  const done = rows.filter((row) => row.state !== "planned");
  const open = rows.filter((row) => row.state === "planned");
  const first = done.length ? t("今日完成拜访 {count} 次：{names}。", { count: done.length, names: namesOf(done) }) : t("今日完成拜访 0 次。");
  const lines = [first];
  if (open.length) lines.push(t("未完成 {count} 次：{names}。", { count: open.length, names: namesOf(open) }));
  const tomorrow = planned.map((row) => `${row.start ? `${row.start} ` : ""}${row.aim ? t("{name}（{aim}）", { name: row.name, aim: row.aim }) : row.name}`);
  return { text: lines.join("\n"), tomorrow: tomorrow.join("\n") };
}
