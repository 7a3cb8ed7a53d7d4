import { dirname, isAbsolute, join } from "node:path";
import type { DataMapping, Relation } from "../core/data-mapping.js";

/** A path as an experiment file means it: from the file's own folder; URLs and absolute paths stay as they are. */
function beside<R extends Relation>(relation: R, experimentFile: string): R {
  const { file } = relation;
  if (file === undefined || isAbsolute(file) || /^[a-z][a-z0-9+.-]+:\/\//i.test(file)) return relation;
  return { ...relation, file: join(dirname(experimentFile), file) };
}

/**
 * The files that an experiment file's data section names, found from wherever the command is run.
 * @param data            the data section
 * @param experimentFile  path of the experiment file
 * @returns the same mapping, its relative paths now relative to the working folder
 */
export function filesBeside(data: DataMapping, experimentFile: string): DataMapping {
  if (!("exposures" in data)) return beside(data, experimentFile);
  return {
    ...data,
    exposures: beside(data.exposures, experimentFile),
    events: beside(data.events, experimentFile),
  };
}
