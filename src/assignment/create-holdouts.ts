import type { Assignment } from "../core/assignment.js";
import type { Catalogue } from "../core/catalogue.js";
import { readHoldouts } from "../gates/read-experiment.js";
import { HOLDOUT, pointsOf } from "../hash/seed.js";
import { fields, given, list, object, word } from "../shapes/reader.js";
import { unitIdOf } from "./unit-id.js";

const readCatalogue = fields(
  { experiments: list(given) },
  { format: word("essai.catalogue/1"), segments: object, holdouts: readHoldouts },
);

/**
 * Tells for each holdout of a catalogue on which side a unit is, so that both sides can be recorded and compared.
 * @param catalogue  with `holdouts`, of all experiments or of one layer
 * @returns from a unit's context to one assignment per holdout whose unit it names: `held_out` or `open`, with its
 *   propensity. Expose them where the unit would first meet an experiment that the holdout binds, whether it does or not
 * @throws ExperimentError `invalid_argument` at the part of `holdouts` that is wrong; from the function, `invalid_unit_id`
 * @example
 * const holdouts = createHoldouts({ experiments: [], holdouts: [{ key: "all", share: 0.1, unit: "userId" }] });
 * holdouts({ userId: "ann" }).map(({ experiment, variant }) => `${experiment}: ${variant}`); // ["all: held_out"]
 */
export function createHoldouts(
  catalogue: Catalogue,
): (context: object) => readonly Assignment<"held_out" | "open", null>[] {
  const { holdouts = [] } = readCatalogue(catalogue, []);
  const compiled = holdouts.map((each) => ({ ...each, pointed: pointsOf(each.key, HOLDOUT) }));
  return (context) =>
    compiled.flatMap(({ key, unit, share, pointed }) => {
      if (Object(context) === context && Reflect.get(context, unit) === undefined) return [];
      const unitId = unitIdOf(unit, context);
      const point = pointed(unitId);
      const held = point < share;
      return [
        {
          experiment: key,
          definitionVersion: 1,
          unitId,
          payload: null,
          enrolled: true,
          variant: held ? "held_out" : "open",
          reason: "allocated",
          point,
          propensity: held ? share : 1 - share,
        } as const,
      ];
    });
}
