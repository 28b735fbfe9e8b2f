import type { Entry, Reminder, Reminders } from "./types";

export type ReminderGroup = "overdue" | "today" | "later";

/** What was put off or dealt with here, and is not sent yet, is out of the list already. */
export function openReminders(pulled: Reminders | null, entries: Entry[]): Reminder[] {
  const settled = new Set(
    entries
      .filter((entry) => entry.state === "waiting" && entry.command.startsWith("reminder."))
      .map((entry) => entry.payload.reminder_id),
  );
  return (pulled?.rows ?? []).filter((row) => !settled.has(row.id));
}

/** As of the phone's day: what was of today yesterday is overdue now. */
export function groupOf(row: Reminder, today: string): ReminderGroup {
  if (row.group === "overdue" || row.due_on < today) return "overdue";
  return row.due_on === today ? "today" : "later";
}

export function dueNow(rows: Reminder[], today: string): number {
  return rows.filter((row) => groupOf(row, today) !== "later").length;
}
