import { expect, test } from "vitest";

import { byRoute, dayRows, mergedCustomers } from "../src/lib/merged";
import { newEntry } from "../src/lib/outbox";
import { asChanged, changesOf } from "../src/lib/plans";
import { dueNow, groupOf, openReminders } from "../src/lib/reminders";
import type { CalendarRow, Customer, Entry, Reminder } from "../src/lib/types";
import { newDraft, payloadOf } from "../src/lib/visit";

const DAY = "2026-03-02";
const visit = (id: number, more: Partial<CalendarRow> = {}) =>
  ({ id, version: 1, customer_id: id, name: `客户${id}`, status: "planned", mode: "field", purpose: "detail", day: DAY, ...more }) as CalendarRow;
const move = (id: number, on: string, starts: string | null, version = 1) =>
  newEntry({ command: "visit.move", title: "", payload: { visit_id: id, version, on, starts } });
const cancel = (id: number) => newEntry({ command: "visit.cancel", title: "", payload: { visit_id: id, version: 1, reason: "出差" } });
const refused = (entry: Entry): Entry => ({ ...entry, state: "trouble" });
const shown = (calendar: CalendarRow[], entries: Entry[], day = DAY) =>
  dayRows(calendar, entries, day, (at) => at.slice(11, 16)).map((row) => [row.name, row.start, row.state]);

test("a visit moved here stands on its new day at once, one called off is gone", () => {
  const calendar = [visit(1, { start: "09:00" }), visit(2)];
  const entries = [move(1, "2026-03-04", "10:30:00"), cancel(2)];
  expect(shown(calendar, entries)).toEqual([]);
  expect(shown(calendar, entries, "2026-03-04")).toEqual([["客户1", "10:30", "planned"]]);
});

test("a change that was refused leaves the visit where the server has it, and asks to be looked at", () => {
  const calendar = [visit(1, { start: "09:00" }), visit(2)];
  expect(shown(calendar, [refused(move(1, "2026-03-04", null)), refused(cancel(2))])).toEqual([
    ["客户1", "09:00", "trouble"],
    ["客户2", "", "trouble"],
  ]);
});

test("what is done after a move that waits names the version that will stand then", () => {
  const entries = [move(1, "2026-03-04", null), move(1, "2026-03-05", "08:00", 2)];
  const plan = asChanged(visit(1), changesOf(entries).get(1))!;
  expect([plan.version, plan.day, plan.start]).toEqual([3, "2026-03-05", "08:00"]);
  const doctor = { id: 1, key: "1", version: 1, code: "", kind: "hcp", name: "单雪" };
  expect(payloadOf(newDraft(doctor, null, plan), null)).toMatchObject({ visit_id: 1, version: 3 });
});

test("an edit made here is shown, marked as waiting, and the next one builds on it", () => {
  const pulled: Customer = { id: 7, key: "7", version: 4, code: "C7", kind: "hcp", name: "单雪", phone: "025-1", hours: "周一" };
  const edit = newEntry({ command: "customer.revise", title: "", payload: { customer_id: 7, version: 4, phone: "025-2", opening_hours: "周二" } });
  const [row] = mergedCustomers([pulled], [edit]);
  expect([row.phone, row.hours, row.version, row.waiting]).toEqual(["025-2", "周二", 5, true]);
  expect(mergedCustomers([pulled], [refused(edit)])).toEqual([pulled]);
  expect(mergedCustomers([pulled], [{ ...edit, state: "sent", payload: {} }])).toEqual([pulled]);
});

test("what has no hour follows those that have one, in the order of the way", () => {
  const calendar = [visit(1, { stop: 3 }), visit(2, { start: "14:00", stop: 1 }), visit(3, { stop: 2 }), visit(4), visit(5, { start: "08:00", status: "done" })];
  const rows = dayRows(calendar, [], DAY, (at) => at);
  expect(rows.map((row) => row.plan!.id)).toEqual([5, 2, 3, 1, 4]);
  expect(byRoute(rows).map((row) => row.plan!.id)).toEqual([2, 3, 1, 5, 4]);
});

const reminder = (id: number, due_on: string, group = "later"): Reminder => ({ id, label: "", text: `提醒${id}`, group, due_on, due_at: null, object_type: "customer", object_id: 1, url: "/" });

test("a reminder done or put off here leaves the list at once, and comes back where that was refused", () => {
  const pulled = { rows: [reminder(1, DAY), reminder(2, DAY), reminder(3, DAY)], count: 3, due: 3 };
  const done = newEntry({ command: "reminder.finish", title: "", payload: { reminder_id: 1 } });
  const later = newEntry({ command: "reminder.snooze", title: "", payload: { reminder_id: 2, until: "2026-03-09" } });
  const ids = (entries: Entry[]) => openReminders(pulled, entries).map((row) => row.id);
  expect([ids([done, later]), ids([refused(done), later]), openReminders(null, [])]).toEqual([[3], [1, 3], []]);
});

test("without a network a new day makes the reminders of yesterday overdue", () => {
  const rows = [reminder(1, DAY, "today"), reminder(2, "2026-03-03"), reminder(3, "2026-03-04"), reminder(4, DAY, "overdue")];
  expect(rows.map((row) => groupOf(row, DAY))).toEqual(["today", "later", "later", "overdue"]);
  expect(rows.map((row) => groupOf(row, "2026-03-03"))).toEqual(["overdue", "today", "later", "overdue"]);
  expect([dueNow(rows, DAY), dueNow(rows, "2026-03-04")]).toEqual([2, 4]);
});
