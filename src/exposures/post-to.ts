import type { Exposure } from "../core/assignment.js";
import { requireParts } from "../errors/index.js";
import { requireExposure } from "./exposure-of.js";

/** What a transport may say of a failure, on the error that it rejects with. */
export interface TransportFailure {
  /** The answer's HTTP status. */
  readonly status?: number;
  /** Milliseconds that the receiver asks to be left alone (`Retry-After`). */
  readonly retryAfter?: number;
}

/**
 * Carries one batch away, and is kept once the receiver has it. What it rejects with is taken as "try again", unless it
 * has the `status` of a {@link TransportFailure} that no other try can change: a 4xx other than 408, 413, 425 and 429.
 */
export type Transport = (batch: readonly Exposure[], signal?: AbortSignal) => Promise<unknown>;

/** The request that carries exposures. */
export const requestOf = (body: string): RequestInit => ({
  method: "POST",
  body,
  headers: { "content-type": "application/json" },
});

/** @returns milliseconds, by the receiver's own clock where it names a time; 0 where it asks for nothing */
function retryAfterOf({ headers }: Response): number {
  const asked = headers.get("retry-after") ?? "";
  const until = Date.parse(asked) - Date.parse(headers.get("date") ?? "");
  return Math.max(0, /^\d+$/.test(asked) ? 1_000 * Number(asked) : until || 0);
}

/**
 * A transport that posts batches as a JSON array.
 * @param url    where to
 * @param fetch  default the global `fetch`
 * @returns the transport
 * @throws ExperimentError `invalid_argument` unless `url` is text and `fetch` a function
 * @throws ExperimentError within the promise, `invalid_argument` for what is not a list of exposures
 * @throws Error within the promise, on network errors and on answers other than 2xx; with `status` and `retryAfter` of
 *   the answer
 */
export function postTo(url: string, fetch: typeof globalThis.fetch = globalThis.fetch): Transport {
  requireParts({ url, fetch }, [], { url: "text", fetch: "function" });
  return async (batch, signal) => {
    requireParts(batch, ["batch"], { length: 1 });
    for (const [i, each] of [...batch].entries()) requireExposure(each, ["batch", i]);
    const answer = await fetch(url, { ...requestOf(JSON.stringify(batch)), signal: signal ?? null });
    // A body that nobody reads holds the connection; that it breaks off changes nothing.
    await answer.text().catch(() => "");
    const { status } = answer;
    if (!answer.ok)
      throw Object.assign(new Error(`${url} answered ${status}`), {
        status,
        retryAfter: retryAfterOf(answer),
      } satisfies TransportFailure);
  };
}
