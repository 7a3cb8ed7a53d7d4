import type { Assignment } from "../core/assignment.js";
import type { Catalogue } from "../core/catalogue.js";
import type { Definition } from "../core/definition.js";
import { compileGates } from "../gates/compile-gates.js";
import type { Call, Reached } from "../gates/gate.js";
import type { ReadExperiment } from "../gates/read-experiment.js";
import { compileAllocation } from "./compile-allocation.js";
import type { Sticky } from "./sticky.js";
import { unitIdOf } from "./unit-id.js";

type Enrolled = Extract<Assignment<string, unknown>, { readonly enrolled: true }>;

/** One compiled experiment: its assignment, or the key of an experiment that it needs first and that is not in `reached`. */
export type Resolve = (
  context: object,
  call?: Call,
  reached?: Reached,
) => Assignment<string, unknown> | string;

/**
 * Compiles one experiment of a catalogue: its gates, then its allocation.
 * @param definition  the experiment
 * @param made        the same, read
 * @param catalogue   what it shares with others
 * @param sticky      what becomes of its fresh assignments, if that is not nothing
 * @returns what assigns a unit
 */
export function compileExperiment(
  definition: Definition<string, unknown>,
  made: ReadExperiment,
  catalogue: Catalogue,
  sticky: Sticky | undefined,
): Resolve {
  const give = compileAllocation(definition, made.ranges, made.control);
  const gates = compileGates(made, catalogue);
  const keep = sticky?.(definition) ?? ((fresh: Assignment<string, unknown>) => fresh);

  return (context, call, reached) => {
    const unitId = unitIdOf(made.unit, context);
    for (const [reason, ask] of gates) {
      const ruling = ask(unitId, context, call, reached);
      if (ruling === true) continue;
      if (typeof ruling === "string") return ruling;
      if (!ruling) return keep(give(unitId, reason));
      if ("awaits" in ruling) return Object.assign(give(unitId, "undecided"), { awaits: ruling.awaits });
      if ("reason" in ruling)
        return give(unitId, ruling.reason, made.variants.get(ruling.variant), ruling.propensity ?? 1);
      if (!("when" in ruling)) return keep(give(unitId, reason, ruling, 1));
      const { key: rule, variant, holdback, heldBack } = ruling;
      const fresh = give(unitId, heldBack ? "allocated" : reason, variant) as Enrolled;
      return keep({
        ...fresh,
        propensity: fresh.propensity * holdback + (fresh.variant === variant.key ? 1 - holdback : 0),
        rule,
        heldBack,
      });
    }
    return keep(give(unitId, "allocated"));
  };
}
