import type { Assignment } from "../core/assignment.js";
import type { Catalogue } from "../core/catalogue.js";
import type { Definition } from "../core/definition.js";
import { ExperimentError, invalid_definition, invalid_option, unknown_experiment } from "../errors/index.js";
import type { CallOptions } from "./call-options.js";
import { checkParts, isObject, isShare, isText, listOf, optional, type Tests } from "./check-parts.js";
import { compileExperiment, fields, type Resolve } from "./compile-experiment.js";
import type { Sticky } from "./sticky.js";

/** A unit's assignments as a small JSON, from which `hydrate` answers without evaluating anything. */
export interface Snapshot {
  readonly format: "essai.snapshot/1";
  /** How units were hashed. */
  readonly hash: "murmur3-1";
  readonly assignments: readonly Assignment<string, unknown>[];
}

/** A compiled catalogue; never changes. */
export interface Assigner {
  /**
   * @param experiment  a key of the catalogue, or the definition itself, whose types the assignment then has
   * @param context     the unit's id under the name the definition gives, and its attributes
   * @returns the unit's assignment in one experiment
   * @throws ExperimentError `unknown_experiment`, `invalid_unit_id`, `missing_now`, `invalid_option`
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
  /**
   * Told of an override that a call brought and that means nothing here: no such experiment, or no such variant. The
   * call goes on without it. What this throws is dropped: it is for a log, and must not break a page.
   */
  readonly onIgnoredOverride?: (experiment: string, override: unknown) => void;
}

type Known = Map<string, Assignment<string, unknown>>;

const isFunction = optional((value) => typeof value === "function");
const optionsWith = (tests: Tests) => checkParts({ invalid_option }, ["options"], tests);
const checkCall = optionsWith({ now: true, overrides: optional(isObject) });

/**
 * Compiles a catalogue: every experiment with its audience, rules, layer, holdouts, prerequisites, schedule, status
 * and overrides. Prerequisites are followed without recursion, each experiment once a call.
 * @param catalogue  from `defineCatalogue` or `parseCatalogue`, or a literal with definitions made by
 *   `defineExperiment`; not to be changed afterwards
 * @param options    a store for sticky assignments, a listener for overrides that mean nothing
 * @returns the assigner
 * @throws ExperimentError `invalid_definition` with the place, e.g. ["experiments", 0, "audience"], for what could not
 *   be compiled, for a key that is unknown, and for what would be ignored or fail for some units only; the engine's error
 *   is its `cause`. `invalid_option` for an option that is unknown or not a function
 */
export function createAssigner(catalogue: Catalogue, options?: AssignerOptions): Assigner {
  if (options) optionsWith({ sticky: isFunction, onIgnoredOverride: isFunction })(options);
  const { sticky, onIgnoredOverride } = options ?? {};
  const compiled = new Map<string, ReturnType<typeof compileExperiment>>();
  /** Works out what an experiment needs first, without recursion: `make` names it as long as it is not in `reached`. */
  const reach = <T>(
    key: string,
    make: (key: string, reached: Map<string, T> | undefined) => T | string,
    reached?: Map<string, T>,
  ): T => {
    const open = [key];
    while (true) {
      const last = open[open.length - 1]!;
      const made = make(last, reached);
      if (typeof made === "string") {
        reached ??= new Map();
        // A way longer than the catalogue goes round in a circle.
        if (open.push(made) > compiled.size) throw Error();
      } else {
        reached?.set(last, made);
        open.pop();
        if (!open[0]) return made;
      }
    }
  };
  checkParts({ invalid_definition }, [], {
    experiments: Array.isArray,
    format: optional((format) => format === "essai.catalogue/1"),
    segments: true,
    holdouts: optional(listOf(fields({ key: isText, share: isShare, unit: isText, layer: true }))),
  })(catalogue);
  catalogue.experiments.forEach((definition, i) => {
    compiled.set(
      definition?.key,
      compileExperiment(
        definition,
        catalogue,
        ["experiments", i],
        (key) => isText(key) && !compiled.has(key),
        sticky,
      ),
    );
  });
  const sound = new Map<string, boolean>();
  catalogue.experiments.forEach(({ key, prerequisites }, i) => {
    checkParts({ invalid_definition }, ["experiments", i], {
      prerequisites: () =>
        reach<boolean>(
          key,
          (each) =>
            compiled.get(each)![2].find(({ experiment }) => !sound.has(experiment))?.experiment ?? true,
          sound,
        ),
    })({ prerequisites });
  });
  const all = [...compiled];

  const resolve = (key: string, own: Resolve, context: object, call?: CallOptions, reached?: Known) => {
    const made = own(context, call, reached);
    // A map and a stack are made only for what needs another experiment.
    return typeof made === "string"
      ? reach(key, (each, known) => known?.get(each) ?? compiled.get(each)![0](context, call, known), reached)
      : made;
  };
  const look = (call: CallOptions | undefined) => {
    if (!call) return;
    checkCall(call);
    for (const [experiment, override] of Object.entries(call.overrides ?? {}))
      if (override !== undefined && !compiled.get(experiment)?.[1].has(override))
        try {
          onIgnoredOverride?.(experiment, override);
        } catch {
          // The listener's own fault: a page goes on.
        }
  };
  const find = (experiment: string | Definition<string, unknown>, call: CallOptions | undefined) => {
    look(call);
    const key = (experiment as Definition<string, unknown> | null)?.key ?? (experiment as string);
    const [own] = compiled.get(key) ?? [];
    if (!own) throw new ExperimentError({ unknown_experiment }, ["experiment"], key);
    return (context: object) => resolve(key, own, context, call);
  };
  const assignAll = (context: object, call?: CallOptions) => {
    look(call);
    const reached: Known = new Map();
    return (
      all
        // What is not a context is refused by the first experiment.
        .filter(([, [, , , unit]]) => Object(context) !== context || context[unit as never] !== undefined)
        .map(([key, [own]]) => resolve(key, own, context, call, reached))
    );
  };
  return {
    assign: (experiment: string | Definition<string, unknown>, context: object, call?: CallOptions) =>
      find(experiment, call)(context),
    assignAll,
    batch: (
      experiment: string | Definition<string, unknown>,
      contexts: readonly object[],
      call?: CallOptions,
    ) =>
      // What is not a list is refused as the one context that it is not.
      ([] as object[]).concat(contexts).map(find(experiment, call)),
    snapshot: (context, call) => ({
      format: "essai.snapshot/1",
      hash: "murmur3-1",
      assignments: assignAll(context, call),
    }),
    catalogue,
  } as Assigner;
}
