import type { Exposure } from "../core/assignment.js";
import { type OptionalKinds, type RequiredKinds, requireParts } from "../errors/index.js";
import { type ExposureQueue, memoryQueue } from "./exposure-queue.js";
import { postTo, requestOf } from "./post-to.js";
import { type Sender, sendingFrom, type Tuning, tuning } from "./sending.js";

/** Options of {@link createPageSender}. */
export interface PageSenderOptions extends Tuning {
  /** Where to post batches, as `postTo` does. */
  readonly url: string;
  /** Default the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
  /** `storedQueue()` keeps what waits for the next visit. Default: in the page only. */
  readonly queue?: ExposureQueue;
}

const required = { url: "text" } satisfies RequiredKinds<PageSenderOptions>;
const optional = { ...tuning, fetch: "function", queue: "object" } satisfies OptionalKinds<PageSenderOptions>;

/** Bytes that a page may have on their way when it is left. */
const QUOTA = 65_536;
/** Of one request: where others use the quota too, small pieces fill what is left of it. */
const PIECE = 16_384;

/**
 * Makes a sender for a page. When the page is hidden or left, all that waits goes at once, whatever pause is in progress,
 * in pieces that outlive the page, as far as its quota reaches (64 KiB, some 300 exposures). The rest waits in the queue's
 * storage for the next visit; without storage it is lost, and told with `"left"`.
 * @param options  where to post, how patient to be, and where exposures wait
 * @returns the sender; close it to take its listeners from the page
 * @throws ExperimentError `invalid_argument` for the options, and for keys that are not known
 */
export function createPageSender(options: PageSenderOptions): Sender {
  requireParts(options, ["options"], required, optional);
  const { url, fetch = globalThis.fetch, queue = memoryQueue(options.capacity ?? 50_000) } = options;
  requireParts(queue, ["options", "queue"], { put: "function", head: "function", remove: "function" });
  /** Firefox before 133 has requests that outlive the page, but not by `fetch`. */
  const beacon = !("keepalive" in Request.prototype);
  /** On their way by a request that outlives the page, with the quota that is left and the visit that they belong to. */
  const flying = new Set<Exposure>();
  let [room, visit] = [QUOTA, 0];
  let left: readonly Exposure[] = [];
  const listening = new AbortController();
  const { signal } = listening;

  const [sender, aside] = sendingFrom(
    postTo(url, fetch),
    {
      get size() {
        return queue.size;
      },
      put: (exposure) => queue.put(exposure),
      head: (most) =>
        queue
          .head(most + flying.size)
          .filter((each) => !flying.has(each))
          .slice(0, most),
      remove: (exposures) => queue.remove(exposures),
      atRisk: () => queue.atRisk?.() ?? queue.head(1 / 0),
      recover: (found) => queue.recover?.(found),
      close() {
        listening.abort();
        queue.close?.();
      },
    },
    options,
  );
  const retry = () => void sender.flush();

  const carry = async (body: string): Promise<boolean> => {
    const request = requestOf(body);
    if (beacon) {
      // Accepted is not confirmed: it goes on waiting.
      navigator.sendBeacon(url, new Blob([body], { type: "application/json" }));
      return new Promise(() => undefined);
    }
    const answer = await fetch(url, { ...request, keepalive: true });
    await answer.text();
    return answer.ok;
  };
  const send = (piece: readonly Exposure[], texts: readonly string[], bytes: number) => {
    const now = visit;
    room -= bytes;
    for (const each of piece) flying.add(each);
    carry(`[${texts}]`)
      .catch(() => false)
      .then((confirmed) => {
        if (confirmed) aside.confirm(piece);
        if (now !== visit) return;
        room += bytes;
        for (const each of piece) flying.delete(each);
        if (confirmed && document.visibilityState === "hidden") leave();
      });
  };
  const leave = () => {
    let [piece, texts, bytes]: [Exposure[], string[], number] = [[], [], 1];
    const go = () => {
      if (piece.length > 0) send(piece, texts, bytes);
      [piece, texts, bytes] = [[], [], 1];
    };
    for (const exposure of queue.head(1 / 0)) {
      if (flying.has(exposure)) continue;
      const text = JSON.stringify(exposure);
      const size = new Blob([text]).size + 1;
      if (bytes + size > PIECE) go();
      if (bytes + size > room) break;
      piece.push(exposure);
      texts.push(text);
      bytes += size;
    }
    go();
  };
  const hide = () => {
    leave();
    const lost = (queue.atRisk?.() ?? queue.head(1 / 0)).filter((each) => !flying.has(each));
    left = [...left, ...lost];
    aside.lose(lost, "left");
    queue.release?.();
  };
  const show = ({ persisted }: PageTransitionEvent) => {
    if (!persisted) return;
    // The page is back as it was: what was given up too early goes after all.
    land();
    aside.restore(left);
    left = [];
    queue.recover?.(retry);
    retry();
  };
  const land = () => {
    visit++;
    room = QUOTA;
    flying.clear();
  };
  const turn = () => {
    if (document.visibilityState === "hidden") leave();
    else if (beacon) land();
    retry();
  };

  // On a server, where there is no page, nothing of the kind is heard.
  const { addEventListener: on, document: shown } = globalThis;
  on?.("pagehide", hide, { signal });
  on?.("pageshow", show, { signal });
  on?.("online", retry, { signal });
  shown?.addEventListener("visibilitychange", turn, { signal });
  return sender;
}
