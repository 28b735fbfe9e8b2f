const WEEKDAYS = ["周日", "周一", "周二", "周三", "周四", "周五", "周六"];

/** A day as the company counts it; reps work in one time zone, that of the phone's people. */
export function dayOf(at: Date): string {
  const parts = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(at);
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

/** 今天, 明天, 周三, 11月5日, 2025年1月3日. */
export function human(day: string, now: string = today()): string {
  const apart = Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${now}T00:00:00Z`)) / 86_400_000);
  const near = { "-1": "昨天", "0": "今天", "1": "明天", "2": "后天" }[String(apart)];
  if (near) return near;
  const [year, month, date] = day.split("-").map(Number);
  if (apart > 2 && apart < 7) return WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()];
  return year === Number(now.slice(0, 4)) ? `${month}月${date}日` : `${year}年${month}月${date}日`;
}

export function clock(at: string): string {
  return new Intl.DateTimeFormat("zh-CN", {
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
    timeZone: "Asia/Shanghai",
  }).format(new Date(at));
}

export function humanTime(at: string): string {
  return `${human(dayOf(new Date(at)))} ${clock(at)}`;
}
