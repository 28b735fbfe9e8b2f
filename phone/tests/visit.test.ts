import { expect, test } from "vitest";

import { addDays, human } from "../src/lib/dates";
import { dayRows, letterOf, matches, mergedCustomers } from "../src/lib/merged";
import { newEntry } from "../src/lib/outbox";
import { mapsAddress } from "../src/lib/outside";
import { metresBetween, shownDistance } from "../src/lib/places";
import { composed } from "../src/lib/report";
import { smells } from "../src/lib/signs";
import type { CalendarRow, Catalogue, Customer } from "../src/lib/types";
import { draftOf, entriesOf, keyOf, messagesFor, missing, newDraft, payloadOf, refOf } from "../src/lib/visit";

const message = (id: number, audiences: string[] = [], departments: string[] = []) => ({ id, theme: "优势", title: `信息${id}`, text: "", audiences, departments });
const catalogue: Catalogue = {
  products: [{ id: 5, generic_name: "阿托伐他汀钙片", trade_name: "安立坦", messages: [message(51), message(52, ["pharmacy"])] }],
  materials: [],
  samples: [],
};
const doctor: Customer = {
  id: 7,
  key: "7",
  version: 1,
  code: "C7",
  kind: "hcp",
  name: "单雪",
  initials: "SX",
  sort_key: "shan xue",
  department: "心内科",
  visits: [
    { id: 1, day: "2026-02-20", mode: "phone", purpose: "follow_up", who: "王强" },
    { id: 2, day: "2026-02-10", mode: "field", purpose: "detail", minutes: 20, products: [{ id: 5, attitude: "interested", messages: [51, 99] }, { id: 6 }] },
  ],
};
const NOW = new Date("2026-03-02T01:10:30Z");

test("a new visit begins with the values of one's own last one, without what may not be used any more", () => {
  const draft = newDraft(doctor, catalogue, null, NOW);
  expect([draft.mode, draft.purpose, draft.minutes, draft.startsAt]).toEqual(["field", "detail", 20, "2026-03-02T01:10:30.000Z"]);
  expect(draft.products).toEqual([{ id: 5, attitude: "interested", messages: [51] }]);
});

test("a message is offered only to its audience and its departments", () => {
  const product = { ...catalogue.products[0], messages: [message(1), message(2, ["hcp"]), message(3, ["pharmacy"]), message(4, [], ["呼吸"]), message(5, [], ["心内科"])] };
  expect(messagesFor(product, doctor).map((found) => found.id)).toEqual([1, 2, 5]);
});

test("a finished visit is one entry under the draft's own key", () => {
  const draft = newDraft(doctor, catalogue, null, NOW);
  const [entry, ...more] = entriesOf(draft);
  expect([more.length, entry.uid, entry.command]).toEqual([0, draft.id, "visit.record"]);
  expect(entry.payload).toMatchObject({ customer_id: 7, starts_at: "2026-03-02T01:10:30.000Z", ends_at: "2026-03-02T01:30:30.000Z", check_in: null, next_visit: null, adverse_event: "" });
});

test("a planned visit is completed by its own number", () => {
  const plan = { id: 31, version: 4, customer_id: 7, name: "单雪", status: "planned", mode: "phone", purpose: "service", day: "2026-03-02" } as CalendarRow;
  const [entry] = entriesOf(newDraft(doctor, catalogue, plan, NOW));
  expect(entry.command).toBe("visit.complete");
  expect(entry.payload).toMatchObject({ visit_id: 31, version: 4, mode: "phone", purpose: "service" });
  expect(entry.payload).not.toHaveProperty("customer_id");
});

test("the signature goes before the visit that names it, the photos after", () => {
  const draft = { ...newDraft(doctor, catalogue, null, NOW), samples: [{ id: 3, quantity: 2 }], signature: "data:image/png;base64,AAAA", photos: ["data:image/jpeg;base64,BBBB"] };
  const [signature, visit, photo] = entriesOf(draft);
  expect([signature.command, visit.command, photo.command]).toEqual(["signature.keep", "visit.record", "attachment.add"]);
  expect(visit.payload.samples).toEqual([{ lot_id: 3, quantity: 2, signature_id: { $ref: signature.uid } }]);
  expect(photo.payload).toEqual({ name: "照片1", content: "BBBB", visit_id: { $ref: visit.uid } });
  expect([signature.seq < visit.seq, visit.seq < photo.seq]).toEqual([true, true]);
});

test("samples need a signature", () => {
  const draft = { ...newDraft(doctor, catalogue, null, NOW), samples: [{ id: 3, quantity: 2 }] };
  expect(missing(draft)).toContain("签名");
  expect(missing({ ...draft, signature: "data:," })).toBe("");
});

test("a refused visit comes back into the form as it was", () => {
  const draft = { ...newDraft(doctor, catalogue, null, NOW), focus: "价格", next: { on: "2026-03-16", starts: "09:00", aim: "随访", prepare: "" } };
  const [entry] = entriesOf(draft);
  const again = draftOf({ ...entry, tries: 1 }, doctor);
  expect(payloadOf(again, null)).toEqual(entry.payload);
  const [sent] = entriesOf(again, { ...entry, tries: 1, state: "trouble" });
  expect([sent.uid, sent.corrected, sent.state]).toEqual([entry.uid, true, "waiting"]);
});

test("a customer made on the phone is named by its entry until the server has a key", () => {
  expect([refOf("7"), refOf("u:abc"), keyOf(7), keyOf({ $ref: "abc" })]).toEqual([7, { $ref: "abc" }, "7", "u:abc"]);
  const made = newEntry({ command: "customer.create", title: "周明", payload: { kind: "hcp", name: "周明" } });
  expect(mergedCustomers([doctor], [made]).map((found) => [found.key, found.waiting])).toEqual([[`u:${made.uid}`, true], ["7", undefined]]);
  expect(mergedCustomers([doctor], [{ ...made, state: "sent" }])).toEqual([doctor]);
});

test("words that sound like an adverse event ask, denied ones do not", () => {
  const signs = ["皮疹", "头晕"];
  expect(["病人出现皮疹", "未见皮疹", "没有头晕，但有皮疹", "谈了价格"].map((text) => smells(text, signs))).toEqual(["皮疹", "", "皮疹", ""]);
});

test("the day shows what is planned, what is done, and what is still here", () => {
  const plan = (id: number, more: Partial<CalendarRow>) => ({ id, version: 1, customer_id: id, name: `客户${id}`, status: "planned", mode: "field", purpose: "detail", day: "2026-03-02", ...more }) as CalendarRow;
  const calendar = [plan(1, { start: "10:00" }), plan(2, { start: "09:00", status: "done" }), plan(3, { day: "2026-03-03" }), plan(4, { start: "11:00" })];
  const done = newEntry({ command: "visit.complete", title: "客户1", payload: { visit_id: 1 } });
  const fresh = newEntry({ command: "visit.record", title: "单雪", payload: { customer_id: 7, starts_at: "2026-03-02T00:10:00.000Z" } });
  const called = newEntry({ command: "visit.cancel", title: "", payload: { visit_id: 4, reason: "出差" } });
  const rows = dayRows(calendar, [done, fresh, called], "2026-03-02", (at) => at.slice(11, 16));
  expect(rows.map((found) => [found.start, found.name, found.state])).toEqual([
    ["00:10", "单雪", "waiting"],
    ["09:00", "客户2", "done"],
    ["10:00", "客户1", "waiting"],
  ]);
});

test("the daily report begins with what was done and what comes", () => {
  const base = { key: "", customer: "", day: "", minutes: null, plan: null, entry: null, late: false, stop: 0 };
  const rows = [{ ...base, name: "单雪", start: "09:00", state: "done" as const, aim: "" }, { ...base, name: "王磊", start: "", state: "planned" as const, aim: "" }];
  const tomorrow = [{ ...base, name: "周明", start: "10:00", state: "planned" as const, aim: "随访" }];
  expect(composed(rows, tomorrow)).toEqual({ text: "今日完成拜访 1 次：单雪。\n未完成 1 次：王磊。", tomorrow: "10:00 周明（随访）" });
});

test("customers are found by name, phone, pinyin and initials", () => {
  const found = { ...doctor, phone: "025-8310" };
  expect(["单", "sx", "shanx", "8310", "心内"].map((asked) => matches(found, asked))).toEqual([true, true, true, true, true]);
  expect(["xs", "王"].map((asked) => matches(found, asked))).toEqual([false, false]);
  expect([letterOf(doctor), letterOf({ ...doctor, initials: "", sort_key: "" })]).toEqual(["S", "#"]);
});

test("days are said as people say them", () => {
  const said = ["2026-03-01", "2026-03-02", "2026-03-03", "2026-03-06", "2026-04-05", "2025-12-31"].map((day) => human(day, "2026-03-02"));
  expect(said).toEqual(["昨天", "今天", "明天", "周五", "4月5日", "2025年12月31日"]);
  expect(addDays("2026-02-27", 2)).toBe("2026-03-01");
});

test("distances are those of the globe", () => {
  expect(Math.round(metresBetween([118.78, 32.06], [118.79, 32.06]))).toBe(942);
  expect([shownDistance(942), shownDistance(12_345)]).toEqual(["940 米", "12.3 公里"]);
});

test("the way to a customer opens the phone's own maps", () => {
  const at = { name: "鼓楼医院", longitude: 118.78, latitude: 32.06, address: "" };
  expect(mapsAddress(at, "Android")).toBe(`geo:32.06,118.78?q=32.06,118.78(${encodeURIComponent("鼓楼医院")})`);
  expect(mapsAddress(at, "iPhone")).toContain("maps:?daddr=32.06,118.78");
  expect(mapsAddress({ name: "x", address: "" } as Customer, "Android")).toBe("");
});
