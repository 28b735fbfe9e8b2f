import "fake-indexeddb/auto";

import { Offline, SignedOut, type Api } from "../src/lib/api";
import { Store } from "../src/lib/store";
import { Sync, type Lock } from "../src/lib/sync";
import type { Answer, Entry, KeptItem, Pulled, Session } from "../src/lib/types";

export const KEY = btoa("k".repeat(32));
let next = 1;

export function person(): number {
  next += 1;
  return next;
}

export async function openStore(user = person()): Promise<Store> {
  const store = await Store.open(user);
  await store.unlock(KEY, profile(user));
  return store;
}

export function profile(user: number) {
  return { user_id: user, user: "rep01", name: "李娜", language: "zh-hans", theme: "system", roles: ["rep"], territories: ["南京鼓楼"], idle_days: 14 };
}

export function row(id: number, name = `客户${id}`) {
  return { id, version: 1, code: `C${id}`, kind: "hcp", name };
}

/** A server that takes each key once, and a line that may break before it or behind it. */
export class FakeServer implements Api {
  user = 0;
  taken = new Map<string, Answer>();
  pushes = 0;
  breakBefore = false;
  breakBehind = false;
  signedOut = false;
  refuse: (entry: Entry) => Partial<Answer> | null = () => null;
  pulls: Partial<Pulled>[] = [];
  asked: { since: string; want: number[] }[] = [];

  async session(): Promise<Session> {
    this.line();
    return { ...profile(this.user), key: KEY, server_at: "2026-03-02T01:00:00Z", csrf: "token" };
  }

  async push(_device: string, entries: Entry[]): Promise<Answer[]> {
    this.line();
    this.pushes += 1;
    const answers = entries.map((entry) => this.take(structuredClone(entry)));
    if (this.breakBehind) throw new Offline();
    return answers;
  }

  private take(entry: Entry): Answer {
    const known = this.taken.get(entry.uid);
    if (known && !entry.corrected) return { ...known, status: "duplicate", first: known.status };
    const refused = this.refuse(entry);
    const base = { uid: entry.uid, code: "", message: "", field: "", details: {}, object_type: "visit", object_id: this.taken.size + 1 };
    const answer: Answer = refused ? { ...base, status: "rejected", object_id: null, ...refused } : { ...base, status: "applied" };
    this.taken.set(entry.uid, answer);
    return answer;
  }

  async pull(since: string, want: number[]): Promise<Pulled> {
    this.line();
    this.asked.push({ since, want });
    const empty: Pulled = {
      next: `c${this.asked.length}`,
      reset: false,
      server_at: "",
      customers: { rows: [], gone: [], all: null },
      calendar: null,
      catalogue: null,
      words: null,
      results: { month: "2026-03-01", done: 0, planned: 0, kept: 0, field: 0, late: 0, customers: 0, tiers: [] },
      reminders: { rows: [], count: 0, due: 0 },
      items: [],
    };
    return { ...empty, ...this.pulls.shift() };
  }

  async item(): Promise<KeptItem> {
    throw new Offline();
  }
  async discard(): Promise<KeptItem> {
    throw new Offline();
  }
  async signOut(): Promise<void> {}

  private line(): void {
    if (this.breakBefore) throw new Offline();
    if (this.signedOut) throw new SignedOut();
  }
}

export class OneLock implements Lock {
  held = false;
  async alone(_name: string, work: () => Promise<void>): Promise<boolean> {
    if (this.held) return false;
    this.held = true;
    try {
      await work();
      return true;
    } finally {
      this.held = false;
    }
  }
}

export function syncOf(store: Store, server: FakeServer, lock: Lock = new OneLock(), now = Date.now()): Sync {
  server.user = server.user || store.userId;
  return new Sync(store, server, "phone-1", lock, () => now);
}
