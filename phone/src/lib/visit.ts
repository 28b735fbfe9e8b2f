import { newEntry } from "./outbox";
import { addDays, today } from "./dates";
import { t } from "./text";
import type { CalendarRow, Catalogue, Customer, Entry, Key, Position, Product, Ref } from "./types";
import { uuid7 } from "./uid";

const DEFAULT_MINUTES = 15;

export interface DraftProduct {
  id: number;
  attitude: string;
  messages: number[];
}
/** A visit while it is being written; saved at every change. visit: the planned visit that it completes. */
export interface Draft {
  id: string;
  customer: Key;
  name: string;
  visit: number | null;
  version: number | null;
  startsAt: string;
  minutes: number;
  checkIn: Position | null;
  mode: string;
  purpose: string;
  subject: string;
  products: DraftProduct[];
  focus: string;
  questions: string;
  consensus: string;
  disagreement: string;
  nextStep: string;
  materials: { id: number; quantity: number }[];
  samples: { id: number; quantity: number }[];
  signature: string;
  photos: string[];
  next: { on: string; starts: string; aim: string; prepare: string } | null;
  lateReason: string;
  adverse: "" | "none" | "opened";
  countsConfirmed: boolean;
  /** Entry that was refused and is being mended here. */
  mends: string;
}

/** "u:<uid>" stands for something made on this phone; the server puts the key in its place. */
export function refOf(key: Key): number | Ref {
  return key.startsWith("u:") ? { $ref: key.slice(2) } : Number(key);
}

export function keyOf(value: unknown): Key {
  return typeof value === "object" && value !== null ? `u:${(value as Ref).$ref}` : String(value);
}

/** With the last visit's values, as far as they still may be used. */
export function newDraft(customer: Customer, catalogue: Catalogue | null, plan: CalendarRow | null, now = new Date()): Draft {
  const last = customer.visits?.find((visit) => !visit.who) ?? customer.visits?.[0];
  const sold = new Map((catalogue?.products ?? []).map((product) => [product.id, product]));
  const products = (last?.products ?? []).flatMap((row) => {
    const product = sold.get(row.id);
    if (!product) return [];
    const usable = new Set(messagesFor(product, customer).map((message) => message.id));
    return [{ id: row.id, attitude: row.attitude ?? "", messages: (row.messages ?? []).filter((id) => usable.has(id)) }];
  });
  return {
    id: uuid7(now.getTime()),
    customer: customer.key,
    name: customer.name,
    visit: plan?.id ?? null,
    version: plan?.version ?? null,
    startsAt: new Date(Math.floor(now.getTime() / 1000) * 1000).toISOString(),
    minutes: last?.minutes ?? plan?.planned_minutes ?? DEFAULT_MINUTES,
    checkIn: null,
    mode: plan?.mode ?? last?.mode ?? "field",
    purpose: plan?.purpose ?? last?.purpose ?? "detail",
    subject: plan?.aim ?? last?.subject ?? "",
    products,
    focus: "",
    questions: "",
    consensus: "",
    disagreement: "",
    nextStep: "",
    materials: [],
    samples: [],
    signature: "",
    photos: [],
    next: null,
    lateReason: "",
    adverse: "",
    countsConfirmed: false,
    mends: "",
  };
}

/** The wordings that may be said to this customer. */
export function messagesFor(product: Product, customer: Pick<Customer, "kind" | "department">) {
  return product.messages.filter(
    (message) =>
      (!message.audiences.length || message.audiences.includes(customer.kind)) &&
      (!customer.department ||
        !message.departments.length ||
        message.departments.some((name) => customer.department!.includes(name) || name.includes(customer.department!))),
  );
}

export function suggestedNext(now = today()): { on: string; starts: string; aim: string; prepare: string } {
  return { on: addDays(now, 14), starts: "", aim: "", prepare: "" };
}

/** What is missing before the visit can be finished, "" when nothing is. */
export function missing(draft: Draft): string {
  if (!draft.customer) return t("请先选客户。");
  if (draft.samples.length && !draft.signature) return t("给样品要请客户签名。");
  return "";
}

/** The visit as entries of the outbox: its signature before it, its photos after it. */
export function entriesOf(draft: Draft, refused: Entry | null = null): Entry[] {
  const entries: Entry[] = [];
  let signature: Ref | null = null;
  if (draft.signature && draft.samples.length) {
    const signed = newEntry({
      command: "signature.keep",
      title: draft.name,
      payload: { customer_id: refOf(draft.customer), png: draft.signature },
    });
    entries.push(signed);
    signature = { $ref: signed.uid };
  }
  const payload = payloadOf(draft, signature);
  const visit = refused
    ? { ...refused, payload, corrected: refused.tries > 0, state: "waiting" as const, settled_at: "" }
    : newEntry({
        uid: draft.id,
        command: draft.visit === null ? "visit.record" : "visit.complete",
        title: draft.name,
        payload,
      });
  entries.push(visit);
  for (const [index, photo] of draft.photos.entries()) {
    entries.push(
      newEntry({
        command: "attachment.add",
        title: t("{name} 照片", { name: draft.name }),
        payload: { name: t("照片{number}", { number: index + 1 }), content: photo.slice(photo.indexOf(",") + 1), visit_id: { $ref: visit.uid } },
      }),
    );
  }
  return entries;
}

export function payloadOf(draft: Draft, signature: Ref | null): Record<string, unknown> {
  const starts = Date.parse(draft.startsAt);
  const about =
    draft.visit === null
      ? { customer_id: refOf(draft.customer) }
      : { visit_id: draft.visit, ...(draft.version === null ? {} : { version: draft.version }) };
  return {
    ...about,
    mode: draft.mode,
    purpose: draft.purpose,
    subject: draft.subject,
    starts_at: draft.startsAt,
    ends_at: new Date(starts + draft.minutes * 60_000).toISOString(),
    products: draft.products.map((row) => ({
      product_id: row.id,
      attitude: row.attitude,
      message_version_ids: [...row.messages],
    })),
    focus: draft.focus,
    questions: draft.questions,
    consensus: draft.consensus,
    disagreement: draft.disagreement,
    next_step: draft.nextStep,
    materials: draft.materials.map((row) => ({ version_id: row.id, quantity: row.quantity })),
    samples: draft.samples.map((row) => ({ lot_id: row.id, quantity: row.quantity, signature_id: signature })),
    check_in: draft.checkIn && { ...draft.checkIn },
    next_visit: draft.next && { ...draft.next, starts: draft.next.starts || null },
    late_reason: draft.lateReason,
    adverse_event: draft.adverse,
    prescription_text_confirmed: draft.countsConfirmed,
  };
}

type Payload = Record<string, any>;

/** A refused visit back in the form, with all that was typed. */
export function draftOf(entry: Entry, customer: Customer | null): Draft {
  const payload = entry.payload as Payload;
  const ended = payload.ends_at ? Date.parse(payload.ends_at) - Date.parse(payload.starts_at) : 0;
  return {
    id: entry.uid,
    customer: customer?.key ?? keyOf(payload.customer_id ?? ""),
    name: entry.title,
    visit: payload.visit_id ?? null,
    version: payload.version ?? null,
    startsAt: payload.starts_at,
    minutes: Math.round(ended / 60_000) || DEFAULT_MINUTES,
    checkIn: payload.check_in ?? null,
    mode: payload.mode,
    purpose: payload.purpose,
    subject: payload.subject ?? "",
    products: (payload.products ?? []).map((row: Payload) => ({
      id: row.product_id,
      attitude: row.attitude ?? "",
      messages: row.message_version_ids ?? [],
    })),
    focus: payload.focus ?? "",
    questions: payload.questions ?? "",
    consensus: payload.consensus ?? "",
    disagreement: payload.disagreement ?? "",
    nextStep: payload.next_step ?? "",
    materials: (payload.materials ?? []).map((row: Payload) => ({ id: row.version_id, quantity: row.quantity })),
    samples: (payload.samples ?? []).map((row: Payload) => ({ id: row.lot_id, quantity: row.quantity })),
    signature: "",
    photos: [],
    next: payload.next_visit ? { starts: "", aim: "", prepare: "", ...payload.next_visit } : null,
    lateReason: payload.late_reason ?? "",
    adverse: payload.adverse_event ?? "",
    countsConfirmed: Boolean(payload.prescription_text_confirmed),
    mends: entry.uid,
  };
}
