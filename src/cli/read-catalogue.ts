import type { Catalogue } from "../core/catalogue.js";
import { isRecord } from "../definition/index.js";
import { within } from "../errors/index.js";
import { parseCatalogue, parseExperiment } from "../schema/index.js";
import { readJson } from "./read-json.js";

/**
 * Reads a catalogue, or an experiment file as a catalogue of one.
 * @param file    its path
 * @param option  the option or argument that named it
 * @throws ExperimentError as `readJson` at [option], and every problem of what the file holds, at paths within it
 */
export async function readCatalogue(file: string, option: string): Promise<Catalogue> {
  const json = await readJson(file, option);
  return within([option], () =>
    isRecord(json) && Array.isArray(json.experiments)
      ? parseCatalogue(json)
      : { experiments: [parseExperiment(json).definition] },
  );
}
