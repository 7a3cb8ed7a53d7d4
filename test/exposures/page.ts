import type { Exposure } from "essai";
import { vi } from "vitest";

/** A storage as browsers have it: its keys are its own properties. */
export function fakeStorage(quota = Infinity): Storage {
  const values: Record<string, string> = {};
  const methods = {
    getItem: (key: string) => values[key] ?? null,
    setItem: (key: string, value: string) => {
      if (Object.keys(values).length >= quota) throw new DOMException("full", "QuotaExceededError");
      values[key] = value;
    },
    removeItem: (key: string) => {
      delete values[key];
    },
  };
  return new Proxy(values, {
    get: (_, key) => (key === "length" ? Object.keys(values).length : Reflect.get(methods, key)),
  }) as unknown as Storage;
}

/** Web Locks of one browser: each name has one holder, the others wait. */
export function fakeLocks() {
  const holders = new Map<string, Promise<unknown>>();
  return {
    request(name: string, { signal }: { signal: AbortSignal }, hold: () => Promise<void>) {
      const granted = (holders.get(name) ?? Promise.resolve()).then(() => {
        if (signal.aborted) throw signal.reason;
        return hold();
      });
      holders.set(
        name,
        granted.catch(() => undefined),
      );
      return granted;
    },
  };
}

/** A page that hears what it is told: `pagehide`, `visibilitychange` … */
export function fakePage() {
  const target = new EventTarget();
  const shown = new EventTarget() as EventTarget & { visibilityState: string };
  shown.visibilityState = "visible";
  vi.stubGlobal("addEventListener", target.addEventListener.bind(target));
  vi.stubGlobal("document", shown);
  return {
    tell: (name: string, persisted = false) =>
      target.dispatchEvent(Object.assign(new Event(name), { persisted })),
    turn(visibilityState: "visible" | "hidden") {
      shown.visibilityState = visibilityState;
      shown.dispatchEvent(new Event("visibilitychange"));
    },
  };
}

/** A receiver in place of `fetch`. */
export function fakeFetch(answer: (call: number) => Response | Promise<Response> = () => new Response()) {
  const requests: { readonly ids: string[]; readonly bytes: number; readonly keepalive: boolean }[] = [];
  const fetch = (async (_: string, { body, keepalive }: RequestInit) => {
    const text = String(body);
    const ids = (JSON.parse(text) as Exposure[]).map(({ id }) => id);
    requests.push({ ids, bytes: Buffer.byteLength(text), keepalive: keepalive === true });
    return answer(requests.length - 1);
  }) as unknown as typeof globalThis.fetch;
  return { fetch, requests };
}
