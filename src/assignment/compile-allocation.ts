import type { Assignment } from "../core/assignment.js";
import type { Definition } from "../core/definition.js";
import { unsupported_format } from "../core/errors.js";
import { ExperimentError } from "../core/experiment-error.js";
import { COVERAGE, hashOf, POINTS, seedOf, VARIANT } from "../hash/seed.js";

/**
 * Prepares a definition's coverage and ranges once for any number of units.
 * @param definition  an experiment; only salt, coverage, variants and ranges are looked at
 * @returns a function from unit id to assignment, reason `"allocated"` or `"coverage"`
 * @throws ExperimentError `unsupported_format` for a definition or hash of another version
 */
export function compileAllocation(definition: Definition<string, unknown>) {
  const { key: experiment, version: definitionVersion, salt, ranges, format, hash: hashName } = definition;
  if (format !== "essai.experiment/1" || hashName !== "murmur3-1")
    throw new ExperimentError({ unsupported_format }, ["format"], format);
  const payloadOf = (variant: string) => definition.variants.find(({ key }) => key === variant)!.payload;
  const control = payloadOf(definition.control);
  const covered = definition.coverage * POINTS;
  const coverageSeed = seedOf(salt, COVERAGE);
  const variantSeed = seedOf(salt, VARIANT);
  const ends = ranges.map(({ to }) => to);
  const variants = ranges.map(({ variant }) => variant);
  const payloads = variants.map(payloadOf);
  const propensities = variants.map((variant) =>
    ranges.reduce((sum, each) => (each.variant === variant ? sum + (each.to - each.from) / POINTS : sum), 0),
  );

  return (unitId: string): Assignment<string, unknown> => {
    if (covered < POINTS && hashOf(coverageSeed, unitId) >= covered)
      return {
        experiment,
        definitionVersion,
        unitId,
        payload: control,
        enrolled: false,
        variant: null,
        reason: "coverage",
      };
    const hash = hashOf(variantSeed, unitId);
    let i = 0;
    while (hash >= ends[i]!) i++;
    return {
      experiment,
      definitionVersion,
      unitId,
      payload: payloads[i],
      enrolled: true,
      variant: variants[i]!,
      reason: "allocated",
      point: hash / POINTS,
      propensity: propensities[i]!,
    };
  };
}
