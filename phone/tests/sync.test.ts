import { expect, test } from "vitest";

import { mended, newEntry, withoutVisit } from "../src/lib/outbox";
import type { Customer, Entry } from "../src/lib/types";
import { FakeServer, OneLock, openStore, row, syncOf } from "./fakes";

const visit = (title = "王磊") => newEntry({ command: "visit.record", title, payload: { customer_id: 7 } });
const states = (entries: Entry[]) => entries.map((entry) => entry.state);

test("what waits is sent and marked, and not sent again", async () => {
  const [store, server] = [await openStore(), new FakeServer()];
  await store.putEntries([visit(), visit()]);
  const sync = syncOf(store, server);
  expect([await sync.run(), await sync.run()]).toEqual(["done", "done"]);
  expect([states(await store.entries()), server.pushes, server.taken.size]).toEqual([["sent", "sent"], 1, 2]);
});

test("without a network nothing is lost and nothing is marked", async () => {
  const [store, server] = [await openStore(), new FakeServer()];
  server.breakBefore = true;
  await store.putEntries([visit()]);
  expect(await syncOf(store, server).run()).toBe("offline");
  expect(states(await store.entries())).toEqual(["waiting"]);
});

test("P46 an answer that got lost leads to another try, however often, and to one visit", async () => {
  const [store, server] = [await openStore(), new FakeServer()];
  await store.putEntries([visit()]);
  server.breakBehind = true;
  const sync = syncOf(store, server);
  for (let turn = 0; turn < 30; turn += 1) expect(await sync.run()).toBe("offline");
  expect(states(await store.entries())).toEqual(["waiting"]);
  server.breakBehind = false;
  await sync.run();
  expect([states(await store.entries()), server.taken.size]).toEqual([["sent"], 1]);
});

test("P48 two tabs at once send once", async () => {
  const [store, server, lock] = [await openStore(), new FakeServer(), new OneLock()];
  await store.putEntries([visit(), visit()]);
  const outcomes = await Promise.all([syncOf(store, server, lock).run(), syncOf(store, server, lock).run()]);
  expect(outcomes.sort()).toEqual(["busy", "done"]);
  expect([server.pushes, server.taken.size]).toEqual([1, 2]);
});

test("an ended session keeps the queue and is told", async () => {
  const [store, server] = [await openStore(), new FakeServer()];
  server.signedOut = true;
  await store.putEntries([visit()]);
  expect(await syncOf(store, server).run()).toBe("signed-out");
  expect(states(await store.entries())).toEqual(["waiting"]);
});

test("with somebody else signed in nothing of this queue is sent", async () => {
  const [store, server] = [await openStore(), new FakeServer()];
  server.user = 999_999;
  await store.putEntries([visit()]);
  expect(await syncOf(store, server).run()).toBe("other-person");
  expect([server.pushes, states(await store.entries())]).toEqual([0, ["waiting"]]);
});

test("a refused entry needs somebody, keeps its content and goes out again in its mended form", async () => {
  const [store, server] = [await openStore(), new FakeServer()];
  server.refuse = (entry) => (entry.payload.subject ? null : { code: "not_found", message: "不在您的辖区" });
  await store.putEntries([visit()]);
  const sync = syncOf(store, server);
  await sync.run();
  const [refused] = await store.entries();
  expect([refused.state, refused.answer?.message, refused.payload]).toEqual(["trouble", "不在您的辖区", { customer_id: 7 }]);
  await sync.run();
  expect(server.pushes).toBe(1);
  await store.putEntries([mended(refused, { customer_id: 7, subject: "随访" })]);
  await sync.run();
  expect(states(await store.entries())).toEqual(["sent"]);
});

test("what depends on something refused waits and is tried again by itself", async () => {
  const [store, server] = [await openStore(), new FakeServer()];
  server.refuse = () => ({ code: "depends_on" });
  await store.putEntries([visit()]);
  const sync = syncOf(store, server);
  await sync.run();
  expect(states(await store.entries())).toEqual(["waiting"]);
  server.refuse = () => null;
  server.taken.clear();
  await sync.run();
  expect(states(await store.entries())).toEqual(["sent"]);
});

test("one passing refusal is asked once in a run, not without end", async () => {
  const [store, server] = [await openStore(), new FakeServer()];
  server.refuse = () => ({ code: "server_error" });
  await store.putEntries([visit()]);
  await syncOf(store, server).run();
  expect(server.pushes).toBe(1);
});

test("what the superior settled on the server is settled here", async () => {
  const [store, server] = [await openStore(), new FakeServer()];
  server.refuse = () => ({ code: "period_closed", message: "已过期限" });
  const entry = visit();
  await store.putEntries([entry]);
  const sync = syncOf(store, server);
  await sync.run();
  const settled = { uid: entry.uid, command: "visit.record", label: "", title: "", status: "discarded" as const, code: "", message: "", field: "", details: {}, object_id: null, device_at: "", settled_by: "主管", reason: "重复录入" };
  server.pulls = [{ items: [settled] }];
  await sync.run();
  const [now] = await store.entries();
  expect([now.state, now.answer?.first, now.answer?.message]).toEqual(["sent", "discarded", "重复录入"]);
});

test("the shelves follow the server: in, changed, out, and missing ones are asked for", async () => {
  const [store, server] = [await openStore(), new FakeServer()];
  const sync = syncOf(store, server);
  const names = async () => ((await store.readShelf<Customer[]>("customers")) ?? []).map((found) => found.name).sort();
  server.pulls = [{ reset: true, customers: { rows: [row(1), row(2), row(3)], gone: [], all: [1, 2, 3] } }];
  await sync.run();
  expect(await names()).toEqual(["客户1", "客户2", "客户3"]);
  server.pulls = [{ customers: { rows: [row(1, "改名")], gone: [2], all: null } }];
  await sync.run();
  expect(await names()).toEqual(["客户3", "改名"]);
  server.pulls = [{ customers: { rows: [], gone: [], all: [1, 9] } }, { customers: { rows: [row(9)], gone: [], all: null } }];
  await sync.run();
  expect([await names(), server.asked.at(-1)?.want]).toEqual([["客户9", "改名"], [9]]);
  server.pulls = [{ reset: true, customers: { rows: [], gone: [], all: [] } }];
  await sync.run();
  expect(await names()).toEqual([]);
});

test("the cursor moves only together with what came with it", async () => {
  const [store, server] = [await openStore(), new FakeServer()];
  await syncOf(store, server).run();
  await syncOf(store, server).run();
  expect(server.asked.map((asked) => asked.since)).toEqual(["", "c1"]);
});

test("sent entries disappear after some days, others never", async () => {
  const [store, server] = [await openStore(), new FakeServer()];
  server.refuse = (entry) => (entry.title === "留" ? { code: "invalid" } : null);
  await store.putEntries([visit(), visit("留")]);
  await syncOf(store, server).run();
  await syncOf(store, server, new OneLock(), Date.now() + 400 * 86_400_000).run();
  expect((await store.entries()).map((entry) => entry.title)).toEqual(["留"]);
});

test("a question that came up at a visit waits until the visit is finished, or goes on without it", async () => {
  const [store, server] = [await openStore(), new FakeServer()];
  const question = newEntry({ command: "case.open", title: "包装", payload: { customer_id: 7, visit_id: { $ref: "draft-1" } } });
  await store.putEntries([question]);
  await store.writeDraft("visit:7::", { id: "draft-1" });
  const sync = syncOf(store, server);
  await sync.run();
  expect([server.pushes, states(await store.entries())]).toEqual([0, ["waiting"]]);
  await store.putEntries(withoutVisit(await store.entries(), "draft-1"), "visit:7::");
  await sync.run();
  const [sent] = await store.entries();
  expect([sent.state, server.taken.size]).toEqual(["sent", 1]);
});

test("reminders and the person's language come along and lie sealed with the rest", async () => {
  const [store, server] = [await openStore(), new FakeServer()];
  const row = { id: 1, label: "证照到期", text: "鼓楼医院", group: "later", due_on: "2026-03-20", due_at: null, object_type: "customer", object_id: 7, url: "/" };
  server.pulls = [{ reminders: { rows: [row], count: 1, due: 0 } }];
  await syncOf(store, server).run();
  expect(await store.readShelf("reminders")).toEqual({ rows: [row], count: 1, due: 0 });
  expect((await store.profile())?.language).toBe("zh-hans");
});

test("the first contact puts in what was asked for while the database opened, and asks once", async () => {
  const [store, server] = [await openStore(), new FakeServer()];
  const sync = syncOf(store, server);
  server.pulls = [{ reset: true, customers: { rows: [row(1)], gone: [], all: [1] } }];
  const start = async () => ({ session: await server.session(), everything: server.pull("", []) });
  expect(await sync.run(await start())).toBe("done");
  expect([(await store.readShelf<Customer[]>("customers"))?.length, server.asked.length]).toEqual([1, 1]);
  await sync.run(await start());
  expect([(await store.readShelf<Customer[]>("customers"))?.length, server.asked.at(-1)?.since]).toEqual([1, "c1"]);
});

test("what waited from before goes out at the first contact too, and its effect is fetched", async () => {
  const [store, server] = [await openStore(), new FakeServer()];
  await store.putEntries([visit()]);
  const start = { session: await server.session(), everything: server.pull("", []) };
  await syncOf(store, server).run({ ...start, session: { ...start.session, user_id: store.userId } });
  expect([states(await store.entries()), server.asked.map((asked) => asked.since)]).toEqual([["sent"], ["", "c1"]]);
});

test("a first contact that breaks off is told as being without a network", async () => {
  const [store, server] = [await openStore(), new FakeServer()];
  server.user = store.userId;
  const session = await server.session();
  server.breakBefore = true;
  const everything = server.pull("", []);
  everything.catch(() => {});
  expect(await syncOf(store, server).run({ session, everything })).toBe("offline");
});
