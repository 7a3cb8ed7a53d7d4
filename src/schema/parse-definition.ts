import type { Catalogue } from "../core/catalogue.js";
import type { DataMapping } from "../core/data-mapping.js";
import type { Definition } from "../core/definition.js";
import {
  Checks,
  catalogueFrom,
  checkDefinition,
  checkShape,
  definitionFrom,
  experimentFields,
  frozenJson,
  isRecord,
} from "../definition/index.js";
import { errorOf } from "../errors/index.js";
import { dataMappingShape, mappingProblems } from "../metrics/data/index.js";
import type { Fields } from "../shapes/index.js";

/** The keys of an experiment file: what `defineExperiment` takes, with the place of the data beside it. */
export const experimentFileFields: Fields = {
  ...experimentFields,
  data: { ...dataMappingShape, optional: true },
};

/**
 * Reads a definition, `essai.experiment/1`, from unknown JSON.
 * @param json  what `JSON.parse` gave
 * @returns the definition, deeply frozen
 * @throws ExperimentError with every problem at once: code, path, received, fix
 */
export function parseDefinition(json: unknown): Definition {
  const checks = new Checks();
  const definition = frozenJson(json, checks);
  checkDefinition(definition, checks);
  if (checks.problems.length > 0) throw errorOf(checks.problems);
  return definition as unknown as Definition;
}

/** What an experiment file holds. */
export interface ExperimentFile {
  readonly definition: Definition;
  /** Where the experiment's data lie and what their columns are called. */
  readonly data?: DataMapping;
}

/**
 * Reads an experiment file: what `defineExperiment` takes, as JSON (`variants` as an object or, where order or
 * names need it, as a list of `{key, payload}`), with an optional `data` section. A definition is read as well.
 * @param json  what `JSON.parse` gave; a `$schema` at its top is for editors, and left out of the definition
 * @returns the definition, defaults filled in, and the `data` section
 * @throws ExperimentError with every problem at once: code, path, received, fix
 */
export function parseExperiment(json: unknown): ExperimentFile {
  const checks = new Checks();
  const copy = frozenJson(json, checks);
  // As it is written: factors become variants in a definition.
  checkShape(copy, { kind: "object", has: experimentFileFields }, checks);
  const definition = definitionFrom(copy, checks, experimentFileFields);
  const data = isRecord(copy) ? copy.data : undefined;
  if (data !== undefined && checks.sound("data")) for (const each of mappingProblems(data)) checks.add(each);
  if (checks.problems.length > 0) throw errorOf(checks.problems);
  return { definition, ...(data === undefined ? {} : { data: data as unknown as DataMapping }) };
}

/**
 * Reads a catalogue, `essai.catalogue/1`, from unknown JSON.
 * @param json  what `JSON.parse` gave; a `$schema` at its top is for editors, and left out of the catalogue
 * @returns the catalogue, deeply frozen, for `createAssigner`
 * @throws ExperimentError with every problem at once, those of each definition and between them: code, path, received,
 *   fix
 */
export function parseCatalogue(json: unknown): Catalogue {
  const checks = new Checks();
  const catalogue = catalogueFrom(json, checks);
  if (checks.problems.length > 0) throw errorOf(checks.problems);
  return catalogue;
}
