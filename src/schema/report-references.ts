import type { Report } from "../analysis/index.js";
import { variantRules } from "../analysis/shapes/index.js";
import {
  type ErrorPath,
  missing_value,
  nearName,
  numberProblem,
  type Problem,
  problem,
  unknown_name,
  wrong_length,
} from "../errors/index.js";
import { isPlainObject } from "../shapes/index.js";

/** The names that a part of a report can refer to, by what they name. */
interface Names {
  readonly metrics: readonly string[];
  readonly variants: readonly string[];
  readonly dimensions: readonly string[];
  readonly rules: readonly string[];
  readonly arms: readonly string[];
  /** Fields by which a bandit's contexts are split. */
  readonly fields: readonly string[];
}

type Kind = keyof Names;

/** What a key names, wherever it stands: one of them, or each of a list. */
const named: Readonly<Record<string, Kind>> = {
  metric: "metrics",
  variant: "variants",
  about: "variants",
  contrast: "variants",
  variants: "variants",
  dimension: "dimensions",
  arm: "arms",
  arms: "arms",
};

/** The sides of a rule's own comparison stand where other comparisons name variants. */
const ruleSides = ["held_back", "applied"];

const misnamed = (name: unknown, known: readonly string[], path: ErrorPath): Problem[] =>
  typeof name !== "string" || known.includes(name)
    ? []
    : [problem({ unknown_name }, path, name, nearName(name, known))];

function misnamedIn(value: unknown, known: readonly string[], path: ErrorPath): Problem[] {
  if (Array.isArray(value)) return value.flatMap((each, i) => misnamed(each, known, [...path, i]));
  return misnamed(value, known, path);
}

/** A cell's keys are dimensions, but for a rule's cell and for what a bandit believes somewhere. */
function misnamedCell(cell: unknown, { dimensions, rules, fields }: Names, path: ErrorPath, own: Kind) {
  if (!isPlainObject(cell)) return [];
  if (own === "rules") return misnamed(cell.rule, rules, [...path, "rule"]);
  const known = own === "fields" ? fields : dimensions;
  return Object.keys(cell).flatMap((key) => misnamed(key, known, [...path, key]));
}

function within(value: unknown, names: Names, path: ErrorPath, cells: Kind): Problem[] {
  if (Array.isArray(value)) return value.flatMap((each, i) => within(each, names, [...path, i], cells));
  if (!isPlainObject(value)) return [];
  const own: Kind = value.kind === "belief" ? "fields" : value.kind === "rule" ? "rules" : cells;
  // A check or a finding about a rule names it; a recommendation's `rule` is the one that was followed.
  const ofRule = own === "rules" || ("rule" in value && "observed" in value);
  const rule = ofRule ? misnamed(value.rule, names.rules, [...path, "rule"]) : [];
  const sides = ofRule ? { ...names, variants: ruleSides } : names;
  const found = Object.entries(value).flatMap(([key, each]) => {
    const place = [...path, key];
    if (key === "cell") return misnamedCell(each, names, place, own);
    const refers = Object.hasOwn(named, key) ? named[key] : undefined;
    const direct = refers ? misnamedIn(each, sides[refers], place) : [];
    return [...direct, ...within(each, names, place, own)];
  });
  return [...rule, ...found];
}

/** Lists that have one number per arm of the bandit. */
function perArm({ bandit }: Report): Problem[] {
  if (!bandit) return [];
  const length = bandit.arms.length;
  const uneven = (list: readonly number[] | null, path: ErrorPath) =>
    list === null || list.length === length
      ? []
      : [
          problem({ wrong_length }, ["bandit", ...path], list.length, {
            expected: { length },
            other: "arms",
          }),
        ];
  return [
    ...bandit.periods.flatMap(({ served, recorded }, i) => [
      ...uneven(served, ["periods", i, "served"]),
      ...uneven(recorded, ["periods", i, "recorded"]),
    ]),
    ...bandit.segments.flatMap(({ levels }, i) =>
      levels.flatMap(({ served }, j) => uneven(served, ["segments", i, "levels", j, "served"])),
    ),
  ];
}

/**
 * What a report's shape does not say: that each metric, variant, dimension, rule and arm that a part names is one of the
 * report's, and each place within it there.
 * @param report  of the right shape
 * @returns `unknown_name` with those there are, `out_of_range` and `wrong_length`, each at its path
 */
export function reportReferences(report: Report): Problem[] {
  const { definition, metrics, dimensions, grains, contrasts, bandit, rules, ...rest } = report;
  const names: Names = {
    metrics: metrics.map(({ key }) => key),
    variants: definition.variants.map(({ key }) => key),
    dimensions: [...dimensions, ...(report.declared ?? [])],
    rules: (definition.rules ?? []).map(({ key }) => key),
    arms: (bandit?.arms ?? []).map(({ arm }) => arm),
    fields: (bandit?.segments ?? []).map(({ field }) => field),
  };
  const { rule, about, variants } = report.recommendation;
  const last = { atLeast: 0, below: report.micro.length };
  return [
    ...misnamed(definition.control, names.variants, ["definition", "control"]),
    ...contrasts.flatMap((each, i) => misnamedIn(each, names.variants, ["contrasts", i])),
    ...grains.flatMap((each, i) => misnamedIn(each, dimensions, ["grains", i])),
    ...within(rest, names, [], "dimensions"),
    ...within(rules, names, ["rules"], "rules"),
    ...within(bandit, names, ["bandit"], "fields"),
    ...misnamed(bandit?.control, names.arms, ["bandit", "control"]),
    ...(variantRules.includes(rule) && about === undefined && variants.length > 0
      ? [problem({ missing_value }, ["recommendation", "about"], about, { expected: { type: "text" } })]
      : []),
    ...perArm(report),
    ...report.standingOut.flatMap((at, i) => numberProblem(at, ["standingOut", i], last) ?? []),
  ];
}
