import type { Catalogue } from "../core/catalogue.js";
import type { DataMapping } from "../core/data-mapping.js";
import type { Definition } from "../core/definition.js";
import { catalogueSchema, definitionSchema, experimentFileSchema } from "../definition/definition.schema.js";
import {
  Checks,
  catalogueFrom,
  checkDefinition,
  definitionFrom,
  frozenJson,
  isRecord,
} from "../definition/index.js";
import { ExperimentError, errorOf, type Problem, wrong_type } from "../errors/index.js";
import { zodProblems } from "./zod-problems.js";

/** Throws all problems; one a place, the first list's before the second's. */
function throwAny(problems: readonly Problem[], more: readonly Problem[]): void {
  const places = problems.map(({ path }) => path.join("\n"));
  const told = (path: string) =>
    places.some((place) => place === path || place.startsWith(`${path}\n`) || path.startsWith(`${place}\n`));
  const all = [...problems, ...more.filter(({ path }) => path.length > 0 && !told(path.join("\n")))];
  if (all.length > 0) throw errorOf(all);
  if (more.length > 0) throw errorOf(more);
}

/**
 * Reads a definition, `essai.experiment/1`, from unknown JSON.
 * @param json  what `JSON.parse` gave
 * @returns the definition, deeply frozen
 * @throws ExperimentError with every problem at once: code, path, received, fix
 */
export function parseDefinition(json: unknown): Definition {
  const checks = new Checks();
  const definition = frozenJson(json, checks);
  if (isRecord(definition)) checkDefinition(definition, checks);
  throwAny(checks.problems, zodProblems(definitionSchema, definition));
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
 * @param json  what `JSON.parse` gave
 * @returns the definition, defaults filled in, and the `data` section
 * @throws ExperimentError with every problem at once: code, path, received, fix
 */
export function parseExperiment(json: unknown): ExperimentFile {
  const checks = new Checks();
  const copy = frozenJson(json, checks);
  if (!isRecord(copy)) {
    if (checks.problems.length > 0) throw errorOf(checks.problems);
    throw new ExperimentError({ wrong_type }, [], json);
  }
  const { data, ...experiment } = copy;
  const complete = experiment.format !== undefined;
  const definition = complete ? experiment : definitionFrom(experiment, checks);
  if (complete) checkDefinition(definition, checks);
  const schema = complete
    ? definitionSchema.extend({ data: experimentFileSchema.shape.data })
    : experimentFileSchema;
  throwAny(checks.problems, zodProblems(schema, copy));
  return {
    definition: Object.freeze(definition) as unknown as Definition,
    ...(data === undefined ? {} : { data: data as unknown as DataMapping }),
  };
}

/**
 * Reads a catalogue, `essai.catalogue/1`, from unknown JSON.
 * @param json  what `JSON.parse` gave
 * @returns the catalogue, deeply frozen, for `createAssigner`
 * @throws ExperimentError with every problem at once, those of each definition and between them: code, path, received,
 *   fix
 */
export function parseCatalogue(json: unknown): Catalogue {
  const checks = new Checks();
  const catalogue = catalogueFrom(json, checks);
  throwAny(checks.problems, zodProblems(catalogueSchema, catalogue));
  return catalogue;
}
