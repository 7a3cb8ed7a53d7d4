import type { Assignment } from "../core/assignment.js";
import type { Catalogue } from "../core/catalogue.js";
import type { Definition } from "../core/definition.js";
import { invalid_catalogue, unknown_key } from "../core/errors.js";
import { ExperimentError } from "../core/experiment-error.js";
import type { CallOptions } from "./call-options.js";
import { compileExperiment, type Resolve } from "./compile-experiment.js";
import type { Sticky } from "./sticky.js";

/** A unit's assignments as a small JSON, from which `hydrate` answers without evaluating anything. */
export interface Snapshot {
  readonly format: "essai.snapshot/1";
  readonly assignments: readonly Assignment<string, unknown>[];
}

/** A compiled catalogue; never changes. */
export interface Assigner {
  /**
   * @param experiment  a key of the catalogue, or the definition itself, whose types the assignment then has
   * @param context     the unit's id under the name the definition gives, and its attributes
   * @returns the unit's assignment in one experiment
   * @throws ExperimentError `unknown_key`, `invalid_unit_id`, `missing_now`, `unknown_variant` of an override
   */
  assign<V extends string, P>(
    experiment: Definition<V, P>,
    context: object,
    options?: CallOptions,
  ): Assignment<V, P>;
  assign(experiment: string, context: object, options?: CallOptions): Assignment<string, unknown>;
  /**
   * @returns the unit's assignments in the catalogue's order, without experiments whose unit the context does not name
   * @throws ExperimentError as `assign`
   */
  assignAll(context: object, options?: CallOptions): Assignment<string, unknown>[];
  /**
   * @returns one assignment a context, in order: for scripts
   * @throws ExperimentError as `assign`
   */
  batch<V extends string, P>(
    experiment: Definition<V, P>,
    contexts: readonly object[],
    options?: CallOptions,
  ): Assignment<V, P>[];
  batch(
    experiment: string,
    contexts: readonly object[],
    options?: CallOptions,
  ): Assignment<string, unknown>[];
  /**
   * @returns what `assignAll` gives, as JSON for a page
   * @throws ExperimentError as `assign`
   */
  snapshot(context: object, options?: CallOptions): Snapshot;
  readonly catalogue: Catalogue;
}

/** Options of {@link createAssigner}. */
export interface AssignerOptions {
  /** `keepSticky(store)` keeps units where they were first put; default nowhere. A ramp never needs it. */
  readonly sticky?: Sticky;
}

/**
 * Compiles a catalogue: every experiment with its audience, rules, layer, holdouts, prerequisites, schedule, status
 * and overrides.
 * @param catalogue  from `defineCatalogue` or `parseCatalogue`, or a literal with definitions made by
 *   `defineExperiment`; not to be changed afterwards
 * @param options    a store for sticky assignments
 * @returns the assigner
 * @throws ExperimentError `invalid_catalogue`
 */
export function createAssigner(catalogue: Catalogue, options?: AssignerOptions): Assigner {
  const compiled = new Map<string, Resolve>();
  const resolveOf = (key: string): Resolve => {
    let resolve = compiled.get(key);
    if (!resolve) {
      const definition = catalogue.experiments.find((each) => each.key === key)!;
      resolve = compileExperiment(definition, catalogue, resolveOf);
      if (options?.sticky) resolve = options.sticky(resolve, definition);
      compiled.set(key, resolve);
    }
    return resolve;
  };
  let at: string | undefined;
  try {
    for (const { key } of catalogue.experiments) resolveOf((at = key));
  } catch (cause) {
    // A circle of prerequisites or segments overflows the stack, an unknown name is no object, and so on.
    throw new ExperimentError({ invalid_catalogue }, ["experiments"], at, { cause });
  }
  const find = (experiment: string | Definition<string, unknown>): Resolve => {
    const key = (experiment as Definition<string, unknown>)?.key ?? experiment;
    const resolve = compiled.get(key);
    if (!resolve) throw new ExperimentError({ unknown_key }, ["experiment"], key);
    return resolve;
  };
  const assignAll = (context: object, call?: CallOptions) =>
    catalogue.experiments
      .filter(({ unit }) => (context as Record<string, unknown>)[unit] !== undefined)
      .map(({ key }) => compiled.get(key)!(context, call));
  return {
    assign: (experiment: string | Definition<string, unknown>, context: object, call?: CallOptions) =>
      find(experiment)(context, call),
    assignAll,
    batch: (
      experiment: string | Definition<string, unknown>,
      contexts: readonly object[],
      call?: CallOptions,
    ) => {
      const resolve = find(experiment);
      return contexts.map((context) => resolve(context, call));
    },
    snapshot: (context, call) => ({ format: "essai.snapshot/1", assignments: assignAll(context, call) }),
    catalogue,
  } as Assigner;
}
