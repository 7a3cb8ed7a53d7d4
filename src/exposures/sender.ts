import { type OptionalKinds, type RequiredKinds, requireParts } from "../errors/index.js";
import { type ExposureQueue, memoryQueue } from "./exposure-queue.js";
import type { Transport } from "./post-to.js";
import { type Sender, sendingFrom, type Tuning, tuning } from "./sending.js";

/** Options of {@link createSender}. */
export interface SenderOptions extends Tuning {
  readonly transport: Transport;
  /** Where exposures wait, e.g. `spillQueue(folder)` of `essai/exposures/node`. Default: in memory. */
  readonly queue?: ExposureQueue;
}

const required = { transport: "function" } satisfies RequiredKinds<SenderOptions>;
const optional = { ...tuning, queue: "object" } satisfies OptionalKinds<SenderOptions>;

/**
 * Makes a sender.
 * @param options  the transport, how patient to be, and where exposures wait: `delay` and `timeout` at most 2³¹ − 1, the
 *                 other numbers whole
 * @returns a sender; nothing is lost silently: what could not be delivered is counted and told
 * @throws ExperimentError `invalid_argument` for the options, and for keys that are not known
 */
export function createSender(options: SenderOptions): Sender {
  requireParts(options, ["options"], required, optional);
  const { transport, queue = memoryQueue(options.capacity ?? 50_000) } = options;
  requireParts(queue, ["options", "queue"], { put: "function", head: "function", remove: "function" });
  return sendingFrom(transport, queue, options)[0];
}
