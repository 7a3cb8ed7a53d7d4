import type { Catalogue, Holdout } from "../core/catalogue.js";
import type { Condition } from "../core/condition.js";
import type { Definition } from "../core/definition.js";
import {
  duplicate_key,
  errorOf,
  layer_overlap,
  mixed_units,
  nearName,
  prerequisite_cycle,
  problemAt,
  shared_salt,
  unknown_name,
  unknown_segment,
} from "../errors/index.js";
import { Checks, isRecord, type Loose } from "./checks.js";
import type { SegmentOf } from "./compile-condition.js";
import { checkExtent, checkPossible, type PlacedCondition } from "./condition-problems.js";
import { definitionFrom } from "./define-experiment.js";
import { checkShape } from "./definition-problems.js";
import { catalogueFields } from "./definition-shape.js";
import { frozenJson } from "./frozen-json.js";
import { segmentsIn } from "./segments-in.js";
import { checkDisjoint, checkSegments } from "./targeting-problems.js";
import { searchBudget } from "./witness.js";

type Known = Definition<string, unknown>;

/**
 * Puts experiments together and checks all of them, and what they are to each other, at once.
 * @param input  definitions (as JSON, also what `defineExperiment` takes), shared segments, holdouts
 * @returns the catalogue: plain JSON, deeply frozen, what `createAssigner` takes
 * @throws ExperimentError with all problems: those of each definition under ["experiments", i], `duplicate_key`,
 *   `shared_salt`, `layer_overlap`, `mixed_units`, `prerequisite_cycle`, `unknown_name`, `unknown_variant`,
 *   `unknown_segment`, `impossible_condition`, `overlapping_rules`
 */
export function defineCatalogue<D extends Known>(input: Catalogue<D>): Catalogue<D> {
  const checks = new Checks();
  const catalogue = catalogueFrom(input, checks);
  if (checks.problems.length > 0) throw errorOf(checks.problems);
  return catalogue as Catalogue<D>;
}

/**
 * @param input   anything
 * @param checks  receives every problem
 * @returns a frozen copy, a valid {@link Catalogue} if no problem was reported
 */
export function catalogueFrom(input: unknown, checks: Checks): Catalogue {
  const copy = frozenJson(input, checks);
  // Each experiment is checked by itself, and only what is beside them here.
  const beside = { ...catalogueFields, experiments: { kind: "list", of: { kind: "json" } } } as const;
  checkShape(copy, { kind: "object", has: beside }, checks);
  if (!isRecord(copy) || !checks.sound("format")) return copy as never;
  const { $schema: _, ...catalogue } = copy;
  const { experiments, segments, holdouts } = catalogue;
  if (isRecord(segments)) checkSegments(segments, undefined, checks);
  if (holdouts && checks.sound("holdouts")) checkHoldouts(holdouts as never, checks);
  const made = Array.isArray(experiments) ? experimentsFrom(experiments, segments, checks) : experiments;
  return Object.freeze({ format: "essai.catalogue/1", ...catalogue, experiments: made }) as never;
}

function checkHoldouts(holdouts: readonly Holdout[], checks: Checks): void {
  checks.keys(
    holdouts.map(({ key }) => key),
    (i) => ["holdouts", i, "key"],
  );
  holdouts.forEach(({ unit, layer }, i) => {
    checks.key(unit, ["holdouts", i, "unit"]);
    if (layer !== undefined) checks.key(layer, ["holdouts", i, "layer"]);
  });
}

function experimentsFrom(
  experiments: readonly unknown[],
  segments: unknown,
  checks: Checks,
): readonly Known[] {
  const known = experiments.map((each, i) => {
    const own = new Checks();
    const definition = definitionFrom(each, own);
    for (const found of own.problems) checks.add(problemAt(["experiments", i, ...found.path], found));
    return definition;
  });
  // What they are to each other is only worth saying, and safe to look at, once everything is sound by itself.
  if (checks.problems.length === 0) checkTogether(known, segments, checks);
  return Object.freeze(known);
}

function checkTogether(known: readonly Known[], segments: unknown, checks: Checks): void {
  for (const [name, segment] of Object.entries((segments ?? {}) as Loose))
    for (const inner of segmentsIn(segment as Condition))
      if (!Object.hasOwn(segments as Loose, inner))
        checks.report(
          { unknown_segment },
          ["segments", name],
          inner,
          nearName(inner, Object.keys(segments as Loose)),
        );
  if (checks.problems.length > 0) return;
  checkNames(known, checks);
  checkLayers(known, checks);
  checkPrerequisites(known, checks);
  known.forEach((each, i) => {
    checkSegmentUse(each, i, segments, checks);
  });
}

function checkNames(experiments: readonly Known[], checks: Checks): void {
  const keys = new Set<string>();
  const salts = new Set<string>();
  experiments.forEach(({ key, salt }, i) => {
    if (keys.has(key)) checks.report({ duplicate_key }, ["experiments", i, "key"], key);
    else if (salts.has(salt)) checks.report({ shared_salt }, ["experiments", i, "salt"], salt);
    keys.add(key);
    salts.add(salt);
  });
}

function checkLayers(experiments: readonly Known[], checks: Checks): void {
  const layers = new Map<string, { unit: string; taken: { from: number; to: number; key: string }[] }>();
  experiments.forEach(({ key, unit, layer, status }, i) => {
    if (!layer || status === "stopped") return;
    const known = layers.get(layer.key);
    if (known && known.unit !== unit) checks.report({ mixed_units }, ["experiments", i, "unit"], unit);
    const taken = known?.taken ?? [];
    const ranges = layer.ranges.map(([from, to]) => ({ from, to, key }));
    const other = taken.find((each) => ranges.some(({ from, to }) => from < each.to && each.from < to));
    if (other)
      checks.report({ layer_overlap }, ["experiments", i, "layer", "ranges"], layer.ranges, {
        other: other.key,
      });
    layers.set(layer.key, { unit: known?.unit ?? unit, taken: [...taken, ...ranges] });
  });
}

function checkPrerequisites(experiments: readonly Known[], checks: Checks): void {
  const byKey = new Map(experiments.map((each) => [each.key, each]));
  experiments.forEach(({ key, prerequisites = [] }, i) => {
    prerequisites.forEach(({ experiment, variants = [] }, j) => {
      const path = ["experiments", i, "prerequisites", j];
      const other = byKey.get(experiment);
      if (!other) {
        checks.report(
          { unknown_name },
          [...path, "experiment"],
          experiment,
          nearName(experiment, [...byKey.keys()]),
        );
        return;
      }
      const known = new Set(other.variants.map((each) => each.key));
      variants.forEach((variant, k) => {
        checks.variant(variant, [...path, "variants", k], known);
      });
      if (leadsTo(experiment, key, byKey))
        checks.report({ prerequisite_cycle }, [...path, "experiment"], experiment);
    });
  });
}

function leadsTo(from: string, to: string, byKey: ReadonlyMap<string, Known>): boolean {
  const open = [from];
  const seen = new Set<string>();
  while (open.length > 0) {
    const key = open.pop()!;
    if (key === to) return true;
    if (seen.has(key)) continue;
    seen.add(key);
    for (const { experiment } of byKey.get(key)?.prerequisites ?? []) open.push(experiment);
  }
  return false;
}

/** Conditions again, now that the catalogue's segments are known. */
function checkSegmentUse(definition: Known, i: number, segments: unknown, checks: Checks): void {
  const path = ["experiments", i];
  const all: Loose = { ...(segments as Loose), ...definition.segments };
  const segmentOf: SegmentOf = (name) => (Object.hasOwn(all, name) ? (all[name] as Condition) : undefined);
  const { attributes, audience, rules = [] } = definition;
  const own = Object.entries(definition.segments ?? {}).map(([name, each]): PlacedCondition => {
    return [each, [...path, "segments", name]];
  });
  const used: PlacedCondition[] = [
    ...(audience ? [[audience, [...path, "audience"]] as const] : []),
    ...rules.map(({ when }, j): PlacedCondition => [when, [...path, "rules", j, "when"]]),
  ];
  let sound = true;
  for (const [condition, at] of [...own, ...used])
    for (const name of segmentsIn(condition))
      if (!segmentOf(name))
        sound = checks.report({ unknown_segment }, at, name, nearName(name, Object.keys(all)));
  if (!sound || !checkExtent(own, segmentOf, checks) || !checkExtent(used, segmentOf, checks)) return;
  const budget = searchBudget();
  checkPossible([...own, ...used], segmentOf, checks, attributes, budget);
  if (checks.sound(...path) && definition.rules && definition.ruleOrder !== "first")
    checkDisjoint(definition as never, segmentOf, checks, [...path, "rules"], budget);
}
