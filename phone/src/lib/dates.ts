import { languageTag, t } from "./text";

const ZONE = "Asia/Shanghai";

/** A day as the company counts it; reps work in one time zone, that of the phone's people. */
export function dayOf(at: Date): string {
  const parts = new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE }).format(at);
  return parts.slice(0, 10);
}

export function today(now: Date = new Date()): string {
  return dayOf(now);
}

export function addDays(day: string, count: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + count);
  return at.toISOString().slice(0, 10);
}

function said(day: string, how: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(languageTag(), { ...how, timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));
}

/** 今天, 明天, 周三, 11月5日, 2025年1月3日. */
export function human(day: string, now: string = today()): string {
  const apart = Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${now}T00:00:00Z`)) / 86_400_000);
  const near: Record<string, string> = { "-1": t("昨天"), "0": t("今天"), "1": t("明天"), "2": t("后天") };
  if (near[apart]) return near[apart];
  if (apart > 2 && apart < 7) return said(day, { weekday: "short" });
  const thisYear = day.slice(0, 4) === now.slice(0, 4);
  return said(day, { ...(thisYear ? {} : { year: "numeric" }), month: "short", day: "numeric" });
}

/** The days of the week, Monday first. */
export function weekdays(): string[] {
  return [1, 2, 3, 4, 5, 6, 7].map((date) => said(`2024-01-0${date}`, { weekday: "short" }));
}

export function monthName(day: string): string {
  return said(day, { month: "short" });
}

export function clock(at: string): string {
  return new Intl.DateTimeFormat("zh-CN", {
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
    timeZone: ZONE,
  }).format(new Date(at));
}

export function humanTime(at: string): string {
  return `${human(dayOf(new Date(at)))} ${clock(at)}`;
}
