/** What the server sends and takes; rows leave out what is empty. */
export type Ref = { $ref: string };
/** A customer on the phone: the server's key as text, or "u:<uid>" for one that was made here and not sent yet. */
export type Key = string;

export interface TalkedRow {
  id: number;
  attitude?: string;
  messages?: number[];
}
export interface VisitSummary {
  id: number;
  day: string;
  mode: string;
  purpose: string;
  subject?: string;
  minutes?: number;
  who?: string;
  next?: string;
  products?: TalkedRow[];
}
export interface Customer {
  id: number;
  key: Key;
  version: number;
  code: string;
  kind: string;
  name: string;
  alias?: string;
  sort_key?: string;
  initials?: string;
  tier?: string;
  stage?: string;
  title?: string;
  grade?: string;
  department?: string;
  institution_id?: number;
  institution_name?: string;
  address?: string;
  longitude?: number;
  latitude?: number;
  phone?: string;
  hours?: string;
  contact_preference?: string;
  last_contact_on?: string;
  next_contact_on?: string;
  visits?: VisitSummary[];
  open?: [number, string, string][];
  waiting?: boolean;
}
export interface CalendarRow {
  id: number;
  version: number;
  customer_id: number;
  name: string;
  status: string;
  mode: string;
  purpose: string;
  day: string;
  start?: string;
  planned_minutes?: number;
  aim?: string;
  prepare?: string;
  subject?: string;
  starts_at?: string;
  distance_m?: number;
  late?: boolean;
  /** Its place, from 1, on the way of its day. */
  stop?: number;
}
export interface Reminder {
  id: number;
  label: string;
  text: string;
  group: string;
  due_on: string;
  due_at: string | null;
  object_type: string;
  object_id: number;
  url: string;
}
/** count: all that are open, of which `rows` holds the earliest due. */
export interface Reminders {
  rows: Reminder[];
  count: number;
  due: number;
}
export interface Message {
  id: number;
  theme: string;
  title: string;
  text: string;
  audiences: string[];
  departments: string[];
}
export interface Product {
  id: number;
  generic_name: string;
  trade_name: string;
  messages: Message[];
}
export interface Material {
  id: number;
  title: string;
  number: number;
  electronic: boolean;
  left: number;
  audiences: string[];
}
export interface Lot {
  id: number;
  product_id: number;
  pack: string;
  lot: string;
  expires_on: string;
  left: number;
  expired: boolean;
}
export interface Catalogue {
  products: Product[];
  materials: Material[];
  samples: Lot[];
}
export interface Results {
  month: string;
  done: number;
  planned: number;
  kept: number;
  field: number;
  late: number;
  customers: number;
  tiers: { tier: string; customers: number; reached: number }[];
}
export type Words = Record<string, Record<string, string>>;

export interface Answer {
  uid: string;
  status: "applied" | "duplicate" | "conflict" | "rejected";
  first?: string | null;
  code: string;
  message: string;
  field: string;
  details: Record<string, unknown>;
  object_type: string;
  object_id: number | null;
}
/** An item in the server's quarantine, or settled there. */
export interface KeptItem {
  uid: string;
  command: string;
  label: string;
  title: string;
  status: "applied" | "conflict" | "rejected" | "discarded";
  code: string;
  message: string;
  field: string;
  details: Record<string, unknown>;
  object_id: number | null;
  device_at: string;
  settled_by: string;
  reason: string;
  payload?: Record<string, unknown>;
}
export interface Pulled {
  next: string;
  reset: boolean;
  server_at: string;
  customers: { rows: Omit<Customer, "key">[]; gone: number[]; all: number[] | null };
  calendar: CalendarRow[] | null;
  catalogue: Catalogue | null;
  words: Words | null;
  results: Results;
  reminders: Reminders;
  items: KeptItem[];
}
export interface Session {
  user_id: number;
  user: string;
  name: string;
  language: string;
  theme: string;
  roles: string[];
  territories: string[];
  key: string;
  idle_days: number;
  server_at: string;
  csrf: string;
}
export interface Position {
  at: string;
  longitude: number;
  latitude: number;
  accuracy_m: number | null;
  system: "wgs84";
}

export type EntryState = "waiting" | "sent" | "trouble";
/** A thing that was done on this phone. tries: how often it was sent, the answer of the last time may be unknown. */
export interface Entry {
  uid: string;
  seq: number;
  command: string;
  title: string;
  payload: Record<string, unknown>;
  device_at: string;
  state: EntryState;
  tries: number;
  corrected: boolean;
  answer: Answer | null;
  settled_at: string;
}
