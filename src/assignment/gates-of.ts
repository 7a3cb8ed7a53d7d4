import type { Decided } from "../core/assignment.js";
import type { Catalogue } from "../core/catalogue.js";
import type { Definition, PayloadOf, VariantOf } from "../core/definition.js";
import { ExperimentError, needs_decision, other_definition, requireObject } from "../errors/index.js";
import { readDecisions } from "../gates/decision.js";
import type { BypassedDecision, Entrant, Gates } from "../gates/gates.js";
import { object, refuse, text } from "../shapes/reader.js";
import { requireKeys } from "../shapes/require-keys.js";
import { type Assigner, type AssignerOptions, createAssigner } from "./create-assigner.js";

/** The keys of a request with gates; the values are checked where they are read. */
const entrantKeys: Readonly<Record<keyof Entrant | "gates" | "eligible" | "vector", 1>> = {
  ...{ unitId: 1, occasion: 1, now: 1, context: 1 },
  ...{ attributes: 1, overrides: 1, decisions: 1, gates: 1, eligible: 1, vector: 1 },
};

/** Reasons of units whose variant is drawn: by the policy where a bandit plays. */
const drawn: ReadonlySet<string> = new Set(["undecided", "allocated", "sticky"]);

/**
 * The gates of one experiment whose policy learns, for `decide` and `quickDecide` of `essai/bandits`: the same that
 * `createAssigner` asks.
 * @param definition  the experiment, as it is now: its status and overrides count
 * @param catalogue   the catalogue that it is in, or that catalogue's assigner; default: alone
 * @param options     as for `createAssigner`, for the experiments that this one depends on
 * @returns what to pass as `gates`
 * @throws ExperimentError as `createAssigner`; `invalid_argument` at ["definition"] where the catalogue holds another
 *   version of it, or none
 */
export function gatesOf<D extends Definition<string, unknown>>(
  definition: D,
  catalogue: Catalogue | Assigner = { experiments: [definition] },
  options?: AssignerOptions,
): Gates<VariantOf<D>, PayloadOf<D>> {
  object(definition, ["definition"]);
  requireObject(catalogue, ["catalogue"]);
  const assigner = "enter" in catalogue ? catalogue : createAssigner(catalogue, options);
  const key = text(definition.key, ["definition", "key"]);
  const unit = text(definition.unit, ["definition", "unit"]);
  const { version } = definition;
  if (!assigner.catalogue.experiments.some((each) => each.key === key && each.version === version))
    refuse(definition, ["definition"], { known: assigner.catalogue.experiments.map((each) => each.key) });
  const other = (each: Decided) => each.experiment !== key;
  return {
    definition,
    enter(entrant, { id, experiment, definitionVersion, at }) {
      requireKeys(entrant, entrantKeys);
      const { unitId, occasion, context = null, attributes = {}, now, overrides, decisions } = entrant;
      if (experiment !== key || definitionVersion !== version)
        throw new ExperimentError({ other_definition }, ["gates"], `${key} ${version}`, {
          other: `${experiment} ${definitionVersion}`,
        });
      object(attributes, ["attributes"]);
      const given: unknown = Reflect.get(attributes, unit);
      if (given !== undefined && given !== unitId) refuse(given, ["attributes", unit], { known: [unitId] });
      // Set afterwards: a computed key beside a spread costs ten times as much.
      const who: Record<string, unknown> = { ...attributes };
      who[unit] = unitId;
      const made = assigner.enter(definition, who, {
        now,
        ...(overrides && { overrides }),
        // An earlier decision of this experiment does not decide this occasion.
        ...(decisions && { decisions: readDecisions(decisions, ["decisions"]).filter(other) }),
      });
      const { reason, variant, payload, awaits } = made;
      if (awaits !== undefined && awaits !== key)
        throw new ExperimentError({ needs_decision }, ["decisions"], awaits);
      return drawn.has(reason)
        ? undefined
        : ({
            ...{ id, experiment, definitionVersion, unitId, occasion, at, context },
            ...{ variant, payload, reason },
          } as BypassedDecision<VariantOf<D>, PayloadOf<D>>);
    },
  };
}
