import type { Assignment } from "../core/assignment.js";
import type { Catalogue } from "../core/catalogue.js";
import type { Definition } from "../core/definition.js";
import { ExperimentError, invalid_definition, unknown_key, wrong_type } from "../errors/index.js";
import type { CallOptions } from "./call-options.js";
import { type Check, compileExperiment, type Resolve } from "./compile-experiment.js";
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
   * @throws ExperimentError `unknown_key`, `invalid_unit_id`, `missing_now`
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
/** Resolves an experiment, and the experiments whose assignments it may need. */
type Compiled = readonly [resolve: Resolve, needs: readonly string[]];

/**
 * Compiles a catalogue: every experiment with its audience, rules, layer, holdouts, prerequisites, schedule, status
 * and overrides. Prerequisites are followed without recursion, each experiment once a call.
 * @param catalogue  from `defineCatalogue` or `parseCatalogue`, or a literal with definitions made by
 *   `defineExperiment`; not to be changed afterwards
 * @param options    a store for sticky assignments, a listener for overrides that mean nothing
 * @returns the assigner
 * @throws ExperimentError `invalid_definition` with the place, e.g. ["experiments", 0, "audience"], for what could not
 *   be compiled, or would be ignored or fail for some units only; the engine's error is its `cause`
 */
export function createAssigner(catalogue: Catalogue, options: AssignerOptions = {}): Assigner {
  const { sticky, onIgnoredOverride } = options;
  const compiled = new Map<string, Compiled>();
  const onIgnored = (experiment: string, override: unknown) => {
    try {
      onIgnoredOverride?.(experiment, override);
    } catch {
      // The listener's own fault: a page goes on.
    }
  };
  let edges = 1;
  /** Works out what an experiment needs first, the deepest first, without recursion; what is known is in `reached`. */
  const reach = <T>(
    key: string,
    reached: Map<string, T>,
    make: (...compiled: Compiled) => T | undefined | false,
  ): T => {
    const open = [key];
    while (open.length > 0) {
      const top = open.at(-1)!;
      const [resolve, needs] = compiled.get(top)!;
      const made = reached.get(top) ?? make(resolve, needs);
      if (made) {
        reached.set(top, made);
        open.pop();
      } else for (const need of needs) if (!reached.has(need)) open.push(need);
      // Each experiment opens what it needs once, unless prerequisites go round in a circle.
      if (open.length > edges) throw Error(key);
    }
    return reached.get(key)!;
  };
  let at = 0;
  let part = "key";
  const check: Check = (name, look) => {
    part = name;
    const found = look();
    if (!found) throw Error(name);
    return found;
  };
  const experiments = catalogue?.experiments;
  try {
    for (; at < experiments.length; at++) {
      part = "key";
      const definition = experiments[at]!;
      const { key, prerequisites = [] } = definition;
      if (compiled.has(key)) throw Error(key);
      const own = compileExperiment(definition, catalogue, check, onIgnored);
      const keep = sticky?.(definition);
      const needs = prerequisites.map(({ experiment }) => experiment);
      edges += needs.length;
      compiled.set(key, [
        (context, call, reached) => {
          const fresh = own(context, call, reached);
          return fresh && keep ? keep(fresh) : fresh;
        },
        needs,
      ]);
    }
    const sound = new Map<string, true>();
    for (at = 0; at < experiments.length; at++)
      check("prerequisites", () =>
        reach(experiments[at]!.key, sound, (_, needs) => needs.every((need) => sound.has(need))),
      );
  } catch (cause) {
    const path = experiments ? ["experiments", at, part] : ["experiments"];
    const received = experiments?.[at]?.[part as "audience"];
    throw new ExperimentError({ invalid_definition }, path, received, { cause });
  }
  const find = (experiment: string | Definition<string, unknown>) => {
    const key = (experiment as Definition<string, unknown> | null)?.key ?? (experiment as string);
    const found = compiled.get(key);
    if (!found) throw new ExperimentError({ unknown_key }, ["experiment"], key);
    return (context: object, call: CallOptions | undefined, known?: Known) => {
      // A map is made only for what needs another experiment.
      const made = found[0](context, call, known);
      if (made) return made;
      const reached: Known = known ?? new Map();
      return reach(key, reached, (resolve) => resolve(context, call, reached));
    };
  };
  const assignAll = (context: object, call?: CallOptions) => {
    if (typeof context !== "object" || !context)
      throw new ExperimentError({ wrong_type }, ["context"], context);
    const reached: Known = new Map();
    const wanted = call?.overrides ?? {};
    for (const key of Object.keys(wanted)) if (!compiled.has(key)) onIgnored(key, wanted[key]);
    return experiments
      .filter(({ unit }) => (context as Readonly<Record<string, unknown>>)[unit] !== undefined)
      .map(({ key }) => find(key)(context, call, reached));
  };
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
      if (!Array.isArray(contexts)) throw new ExperimentError({ wrong_type }, ["contexts"], contexts);
      return contexts.map((context) => resolve(context, call));
    },
    snapshot: (context, call) => ({
      format: "essai.snapshot/1",
      hash: "murmur3-1",
      assignments: assignAll(context, call),
    }),
    catalogue,
  } as Assigner;
}
