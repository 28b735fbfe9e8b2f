import { computed, reactive } from "vue";

import { Offline, SignedOut, WebApi } from "./api";
import { clock, today } from "./dates";
import { dayRows, mergedCustomers } from "./merged";
import { newEntry, type NewEntry } from "./outbox";
import { openReminders } from "./reminders";
import { asChanged, changesOf } from "./plans";
import { type Profile, Store } from "./store";
import { type Outcome, profileOf, type Start, Sync } from "./sync";
import type { CalendarRow, Catalogue, Customer, Entry, KeptItem, Reminders, Results, Words } from "./types";
import { chosenLanguage, languageTag, speak } from "./text";
import { uuid7 } from "./uid";

const EVERY_MS = 60_000;
const PERSON = "repertory-person";
const DEVICE = "repertory-device";
const LEAVING = "repertory-leaving";

type Phase = "starting" | "sign-in" | "ready" | "unreachable";

/** What the screens show. Everything of it lies sealed in the store; this is the copy in memory. */
export const state = reactive({
  phase: "starting" as Phase,
  online: navigator.onLine,
  /** The session has ended: the queue stays, the person is asked to sign in. */
  signedOut: false,
  syncing: false,
  outcome: "" as Outcome | "",
  message: "",
  lastContact: 0,
  worker: "serviceWorker" in navigator,
  profile: null as Profile | null,
  customers: [] as Customer[],
  calendar: [] as CalendarRow[],
  catalogue: null as Catalogue | null,
  words: {} as Words,
  results: null as Results | null,
  reminders: null as Reminders | null,
  kept: [] as KeptItem[],
  entries: [] as Entry[],
  today: today(),
});

export const unsent = computed(() => state.entries.filter((entry) => entry.state !== "sent").length);
export const trouble = computed(() => state.entries.filter((entry) => entry.state === "trouble"));
export const customers = computed(() => mergedCustomers(state.customers, state.entries));
export const reminders = computed(() => openReminders(state.reminders, state.entries));
const byKey = computed(() => new Map(customers.value.map((row) => [row.key, row])));

let store: Store | null = null;
let sync: Sync | null = null;
export const api = new WebApi();
const channel = "BroadcastChannel" in window ? new BroadcastChannel("repertory") : null;

export function customer(key: string): Customer | null {
  return byKey.value.get(key) ?? null;
}

export function rowsOf(day: string) {
  return dayRows(state.calendar, state.entries, day, clock);
}

/** A visit in one's own calendar as it stands with what was changed here; null for one called off here. */
export function planned(id: number): CalendarRow | null {
  const found = state.calendar.find((row) => row.id === id);
  return found ? asChanged(found, changesOf(state.entries).get(id)) : null;
}

/** One's own planned visits to a customer, from today on. */
export function upcoming(key: string): CalendarRow[] {
  const changes = changesOf(state.entries);
  const rows = state.calendar.filter((row) => String(row.customer_id) === key && row.status === "planned");
  const standing = rows.flatMap((row) => asChanged(row, changes.get(row.id)) ?? []);
  return standing.filter((row) => row.day >= state.today).sort((one, other) => one.day.localeCompare(other.day));
}

export function word(group: string, code: string | undefined): string {
  return code ? (state.words[group]?.[code] ?? code) : "";
}

export function deviceName(): string {
  let name = localStorage.getItem(DEVICE);
  if (!name) {
    name = uuid7();
    localStorage.setItem(DEVICE, name);
  }
  return name;
}

export function keeper(): Store {
  if (!store) throw new Error("not ready");
  return store;
}

/** From what lies on the phone, without asking anybody; then the network, if there is one. */
export function start(): Promise<void> {
  channel?.addEventListener("message", () => void reload());
  window.addEventListener("online", () => {
    state.online = true;
    void syncNow();
  });
  window.addEventListener("offline", () => (state.online = false));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void wake();
  });
  window.setInterval(() => {
    if (document.visibilityState === "visible") void syncNow();
  }, EVERY_MS);
  // Counts as a run: a network that comes back meanwhile waits for it instead of working on a store that is half open.
  running = begin().finally(() => (running = null));
  return running;
}

async function begin(): Promise<void> {
  await speakTo(null);
  const known = Number(localStorage.getItem(PERSON));
  if (known) await openStore(known);
  if (store && !store.locked) state.phase = "ready";
  await syncOnce();
}

async function wake(): Promise<void> {
  state.today = today();
  if (store && (await store.isStale(Date.now()))) {
    await store.forget();
    state.phase = "sign-in";
  }
  await syncNow();
}

async function openStore(userId: number): Promise<void> {
  const opened = await Store.open(userId);
  if (await opened.isStale(Date.now())) await opened.forget();
  store?.close();
  store = opened;
  localStorage.setItem(PERSON, String(userId));
  sync = new Sync(store, api, deviceName(), undefined, undefined, changed);
  await reload();
}

async function reload(): Promise<void> {
  if (!store || store.locked) return;
  const [customers, calendar, catalogue, words, results, reminders, kept, entries, profile, contact] = await Promise.all([
    store.readShelf<Customer[]>("customers"),
    store.readShelf<CalendarRow[]>("calendar"),
    store.readShelf<Catalogue>("catalogue"),
    store.readShelf<Words>("words"),
    store.readShelf<Results>("results"),
    store.readShelf<Reminders>("reminders"),
    store.readShelf<KeptItem[]>("items"),
    store.entries(),
    store.profile(),
    store.lastContact(),
  ]);
  Object.assign(state, { catalogue, results, reminders, entries, profile, lastContact: contact });
  state.customers = customers ?? [];
  state.calendar = calendar ?? [];
  state.words = words ?? {};
  state.kept = kept ?? [];
  document.documentElement.dataset.theme = profile?.theme ?? "system";
  await speakTo(profile);
}

/** In the person's language; before anybody is known, in the browser's. */
async function speakTo(profile: Profile | null): Promise<void> {
  const language = chosenLanguage(profile?.language, navigator.language);
  // A dictionary that can't be fetched now is no reason to stop.
  await speak(language).catch(() => {});
  document.documentElement.lang = languageTag();
}

async function changed(): Promise<void> {
  await reload();
  channel?.postMessage("changed");
}

let running: Promise<void> | null = null;

export function syncNow(): Promise<void> {
  running ??= syncOnce().finally(() => (running = null));
  return running;
}

async function syncOnce(): Promise<void> {
  state.syncing = true;
  try {
    if (!store || store.locked) await signIn();
    else await carryOn();
  } finally {
    state.syncing = false;
  }
}

/** Nobody is known here, or the key is gone: whoever is signed in at the server. */
async function signIn(): Promise<void> {
  try {
    if (localStorage.getItem(LEAVING)) await endSession();
    const session = await api.session(deviceName());
    // Comes while the database here is opened; a pull that fails is told of by whoever waits for it.
    const everything = api.pull("", []);
    everything.catch(() => {});
    await openStore(session.user_id);
    await keeper().unlock(session.key, profileOf(session));
    await carryOn({ session, everything });
    if (state.phase !== "ready") await reload();
    state.phase = "ready";
  } catch (error) {
    state.phase = error instanceof Offline ? "unreachable" : "sign-in";
  }
}

async function carryOn(start?: Start): Promise<void> {
  const outcome = await sync!.run(start);
  state.outcome = outcome;
  state.message = outcome === "failed" ? sync!.message : "";
  state.signedOut = outcome === "signed-out";
  if (outcome === "done") state.phase = "ready";
  if (outcome === "other-person") {
    // The other one's data stays sealed in its own place; this one starts with an own.
    store!.close();
    store = null;
    await signIn();
  }
}

/** On the disk first, then on its way. `draft` disappears in the same step. */
export async function put(entries: Entry[], draft = ""): Promise<void> {
  await keeper().putEntries(entries, draft);
  await changed();
  // A run that is on its way may be past the sending already.
  const before = running;
  void syncNow().then(() => (before ? syncNow() : undefined));
}

export async function add(made: NewEntry): Promise<Entry> {
  const entry = newEntry(made);
  await put([entry]);
  return entry;
}

export async function drop(uids: string[]): Promise<void> {
  await keeper().dropEntries(uids);
  await changed();
}

/** Customers and key leave the phone; what is unsent stays sealed and goes out after the next sign-in. */
export async function signOut(): Promise<void> {
  await keeper().forget();
  keeper().close();
  store = null;
  localStorage.removeItem(PERSON);
  localStorage.setItem(LEAVING, "1");
  Object.assign(state, { customers: [], calendar: [], entries: [], kept: [], catalogue: null, results: null, reminders: null, profile: null });
  try {
    await endSession();
    state.phase = "sign-in";
  } catch {
    state.phase = "unreachable";
  }
}

/** The session's cookie is the server's to end; without a network it ends at the next contact, before anything else. */
async function endSession(): Promise<void> {
  try {
    await api.session(deviceName());
    await api.signOut();
  } catch (error) {
    if (!(error instanceof SignedOut)) throw error;
  }
  localStorage.removeItem(LEAVING);
}
