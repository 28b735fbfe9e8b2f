import { dayOf } from "./dates";
import { asChanged, asRevised, changesOf } from "./plans";
import type { CalendarRow, Customer, Entry } from "./types";
import { keyOf } from "./visit";

type Payload = Record<string, any>;

/** The archive as the person knows it: what was pulled, and what was opened or edited here and is not sent yet. */
export function mergedCustomers(pulled: Customer[], entries: Entry[]): Customer[] {
  const made = entries
    .filter((entry) => entry.command === "customer.create" && entry.state !== "sent")
    .map((entry): Customer => {
      const payload = entry.payload as Payload;
      return {
        id: 0,
        key: `u:${entry.uid}`,
        version: 0,
        code: "",
        kind: payload.kind,
        name: payload.name,
        department: payload.department,
        title: payload.title,
        phone: payload.phone,
        address: payload.address,
        institution_id: typeof payload.institution === "number" ? payload.institution : undefined,
        initials: "",
        waiting: true,
      };
    });
  const edits = entries.filter((entry) => entry.command === "customer.revise");
  return [...made, ...(edits.length ? pulled.map((row) => asRevised(row, edits)) : pulled)];
}

/** One line of a day: planned or done, on the server or still here. */
export interface DayRow {
  key: string;
  customer: string;
  name: string;
  day: string;
  start: string;
  state: "planned" | "done" | "waiting" | "trouble";
  aim: string;
  minutes: number | null;
  plan: CalendarRow | null;
  entry: Entry | null;
  late: boolean;
  /** Its place on the way of the day, 0 where there is none. */
  stop: number;
}

export function dayRows(calendar: CalendarRow[], entries: Entry[], day: string, clock: (at: string) => string): DayRow[] {
  const unsent = entries.filter((entry) => entry.state !== "sent");
  const completed = new Map(
    unsent.filter((entry) => entry.command === "visit.complete").map((entry) => [entry.payload.visit_id, entry]),
  );
  const changes = changesOf(unsent);
  const rows = calendar.flatMap((pulled): DayRow[] => {
    const changed = changes.get(pulled.id) ?? [];
    const plan = asChanged(pulled, changed);
    if (plan === null || plan.day !== day) return [];
    const entry = completed.get(plan.id) ?? changed.find((change) => change.state === "trouble") ?? null;
    const start = plan.start ?? (plan.starts_at ? clock(plan.starts_at) : "");
    const state = entry ? (entry.state === "trouble" ? "trouble" : "waiting") : plan.status === "done" ? "done" : "planned";
    return [
      {
        key: `v${plan.id}`,
        customer: String(plan.customer_id),
        name: plan.name,
        day: plan.day,
        start: start.slice(0, 5),
        state,
        aim: plan.aim ?? plan.subject ?? "",
        minutes: plan.planned_minutes ?? null,
        plan,
        entry,
        late: Boolean(plan.late),
        stop: plan.stop ?? 0,
      },
    ];
  });
  const own = unsent.flatMap((entry): DayRow[] => {
    const payload = entry.payload as Payload;
    const planned = entry.command === "visit.plan";
    if (entry.command !== "visit.record" && !planned) return [];
    const on = planned ? payload.on : dayOf(new Date(payload.starts_at));
    if (on !== day) return [];
    return [
      {
        key: `u${entry.uid}`,
        customer: keyOf(payload.customer_id),
        name: entry.title,
        day: on,
        start: planned ? (payload.starts ?? "") : clock(payload.starts_at),
        state: entry.state === "trouble" ? "trouble" : planned ? "planned" : "waiting",
        aim: payload.aim ?? payload.subject ?? "",
        minutes: payload.minutes ?? null,
        plan: null,
        entry,
        late: false,
        stop: 0,
      },
    ];
  });
  return inOrder([...rows, ...own]);
}

/** By the hour; what has none follows in the order of the way. */
export function inOrder(rows: DayRow[]): DayRow[] {
  const stop = (row: DayRow) => row.stop || Number.MAX_SAFE_INTEGER;
  return [...rows].sort((one, other) => (one.start || "99").localeCompare(other.start || "99") || stop(one) - stop(other));
}

/** What is still to be done first, in the order of the way; the rest by the hour behind it. */
export function byRoute(rows: DayRow[]): DayRow[] {
  const onTheWay = rows.filter((row) => row.stop && row.state === "planned");
  return [...onTheWay.sort((one, other) => one.stop - other.stop), ...inOrder(rows.filter((row) => !onTheWay.includes(row)))];
}

/** Found by a part of the name, the former name, the phone, or by pinyin and initials from the front. */
export function matches(customer: Customer, asked: string): boolean {
  const text = asked.trim().toLowerCase();
  if (!text) return true;
  const plain = [customer.name, customer.alias, customer.phone, customer.institution_name, customer.department, customer.code];
  if (plain.some((value) => value?.toLowerCase().includes(text))) return true;
  const latin = text.replace(/[\s']/g, "");
  const read = [customer.initials, customer.sort_key?.replace(/\s/g, "")];
  return /^[a-z]+$/.test(latin) && read.some((value) => value?.toLowerCase().includes(latin));
}

export function letterOf(customer: Customer): string {
  const letter = (customer.initials || customer.sort_key || customer.name).trim().charAt(0).toUpperCase();
  return /[A-Z]/.test(letter) ? letter : "#";
}
