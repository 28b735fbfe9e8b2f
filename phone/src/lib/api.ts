import type { Answer, Entry, KeptItem, Pulled, Session } from "./types";

export class Offline extends Error {}
export class SignedOut extends Error {}
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export interface Api {
  session(device: string): Promise<Session>;
  push(device: string, entries: Entry[]): Promise<Answer[]>;
  pull(since: string, want: number[]): Promise<Pulled>;
  item(uid: string): Promise<KeptItem>;
  discard(uid: string, reason: string): Promise<KeptItem>;
  signOut(): Promise<void>;
}

const PATIENCE_MS = 30_000;

/** The REST API with the session's cookie. Whatever is no JSON from the API is a sign-in page, or a hotel's Wi-Fi. */
export class WebApi implements Api {
  private csrf = "";

  constructor(private readonly send: typeof fetch = (...given) => fetch(...given)) {}

  async session(device: string): Promise<Session> {
    const found = await this.ask<Session>("GET", `sync/session?device=${encodeURIComponent(device)}`);
    this.csrf = found.csrf;
    return found;
  }

  async push(device: string, entries: Entry[]): Promise<Answer[]> {
    const items = entries.map(({ uid, command, payload, device_at, corrected }) => ({
      uid,
      command,
      payload,
      device_at,
      corrected,
    }));
    return (await this.ask<{ items: Answer[] }>("POST", "sync/push", { device, items })).items;
  }

  pull(since: string, want: number[]): Promise<Pulled> {
    const asked = new URLSearchParams({ since, want: want.join(",") });
    return this.ask<Pulled>("GET", `sync/pull?${asked}`);
  }

  item(uid: string): Promise<KeptItem> {
    return this.ask<KeptItem>("GET", `sync/items/${uid}`);
  }

  discard(uid: string, reason: string): Promise<KeptItem> {
    return this.ask<KeptItem>("POST", `sync/items/${uid}/discarding`, { reason });
  }

  async signOut(): Promise<void> {
    await this.raw("/accounts/logout/", { method: "POST", headers: { "X-CSRFToken": this.csrf }, redirect: "manual" });
  }

  private async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const headers: Record<string, string> = { Accept: "application/json", "X-Repertory-Phone": "1" };
    if (body !== undefined) {
      headers["Content-Type"] = "application/json";
      headers["X-CSRFToken"] = this.csrf;
    }
    const answer = await this.raw(`/api/v1/${path}`, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (answer.status === 401 || answer.redirected) throw new SignedOut();
    const told = await this.json(answer);
    if (!answer.ok) throw new Refused(answer.status, String(told.code ?? ""), String(told.message ?? ""));
    return told as T;
  }

  private async json(answer: Response): Promise<Record<string, unknown>> {
    if (!answer.headers.get("Content-Type")?.startsWith("application/json")) throw new Offline();
    try {
      return (await answer.json()) as Record<string, unknown>;
    } catch {
      throw new Offline();
    }
  }

  private async raw(url: string, given: RequestInit): Promise<Response> {
    try {
      return await this.send(url, {
        ...given,
        credentials: "same-origin",
        cache: "no-store",
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
    } catch {
      throw new Offline();
    }
  }
}
