import { expect, test } from "vitest";

import { batches, newEntry, nextSeq } from "../src/lib/outbox";
import { uuid7 } from "../src/lib/uid";
import { Store } from "../src/lib/store";
import { KEY, openStore, person, profile } from "./fakes";

const visit = (title = "王磊") => newEntry({ command: "visit.record", title, payload: { customer_id: 7 } });

test("keys sort by time and are of version 7", () => {
  const keys = [1_000, 2_000, 1_772_000_000_000].map((at) => uuid7(at));
  expect([...keys].sort()).toEqual(keys);
  for (const key of keys) expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("what is done within one millisecond keeps its order", () => {
  const numbers = Array.from({ length: 50 }, () => nextSeq(5));
  expect([...numbers].sort((one, other) => one - other)).toEqual(numbers);
  expect(new Set(numbers).size).toBe(50);
});

test("an entry is still there after the app was closed", async () => {
  const store = await openStore();
  const entry = visit();
  await store.putEntries([entry]);
  store.close();
  expect(await (await Store.open(store.userId)).entries()).toEqual([entry]);
});

test("nothing that lies on the phone can be read without the key", async () => {
  const user = person();
  const store = await openStore(user);
  await store.putEntries([visit("单雪的秘密")]);
  await store.writeShelves({ customers: [{ name: "单雪的秘密" }] }, "c1");
  await store.writeDraft("visit:1", { focus: "单雪的秘密" });
  store.close();
  const raw = await new Promise<IDBDatabase>((tell) => {
    const request = indexedDB.open(`repertory-${user}`);
    request.onsuccess = () => tell(request.result);
  });
  const found: string[] = [];
  for (const name of ["outbox", "shelf", "draft"]) {
    const rows = await new Promise<unknown[]>((tell) => {
      const request = raw.transaction(name).objectStore(name).getAll();
      request.onsuccess = () => tell(request.result);
    });
    for (const one of rows as { data: ArrayBuffer }[]) found.push(new TextDecoder().decode(one.data), JSON.stringify(one));
  }
  raw.close();
  expect(found.length).toBe(6);
  expect(found.join("")).not.toContain("单雪");
});

test("the key on the phone can't be taken out of the browser", async () => {
  const user = person();
  (await openStore(user)).close();
  const raw = await new Promise<IDBDatabase>((tell) => {
    const request = indexedDB.open(`repertory-${user}`);
    request.onsuccess = () => tell(request.result);
  });
  const key = await new Promise<CryptoKey>((tell) => {
    const request = raw.transaction("meta").objectStore("meta").get("key");
    request.onsuccess = () => tell(request.result as CryptoKey);
  });
  raw.close();
  expect(key.extractable).toBe(false);
  await expect(crypto.subtle.exportKey("raw", key)).rejects.toThrow();
});

test("signing out clears customers and key, and what is unsent can be read after the next sign-in only", async () => {
  const store = await openStore();
  const entry = visit();
  await store.putEntries([entry]);
  await store.writeShelves({ customers: [{ id: 1 }] }, "c1");
  await store.forget();
  expect([store.locked, await store.readShelf("customers"), await store.cursor(), await store.unsentCount()]).toEqual([true, null, "", 1]);
  expect(await store.entries()).toEqual([]);
  await store.unlock(KEY, profile(store.userId));
  expect(await store.entries()).toEqual([entry]);
});

test("after fourteen days without contact the data is stale", async () => {
  const store = await openStore();
  await store.noteContact(1_000_000);
  const day = 86_400_000;
  expect(await store.isStale(1_000_000 + 14 * day)).toBe(false);
  expect(await store.isStale(1_000_000 + 14 * day + 1)).toBe(true);
});

test("a visit leaves the draft and enters the outbox in one step", async () => {
  const store = await openStore();
  await store.writeDraft("visit:7", { focus: "x" });
  await store.putEntries([visit()], "visit:7");
  expect([await store.readDraft("visit:7"), (await store.entries()).length]).toEqual([null, 1]);
});

test("batches stay small in number and in bytes", () => {
  const many = Array.from({ length: 120 }, () => visit());
  expect(batches(many).map((batch) => batch.length)).toEqual([50, 50, 20]);
  const photos = Array.from({ length: 3 }, () => ({ ...visit(), payload: { content: "x".repeat(2_000_000) } }));
  expect(batches(photos).map((batch) => batch.length)).toEqual([1, 1, 1]);
});
