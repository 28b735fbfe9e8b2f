import { type Api, Offline, Refused, SignedOut } from "./api";
import { batches, dropOld, reconciled, refersTo, settled } from "./outbox";
import type { Store } from "./store";
import type { Customer, Entry, Pulled, Session } from "./types";

export type Outcome = "done" | "offline" | "signed-out" | "other-person" | "busy" | "failed";

export interface Lock {
  /** Run `work` if nobody else does, on this phone, in any tab; false where somebody does. */
  alone(name: string, work: () => Promise<void>): Promise<boolean>;
}

/** Web Locks; where a browser has none, the server still takes each entry once. */
export const webLock: Lock = {
  async alone(name, work) {
    if (!("locks" in navigator)) {
      await work();
      return true;
    }
    return navigator.locks.request(name, { ifAvailable: true }, async (held) => {
      if (held) await work();
      return held !== null;
    });
  },
};

export interface Start {
  session: Session;
  /** A pull that has begun, of all there is. */
  everything: Promise<Pulled>;
}

const MOST_ROUNDS = 20;
const MOST_WANTED = 500;

/** Sends what was done here and fetches what changed there. Anything may break at any line; the next run goes on. */
export class Sync {
  message = "";

  constructor(
    private readonly store: Store,
    private readonly api: Api,
    private readonly device: string,
    private readonly lock: Lock = webLock,
    private readonly clock: () => number = () => Date.now(),
    private readonly changed: () => Promise<void> | void = () => {},
  ) {}

  /** start: what was asked for already, before there was a store to put it into. */
  async run(start?: Start): Promise<Outcome> {
    let outcome: Outcome = "busy";
    await this.lock.alone(`repertory-sync-${this.store.userId}`, async () => {
      outcome = await this.attempt(start);
    });
    return outcome;
  }

  private async attempt(start?: Start): Promise<Outcome> {
    try {
      const session = start?.session ?? (await this.api.session(this.device));
      // Somebody else is signed in here: nothing of this queue may be sent in that person's name.
      if (session.user_id !== this.store.userId) return "other-person";
      await this.store.unlock(session.key, profileOf(session));
      await this.store.noteContact(this.clock());
      const fresh = start !== undefined && (await this.fill(start));
      const sent = await this.push();
      if (sent || !fresh) await this.pull();
      await dropOld(this.store, await this.store.entries(), this.clock());
      await this.changed();
      return "done";
    } catch (error) {
      await this.changed();
      if (error instanceof Offline) return "offline";
      if (error instanceof SignedOut) return "signed-out";
      this.message = error instanceof Error ? error.message : String(error);
      if (error instanceof Refused) return error.status === 401 ? "signed-out" : "failed";
      return "failed";
    }
  }

  /** Onto empty shelves goes what was asked for at the start; true where that is all there is. */
  private async fill(start: Start): Promise<boolean> {
    if (await this.store.cursor()) return false;
    const missing = await this.take(await start.everything);
    return missing.length === 0;
  }

  /** Whether anything was sent. */
  private async push(): Promise<boolean> {
    const seen = new Set<string>();
    const drafts = await this.store.openDrafts();
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      // What was added meanwhile goes along; what has to wait for something else is not asked for twice in a run.
      const waiting = (await this.store.entries()).filter(
        (entry) => entry.state === "waiting" && !seen.has(entry.uid) && !refersTo(entry, drafts),
      );
      const batch = batches(waiting)[0];
      if (!batch) break;
      for (const entry of batch) seen.add(entry.uid);
      await this.pushBatch(batch);
      await this.changed();
    }
    return seen.size > 0;
  }

  private async pushBatch(batch: Entry[]): Promise<void> {
    const tried = batch.map((entry) => ({ ...entry, tries: entry.tries + 1 }));
    // From here on the server may have it, whether an answer arrives or not.
    await this.store.putEntries(tried);
    const answers = new Map((await this.api.push(this.device, tried)).map((answer) => [answer.uid, answer]));
    const at = new Date(this.clock()).toISOString();
    const known = tried.flatMap((entry) => {
      const answer = answers.get(entry.uid);
      return answer ? [settled(entry, answer, at)] : [];
    });
    await this.store.putEntries(known);
  }

  private async pull(): Promise<void> {
    let want: number[] = [];
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const found = await this.api.pull(await this.store.cursor(), want);
      want = await this.take(found);
      if (!want.length) return;
    }
  }

  /** Put a pull onto the shelves; returns the customers that are still missing. */
  private async take(found: Pulled): Promise<number[]> {
    const before = found.reset ? [] : ((await this.store.readShelf<Customer[]>("customers")) ?? []);
    const rows = new Map(before.map((row) => [row.id, row]));
    for (const row of found.customers.rows) rows.set(row.id, { ...row, key: String(row.id) });
    for (const id of found.customers.gone) rows.delete(id);
    const all = found.customers.all && new Set(found.customers.all);
    if (all) for (const id of [...rows.keys()]) if (!all.has(id)) rows.delete(id);
    const shelves: Record<string, unknown> = { results: found.results, reminders: found.reminders, items: found.items };
    if (found.reset || found.customers.rows.length || found.customers.gone.length || all) {
      shelves.customers = [...rows.values()];
    }
    for (const name of ["calendar", "catalogue", "words"] as const) {
      if (found[name] !== null) shelves[name] = found[name];
    }
    await this.store.writeShelves(shelves, found.next);
    await this.reconcile(found);
    return all ? [...all].filter((id) => !rows.has(id)).slice(0, MOST_WANTED) : [];
  }

  private async reconcile(found: Pulled): Promise<void> {
    const kept = new Map(found.items.map((item) => [item.uid, item]));
    const at = new Date(this.clock()).toISOString();
    const changed = (await this.store.entries()).flatMap((entry) => {
      const item = kept.get(entry.uid);
      const now = item ? reconciled(entry, item, at) : entry;
      return now === entry ? [] : [now];
    });
    if (changed.length) await this.store.putEntries(changed);
  }
}

export function profileOf(session: Session) {
  const { user_id, user, name, language, theme, roles, territories, idle_days } = session;
  return { user_id, user, name, language, theme, roles, territories, idle_days };
}
