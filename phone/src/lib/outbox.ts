import type { Store } from "./store";
import type { Answer, Entry, KeptItem } from "./types";
import { uuid7 } from "./uid";

/** Reasons that pass by themselves: sent again until they do. */
const PASSING = new Set(["depends_on", "server_error"]);
const KEPT_SENT_MS = 3 * 86_400_000;

export interface NewEntry {
  command: string;
  title: string;
  payload: Record<string, unknown>;
  uid?: string;
}

let lastSeq = 0;

/** Grows with time and never stands still, also within a millisecond. */
export function nextSeq(now: number = Date.now()): number {
  lastSeq = Math.max(lastSeq + 1, now * 1000);
  return lastSeq;
}

export function newEntry(made: NewEntry, now: number = Date.now()): Entry {
  return {
    uid: made.uid ?? uuid7(now),
    seq: nextSeq(now),
    command: made.command,
    title: made.title,
    payload: made.payload,
    device_at: new Date(now).toISOString(),
    state: "waiting",
    tries: 0,
    corrected: false,
    answer: null,
    settled_at: "",
  };
}

/** The entry after the server has answered. */
export function settled(entry: Entry, answer: Answer, at: string): Entry {
  if (answer.status === "applied" || (answer.status === "duplicate" && answer.first === "applied")) {
    return { ...entry, state: "sent", answer, settled_at: at, payload: {} };
  }
  if (answer.status === "duplicate" && answer.first === "discarded") {
    return { ...entry, state: "sent", answer, settled_at: at, payload: {} };
  }
  if (PASSING.has(answer.code)) return { ...entry, state: "waiting", answer };
  return { ...entry, state: "trouble", answer, settled_at: at, corrected: false };
}

/** The entry after somebody settled it on the server: the superior, or this person at another door. */
export function reconciled(entry: Entry, kept: KeptItem, at: string): Entry {
  if (entry.state === "sent" || entry.corrected) return entry;
  if (kept.status === "applied" || kept.status === "discarded") {
    const answer: Answer = {
      uid: kept.uid,
      status: kept.status === "applied" ? "applied" : "duplicate",
      first: kept.status,
      code: kept.code,
      message: kept.reason,
      field: "",
      details: {},
      object_type: "",
      object_id: kept.object_id,
    };
    return { ...entry, state: "sent", answer, settled_at: at, payload: {} };
  }
  return entry;
}

/** A refused entry in its mended form, to be sent again under its own key. */
export function mended(entry: Entry, payload: Record<string, unknown>, title = entry.title): Entry {
  return { ...entry, payload, title, corrected: true, state: "waiting", settled_at: "" };
}

/** Whether the content names something made on this phone, such as the visit that a question came up at. */
export function refersTo(entry: Entry, uids: string[]): boolean {
  const content = JSON.stringify(entry.payload);
  return uids.some((uid) => content.includes(`{"$ref":"${uid}"}`));
}

/** What was opened from a visit that is not recorded after all goes on without it. */
export function withoutVisit(entries: Entry[], uid: string): Entry[] {
  return entries
    .filter((entry) => entry.state !== "sent" && entry.payload.visit_id !== undefined && refersTo(entry, [uid]))
    .map((entry) => mended(entry, { ...entry.payload, visit_id: null }));
}

/** Sent ones are shown for a few days. */
export async function dropOld(store: Store, entries: Entry[], now: number): Promise<void> {
  const old = entries.filter(
    (entry) => entry.state === "sent" && now - Date.parse(entry.settled_at || entry.device_at) > KEPT_SENT_MS,
  );
  if (old.length) await store.dropEntries(old.map((entry) => entry.uid));
}

/** Batches of at most so many entries and bytes, in the order in which things were done. */
export function batches(entries: Entry[], most = 50, mostBytes = 3_000_000): Entry[][] {
  const found: Entry[][] = [];
  let size = 0;
  for (const entry of entries) {
    const bytes = JSON.stringify(entry.payload).length;
    const last = found.at(-1);
    if (!last || last.length >= most || size + bytes > mostBytes) {
      found.push([entry]);
      size = bytes;
    } else {
      last.push(entry);
      size += bytes;
    }
  }
  return found;
}
