import type { CalendarRow, Customer, Entry } from "./types";

type Payload = Record<string, any>;

const CHANGES = ["visit.move", "visit.cancel"];

/** What was done here to planned visits: not sent yet, or refused, which then has to be looked at. */
export function changesOf(entries: Entry[]): Map<unknown, Entry[]> {
  const found = new Map<unknown, Entry[]>();
  for (const entry of entries) {
    if (entry.state === "sent" || !CHANGES.includes(entry.command)) continue;
    found.set(entry.payload.visit_id, [...(found.get(entry.payload.visit_id) ?? []), entry]);
  }
  return found;
}

/**
 * A planned visit as the person knows it. Each change that waits will make the server's version one higher, so what is done
 * next names the version that will stand then. null: called off here.
 */
export function asChanged(plan: CalendarRow, changes: Entry[] = []): CalendarRow | null {
  let now: CalendarRow = plan;
  for (const { command, payload, state } of changes) {
    if (state !== "waiting") continue;
    if (command === "visit.cancel") return null;
    const { on, starts } = payload as Payload;
    now = { ...now, day: on, start: starts?.slice(0, 5) || undefined, version: now.version + 1, stop: undefined };
  }
  return now;
}

const ROW_NAMES: Record<string, keyof Customer> = { opening_hours: "hours" };

/** The same of a customer: the facts that were changed here and wait, and the version that will stand then. */
export function asRevised(row: Customer, entries: Entry[]): Customer {
  let now = row;
  for (const { command, payload, state } of entries) {
    if (state !== "waiting" || command !== "customer.revise" || payload.customer_id !== row.id) continue;
    const { customer_id: _id, version: _version, ...facts } = payload as Payload;
    const renamed = Object.fromEntries(Object.entries(facts).map(([name, value]) => [ROW_NAMES[name] ?? name, value ?? undefined]));
    now = { ...now, ...renamed, version: now.version + 1, waiting: true };
  }
  return now;
}
