import type { Exposure } from "../core/assignment.js";
import { type OptionalKinds, requireParts } from "../errors/index.js";
import { requireExposure } from "./exposure-of.js";
import { type ExposureQueue, memoryQueue } from "./exposure-queue.js";

/** Options of {@link storedQueue}. */
export interface StoredQueueOptions {
  /** Exposures that may wait in the page. Default 50,000. */
  readonly capacity?: number;
  /**
   * Keys that the storage may hold, those of the site's own included; what comes beyond waits in the page only. Default
   * 2,000: half a megabyte of the five that a site has.
   */
  readonly most?: number;
  /** What the keys begin with, and the names of the locks. Default `"essai.exposures"`. */
  readonly key?: string;
  /** Where exposures are kept. Default `localStorage`; a browser may refuse it, and then they wait in the page only. */
  readonly storage?: () => Storage;
}

const optional = {
  capacity: 1,
  most: 0,
  key: "text",
  storage: "function",
} satisfies OptionalKinds<StoredQueueOptions>;

/**
 * A queue in the page and, as long as there is room, in its storage: one key per exposure, until the receiver has
 * confirmed it. What a page leaves, another one finds, at the next visit or in another tab. Each page owns the keys that
 * it made, by a Web Lock that ends with it, so that no two pages send the same; a browser without these locks sends some
 * twice, with the same id.
 * @param options  how much, and where
 * @returns the queue, for `createPageSender`; where the storage is refused or full, a queue in the page
 * @throws ExperimentError `invalid_argument` for the options, and for keys that are not known
 */
export function storedQueue(options: StoredQueueOptions = {}): ExposureQueue {
  requireParts(options, ["options"], {}, optional);
  const {
    capacity = 50_000,
    most = 2_000,
    key = "essai.exposures",
    storage = () => localStorage,
  } = options ?? {};
  const queue = memoryQueue(capacity);
  /** The key of each exposure that the storage holds: the queue's, the page's, the exposure's own. */
  const kept = new Map<Exposure, string>();
  const page = crypto.getRandomValues(new Uint32Array(2)).join("-");
  const pageOf = (name: string) => name.slice(key.length + 1).split(":", 1)[0] ?? "";
  let leaving = new AbortController();

  /** Whatever a storage throws (refused, full, gone), the page goes on without it. */
  const stored = (use: (storage: Storage) => void) => {
    try {
      use(storage());
    } catch {
      // What is not kept is at risk, and told as lost when it is.
    }
  };
  const names = (storage: Storage) => Object.keys(storage).filter((each) => each.startsWith(`${key}:`));
  const adopt = (left: string) =>
    stored((storage) => {
      const mine = new Set(kept.values());
      for (const name of names(storage).filter((each) => pageOf(each) === left && !mine.has(each))) {
        try {
          const exposure: Exposure = JSON.parse(storage.getItem(name) ?? "");
          requireExposure(exposure, [name]);
          if (queue.put(exposure)) kept.set(exposure, name);
        } catch {
          // Not of this queue's making, or of another version.
          storage.removeItem(name);
        }
      }
    });
  /** Holds a page's lock until this page is left, as soon as nobody else does. */
  const own = async (left: string, then?: () => void) => {
    const { signal } = leaving;
    const hold = () => {
      then?.();
      return new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
    };
    const locks = globalThis.navigator?.locks;
    if (!locks) then?.();
    // Rejects when the page is left, and where a page may have no locks: it has no storage either.
    else await locks.request(`${key}:${left}`, { signal }, hold).catch(() => undefined);
  };

  return {
    get size() {
      return queue.size;
    },
    put(exposure) {
      const taken = queue.put(exposure);
      if (taken)
        stored((storage) => {
          if (storage.length >= most) return;
          const name = `${key}:${page}:${exposure.id}`;
          storage.setItem(name, JSON.stringify(exposure));
          kept.set(exposure, name);
        });
      return taken;
    },
    head: queue.head,
    remove(exposures) {
      stored((storage) => {
        for (const each of exposures) {
          const name = kept.get(each);
          if (name !== undefined) storage.removeItem(name);
          kept.delete(each);
        }
      });
      return queue.remove(exposures);
    },
    atRisk: () => queue.head(1 / 0).filter((each) => !kept.has(each)),
    recover(found) {
      leaving = new AbortController();
      void own(page);
      stored((storage) => {
        for (const left of new Set(names(storage).map(pageOf)))
          if (left !== page)
            void own(left, () => {
              adopt(left);
              found();
            });
      });
    },
    release: () => leaving.abort(),
    close: () => leaving.abort(),
  };
}
