import { POINTS } from "../core/points.js";
import {
  type ErrorPath,
  invalid_ranges,
  missing_control,
  too_few_variants,
  unsupported_format,
} from "../errors/index.js";
import { type Checks, isRecord, type Loose } from "./checks.js";
import { checkFactors } from "./designs/check-factors.js";
import { checkTargeting } from "./targeting-problems.js";

/** Every property a definition may have. */
export const definitionKeys = [
  ...["format", "key", "version", "salt", "hash", "unit", "control", "variants", "ranges", "coverage"],
  ...["policy", "metrics", "plan", "attributes", "segments", "audience", "rules", "ruleOrder", "layer"],
  ...["prerequisites", "schedule", "status", "rollout", "overrides", "factors", "design"],
];

/**
 * Everything that is wrong with a definition taken for itself (what concerns its neighbours in a catalogue is
 * `defineCatalogue`'s).
 * @param definition   a frozen JSON object, not yet trusted
 * @param checks       receives the problems
 * @param variantPath  where the key of the i-th variant lies in the caller's input
 */
export function checkDefinition(
  definition: Loose,
  checks: Checks,
  variantPath: (index: number) => ErrorPath = (i) => ["variants", i, "key"],
): void {
  if (definition.format !== "essai.experiment/1")
    checks.report({ unsupported_format }, ["format"], definition.format);
  if (definition.hash !== "murmur3-1") checks.report({ unsupported_format }, ["hash"], definition.hash);
  for (const name of ["key", "unit", "policy"]) checks.key(definition[name], [name]);
  if (typeof definition.salt !== "string") checks.mistyped(["salt"], definition.salt);
  if (!Number.isSafeInteger(definition.version) || (definition.version as number) < 1)
    checks.mistyped(["version"], definition.version);
  checks.number(definition.coverage, ["coverage"], 0, 1);

  const variants = new Set<unknown>();
  if (checks.list(definition.variants, ["variants"])) {
    const keys = definition.variants.map((each) => (isRecord(each) ? each.key : undefined));
    checks.keys(keys, variantPath);
    for (const key of keys) variants.add(key);
    if (keys.length < 2) checks.report({ too_few_variants }, ["variants"], definition.variants);
    definition.variants.forEach((each, i) => {
      if (isRecord(each) && each.payload === undefined)
        checks.mistyped(["variants", i, "payload"], undefined);
    });
  }
  if (definition.control === undefined) checks.report({ missing_control }, ["control"], undefined);
  else checks.variant(definition.control, ["control"], variants);
  checkRanges(definition.ranges, variants, checks);
  checkMetrics(definition.metrics, checks);
  checkTargeting(definition, variants, checks);
  checkFactors(definition, checks);
  if (checks.record(definition.plan, ["plan"])) {
    checks.openFraction(definition.plan.level, ["plan", "level"]);
    for (const name of ["macro", "micro"]) checks.key(definition.plan[name], ["plan", name]);
  }
}

function checkRanges(ranges: unknown, variants: ReadonlySet<unknown>, checks: Checks): void {
  if (!checks.list(ranges, ["ranges"])) return;
  let end = 0;
  const covers = ranges.every((range) => {
    if (!isRecord(range) || range.from !== end || !Number.isSafeInteger(range.to)) return false;
    const { from, to } = range as { from: number; to: number };
    end = to;
    return to >= from;
  });
  if (!covers || end !== POINTS) checks.report({ invalid_ranges }, ["ranges"], ranges);
  else {
    const left = new Set(variants);
    ranges.forEach((range, i) => {
      const { variant } = range as Loose;
      checks.variant(variant, ["ranges", i, "variant"], variants);
      left.delete(variant);
    });
    // A variant without a share has an empty range: one without any was added beside ranges made for others.
    for (const variant of left)
      if (typeof variant === "string")
        checks.report({ invalid_ranges }, ["ranges"], ranges, {
          detail: `no range names ${JSON.stringify(variant)}`,
        });
  }
}

function checkMetrics(metrics: unknown, checks: Checks): void {
  if (!checks.list(metrics, ["metrics"])) return;
  checks.keys(
    metrics.map((metric) => (isRecord(metric) ? metric.key : undefined)),
    (i) => ["metrics", i, "key"],
  );
  metrics.forEach((metric, i) => {
    if (!isRecord(metric)) return;
    checks.key(metric.type, ["metrics", i, "type"]);
    checks.oneOf(metric.role, ["metrics", i, "role"], ["goal", "guardrail", "diagnostic"]);
    if (metric.better !== undefined)
      checks.oneOf(metric.better, ["metrics", i, "better"], ["higher", "lower"]);
    if (metric.margin !== undefined)
      checks.number(metric.margin, ["metrics", i, "margin"], 0, Number.MAX_VALUE);
  });
}
