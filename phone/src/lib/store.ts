import { openDB, type IDBPDatabase } from "idb";

import { importKey, seal, type Sealed, unseal } from "./seal";
import type { Entry } from "./types";

const DAY_MS = 86_400_000;

export interface Profile {
  user_id: number;
  user: string;
  name: string;
  language: string;
  theme: string;
  roles: string[];
  territories: string[];
  idle_days: number;
}

interface SealedEntry extends Sealed {
  uid: string;
  seq: number;
}

/**
 * One person's data on this phone, in a database of its own. All that says anything of anybody is sealed; `meta` holds the
 * key (usable, not readable), the cursor and the moment of the last contact.
 */
export class Store {
  private constructor(
    readonly userId: number,
    private readonly db: IDBPDatabase,
    private key: CryptoKey | null,
  ) {}

  static async open(userId: number): Promise<Store> {
    const db = await openDB(`repertory-${userId}`, 1, {
      upgrade(fresh) {
        fresh.createObjectStore("meta");
        fresh.createObjectStore("shelf");
        fresh.createObjectStore("draft");
        fresh.createObjectStore("outbox", { keyPath: "uid" }).createIndex("seq", "seq");
      },
    });
    return new Store(userId, db, ((await db.get("meta", "key")) as CryptoKey | undefined) ?? null);
  }

  get locked(): boolean {
    return this.key === null;
  }

  /** After a sign-in: the server gives the same key again, so that what waited here sealed can be read. */
  async unlock(key: string, profile: Profile): Promise<void> {
    const imported = await importKey(key);
    const tx = this.db.transaction("meta", "readwrite");
    await Promise.all([tx.store.put(imported, "key"), tx.store.put(profile, "profile"), tx.done]);
    this.key = imported;
  }

  async profile(): Promise<Profile | null> {
    return ((await this.db.get("meta", "profile")) as Profile | undefined) ?? null;
  }

  async cursor(): Promise<string> {
    return ((await this.db.get("meta", "cursor")) as string | undefined) ?? "";
  }

  async lastContact(): Promise<number> {
    return ((await this.db.get("meta", "contact")) as number | undefined) ?? 0;
  }

  async noteContact(at: number): Promise<void> {
    await this.db.put("meta", at, "contact");
  }

  /** Whether the phone was without contact for so long that its data has to go. */
  async isStale(now: number): Promise<boolean> {
    const [contact, profile] = [await this.lastContact(), await this.profile()];
    return contact > 0 && profile !== null && now - contact > profile.idle_days * DAY_MS;
  }

  /** Customers, drafts and the key go; what was not sent stays sealed until the same person signs in again. */
  async forget(): Promise<void> {
    const unsent = await this.unsentCount();
    const tx = this.db.transaction(["meta", "shelf", "draft", "outbox"], "readwrite");
    const gone = [
      tx.objectStore("meta").delete("key"),
      tx.objectStore("meta").delete("cursor"),
      tx.objectStore("meta").delete("contact"),
      tx.objectStore("shelf").clear(),
      tx.objectStore("draft").clear(),
    ];
    if (!unsent) gone.push(tx.objectStore("outbox").clear(), tx.objectStore("meta").delete("profile"));
    await Promise.all([...gone, tx.done]);
    this.key = null;
  }

  close(): void {
    this.db.close();
  }

  // shelves: what was pulled, each sealed as a whole

  async readShelf<T>(name: string): Promise<T | null> {
    return this.read<T>("shelf", name);
  }

  /** All of a pull or nothing of it. */
  async writeShelves(shelves: Record<string, unknown>, cursor: string): Promise<void> {
    const sealed = await Promise.all(
      Object.entries(shelves).map(async ([name, value]) => [name, await seal(this.needKey(), value)] as const),
    );
    const tx = this.db.transaction(["shelf", "meta"], "readwrite");
    const puts = sealed.map(([name, value]) => tx.objectStore("shelf").put(value, name));
    await Promise.all([...puts, tx.objectStore("meta").put(cursor, "cursor"), tx.done]);
  }

  // drafts: what is being typed

  async readDraft<T>(name: string): Promise<T | null> {
    return this.read<T>("draft", name);
  }

  async writeDraft(name: string, value: unknown): Promise<void> {
    const sealed = await seal(this.needKey(), value);
    await this.db.put("draft", sealed, name);
  }

  async dropDraft(name: string): Promise<void> {
    await this.db.delete("draft", name);
  }

  async draftNames(): Promise<string[]> {
    return (await this.db.getAllKeys("draft")) as string[];
  }

  /** What is still being written: nothing that refers to one of these can be sent yet. */
  async openDrafts(): Promise<string[]> {
    const drafts = await Promise.all((await this.draftNames()).map((name) => this.readDraft<{ id?: string }>(name)));
    return drafts.flatMap((draft) => (draft?.id ? [draft.id] : []));
  }

  // the outbox: each entry sealed by itself, on the disk before anything else happens

  async entries(): Promise<Entry[]> {
    if (this.key === null) return [];
    const rows = (await this.db.getAllFromIndex("outbox", "seq")) as SealedEntry[];
    return Promise.all(rows.map((row) => unseal<Entry>(this.needKey(), row)));
  }

  /** Also counts what is sealed and can't be read before the next sign-in. */
  async unsentCount(): Promise<number> {
    if (this.key === null) return this.db.count("outbox");
    return (await this.entries()).filter((entry) => entry.state !== "sent").length;
  }

  /** All or none, and what is typed in a draft becomes an entry in the same step. */
  async putEntries(entries: Entry[], dropDraft = ""): Promise<void> {
    const rows: SealedEntry[] = await Promise.all(
      entries.map(async (entry) => ({ uid: entry.uid, seq: entry.seq, ...(await seal(this.needKey(), entry)) })),
    );
    const tx = this.db.transaction(["outbox", "draft"], "readwrite", { durability: "strict" });
    const puts: Promise<unknown>[] = rows.map((row) => tx.objectStore("outbox").put(row));
    if (dropDraft) puts.push(tx.objectStore("draft").delete(dropDraft));
    await Promise.all([...puts, tx.done]);
  }

  async dropEntries(uids: string[]): Promise<void> {
    const tx = this.db.transaction("outbox", "readwrite");
    await Promise.all([...uids.map((uid) => tx.store.delete(uid)), tx.done]);
  }

  private async read<T>(place: "shelf" | "draft", name: string): Promise<T | null> {
    const sealed = (await this.db.get(place, name)) as Sealed | undefined;
    return sealed === undefined || this.key === null ? null : unseal<T>(this.key, sealed);
  }

  private needKey(): CryptoKey {
    if (this.key === null) throw new Error("locked");
    return this.key;
  }
}
