import { ExperimentError, refuseType, unwritable_folder } from "../../errors/index.js";
import { checkFields, type FieldsFor } from "../../shapes/index.js";
import type { ExposureQueue } from "../exposure-queue.js";
import { Spill, type SpillOptions } from "./spill.js";

const fields = {
  capacity: { kind: "number", whole: true, atLeast: 1, optional: true },
  maxBytes: { kind: "number", whole: true, atLeast: 0, optional: true },
  syncEvery: { kind: "number", atLeast: 0, atMost: 2_147_483_647, optional: true },
  onError: { kind: "function", optional: true },
} as const satisfies FieldsFor<SpillOptions>;

/**
 * A queue on disk, for a server: an exposure that `send` took is in a file of the folder, and what a killed process has
 * left is sent by the next one. Beyond what memory holds, exposures wait in the file only.
 * @param folder   a folder of this process alone, made if need be
 * @param options  how much to hold, and how often to force it onto the disk
 * @returns the queue, for `createSender`; close the sender to give the folder back
 * @throws ExperimentError `unknown_key`, `out_of_range` … for the options; `folder_in_use` while another process has the
 *   folder; `unwritable_folder` where it cannot be made or written
 */
export function spillQueue(folder: string, options: SpillOptions = {}): ExposureQueue {
  if (typeof folder !== "string" || folder === "") refuseType(folder, ["folder"], "text");
  checkFields(options, fields, ["options"]);
  try {
    return new Spill(folder, options);
  } catch (cause) {
    if (cause instanceof ExperimentError) throw cause;
    throw new ExperimentError({ unwritable_folder }, ["folder"], folder, { cause });
  }
}
