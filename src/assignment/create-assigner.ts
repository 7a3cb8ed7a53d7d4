import type { Assignment } from "../core/assignment.js";
import type { Catalogue } from "../core/catalogue.js";
import type { Definition } from "../core/definition.js";
import { ExperimentError, needs_decision } from "../errors/index.js";
import type { Call } from "../gates/gate.js";
import { experimentReader, type ReadExperiment, readHoldouts } from "../gates/read-experiment.js";
import { callback, fields, list, object, refuse, word } from "../shapes/reader.js";
import type { AssignerOf } from "./assigner-of.js";
import type { CallOptions } from "./call-options.js";
import { compileExperiment, type Resolve } from "./compile-experiment.js";
import { readCall } from "./read-call.js";
import type { Snapshot } from "./snapshot.js";
import type { Sticky } from "./sticky.js";

/** A compiled catalogue; never changes. */
export interface Assigner {
  /**
   * @param experiment  a key of the catalogue, or the definition itself, whose types the assignment then has
   * @param context     the unit's id under the name the definition gives, and its attributes
   * @returns the unit's assignment in one experiment
   * @throws ExperimentError `invalid_argument` for an experiment that is not in the catalogue, with those that are, and
   *   for options; `invalid_unit_id`, `missing_now`; `needs_decision` at ["options", "decisions"] where a policy that
   *   learns is to choose, in this experiment or in one that it depends on, and the call does not bring its decision
   */
  assign<V extends string, P>(
    experiment: Definition<V, P>,
    context: object,
    options?: CallOptions,
  ): Assignment<V, P>;
  assign(experiment: string, context: object, options?: CallOptions): Assignment<string, unknown>;
  /**
   * As `assign`, but an experiment whose policy learns is taken as far as its gates go: `undecided` where the policy is to
   * choose, or the policy of a prerequisite.
   * @returns the unit's assignment
   * @throws ExperimentError as `assign`, without `needs_decision`
   */
  enter<V extends string, P>(
    experiment: Definition<V, P>,
    context: object,
    options?: CallOptions,
  ): Assignment<V, P>;
  enter(experiment: string, context: object, options?: CallOptions): Assignment<string, unknown>;
  /**
   * @returns the unit's assignments in the catalogue's order, without experiments whose unit the context does not name;
   *   `undecided` where a policy that learns is to choose and the call does not bring its decision
   * @throws ExperimentError as `assign`, without `needs_decision`
   */
  assignAll(context: object, options?: CallOptions): Assignment<string, unknown>[];
  /**
   * @returns one assignment per context, in order: for scripts
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

type Compiled = readonly [made: ReadExperiment, decide: Resolve];
type Known = Map<string, Assignment<string, unknown>>;

const readOptions = fields({}, { sticky: callback, onIgnoredOverride: callback });

/**
 * Compiles a catalogue: every experiment with its audience, rules, layer, holdouts, prerequisites, schedule, status
 * and overrides. Prerequisites are followed without recursion, each experiment once a call.
 * @param catalogue  from `defineCatalogue` or `parseCatalogue`, or a literal with definitions made by
 *   `defineExperiment`; not to be changed afterwards
 * @param options    a store for sticky assignments, a listener for overrides that mean nothing
 * @returns the assigner
 * @throws ExperimentError `invalid_argument` for a key that is unknown, and for what could not be compiled, would be
 *   ignored or would fail for some units only: with its place, e.g. ["experiments", 0, "audience", "gte"], and with what
 *   could stand there (`expected` or `known`). For an option that is unknown or not a function at ["options", …]
 */
export function createAssigner<C extends Catalogue>(catalogue: C, options?: AssignerOptions): AssignerOf<C> {
  const { sticky, onIgnoredOverride } = options ? readOptions(options, ["options"]) : {};
  const { experiments } = fields(
    { experiments: list(experimentReader(catalogue?.segments)) },
    { format: word("essai.catalogue/1"), segments: object, holdouts: readHoldouts },
  )(catalogue, []);
  const compiled = new Map<string, Compiled>();
  experiments.forEach((made, i) => {
    const { key } = made;
    if (compiled.has(key)) refuse(key, ["experiments", i, "key"]);
    compiled.set(key, [made, compileExperiment(catalogue.experiments[i]!, made, catalogue, sticky)]);
  });

  /** Works out what an experiment needs first, without recursion; undefined where that leads round in a circle. */
  const reach = <T>(key: string, make: (key: string) => T | string, reached: Map<string, T>) => {
    const open = [key];
    for (let last: string | undefined; (last = open[open.length - 1]); ) {
      const made = make(last);
      if (typeof made !== "string") {
        reached.set(last, made);
        open.pop();
      } else if (open.push(made) > compiled.size) return;
    }
    return reached.get(key);
  };
  const sound = new Map<string, true>();
  experiments.forEach(({ key, prerequisites }, i) => {
    const found = reach(
      key,
      (each) => {
        const { prerequisites = [] } = compiled.get(each)?.[0] ?? { prerequisites: [{ experiment: each }] };
        return prerequisites.find(({ experiment }) => !sound.has(experiment))?.experiment ?? true;
      },
      sound,
    );
    if (!found) refuse(prerequisites, ["experiments", i, "prerequisites"]);
  });

  const resolve = ([{ key }, decide]: Compiled, context: object, call?: Call, reached?: Known) => {
    const made = decide(context, call, reached);
    if (typeof made !== "string") return made;
    // A map and a stack are made only for what needs another experiment.
    const known: Known = reached ?? new Map();
    return reach(key, (each) => known.get(each) ?? compiled.get(each)![1](context, call, known), known);
  };
  const look = (options: CallOptions | undefined) => {
    if (!options) return;
    const call = readCall(options, ["options"]);
    for (const [experiment, override] of Object.entries(call.overrides ?? {}))
      if (override !== undefined && !compiled.get(experiment)?.[0].variants.has(override))
        try {
          onIgnoredOverride?.(experiment, override);
        } catch {
          // The listener's own fault: a page goes on.
        }
    return call;
  };
  const find = (
    experiment: string | Definition<string, unknown>,
    options: CallOptions | undefined,
    enters?: boolean,
  ) => {
    const call = look(options);
    const key = typeof experiment === "string" ? experiment : experiment?.key;
    const own = compiled.get(key) ?? refuse(key, ["experiment"], { known: [...compiled.keys()] });
    return (context: object) => {
      const made = resolve(own, context, call);
      // What learns is refused whether or not this unit would come as far as its policy.
      const awaited = made?.awaits ?? (!call?.decisions && own[0].policy !== "fixed" && key);
      if (awaited && !enters)
        throw new ExperimentError({ needs_decision }, ["options", "decisions"], awaited);
      return made;
    };
  };
  const assignAll = (context: object, options?: CallOptions) => {
    const call = look(options);
    const reached: Known = new Map();
    return (
      [...compiled.values()]
        // What is not a context is refused by the first experiment.
        .filter(([{ unit }]) => Object(context) !== context || context[unit as never] !== undefined)
        .map((own) => resolve(own, context, call, reached))
    );
  };
  return {
    assign: (experiment: string | Definition<string, unknown>, context: object, call?: CallOptions) =>
      find(experiment, call)(context),
    enter: (experiment: string | Definition<string, unknown>, context: object, call?: CallOptions) =>
      find(experiment, call, true)(context),
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
  } as Assigner as unknown as AssignerOf<C>;
}
