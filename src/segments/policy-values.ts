import { conditionReader } from "../definition/index.js";
import { normalSurvivalQuantile } from "../distributions/index.js";
import {
  ExperimentError,
  errorOf,
  insufficient_data,
  nearName,
  problem,
  unknown_name,
  wrong_length,
} from "../errors/index.js";
import { checkFields, type FieldsFor } from "../shapes/index.js";
import type { CodedAttribute } from "./attribute.js";
import { meanWithError } from "./held-out.js";
import { byteAt, floatAt } from "./number-at.js";
import { type PolicyEvidence, policyEvidence } from "./policy-evidence.js";
import { type RuleList, rulesOf, searchTree, type TreeDepth, treeChoices } from "./policy-tree.js";
import { type Ranged, ranged } from "./ranged.js";
import type { RefusedAttribute } from "./refused-attributes.js";
import { requestFields, type SegmentsRequest } from "./segments-request.js";

/** What {@link policyValues} reads: what `discoverSegments` reads, and the policies to compare. */
export interface PolicyValuesRequest
  extends Pick<
    SegmentsRequest,
    | "variant"
    | "outcome"
    | "attributes"
    | "control"
    | "random"
    | "treatments"
    | "worth"
    | "costs"
    | "shares"
    | "unit"
    | "level"
  > {
  /** By name, rules that say who gets which variant; or, row by row, the variant that a bandit or a model would give. */
  readonly policies?: Readonly<Record<string, RuleList | readonly string[]>>;
  /** Whether the best tree is looked for, and judged on units that it was not learned from; default true. */
  readonly tree?: boolean;
  /** Tests of that tree on the way to a variant, at most: 2 or 3; default 2. */
  readonly depth?: TreeDepth;
}

const { variant, outcome, attributes, control, random, treatments, worth, costs, shares, unit, level } =
  requestFields;
const condition = { kind: "json" } as const;
const policyFields = {
  ...{ variant, outcome, attributes, control, random, treatments, worth, costs, shares, unit, level },
  policies: {
    kind: "map",
    of: {
      kind: "either",
      of: [
        {
          kind: "object",
          has: {
            rules: {
              kind: "list",
              of: { kind: "object", has: { when: condition, variant: { kind: "text" } } },
            },
            otherwise: { kind: "text" },
          },
        },
        { kind: "list", of: { kind: "text" } },
      ],
    },
    optional: true,
  },
  tree: { kind: "flag", optional: true },
  depth: { kind: "number", whole: true, atLeast: 2, atMost: 3, optional: true },
} as const satisfies FieldsFor<PolicyValuesRequest>;

/** What a policy is worth, per unit of everybody, net of cost. */
export interface ValuedPolicy {
  readonly value: Ranged;
  /** Less what the best single variant is worth. */
  readonly overBest: Ranged;
  /** Less what giving control to everyone is worth. */
  readonly overControl: Ranged;
  /** Share of the units that get each variant. */
  readonly given: Readonly<Record<string, number>>;
  /** Units that had what the policy gives, as many of equal weight as say as much. */
  readonly effective: number;
}

/** What policies are worth beside each other. */
export interface PolicyValues {
  readonly format: "essai.policy-values/1";
  readonly level: number;
  readonly units: number;
  /** The variant that is worth most if everyone gets it, net of cost. */
  readonly best: string;
  /** Everyone the same, by variant. */
  readonly single: Readonly<Record<string, ValuedPolicy>>;
  readonly policies: Readonly<Record<string, ValuedPolicy>>;
  /** The best tree on all units, and what such a tree is worth on units that it was not learned from. */
  readonly tree?: ValuedPolicy & { readonly rules: RuleList };
  readonly refused: readonly RefusedAttribute[];
  readonly excluded: Readonly<Record<"missing_outcome" | "several_variants" | "other_variant", number>>;
}

const folds = 5;
/** Fewer units that had what a policy gives do not say what it is worth. */
const fewestEffective = 50;

/** Units that had what they are to be given, weighted by one over its share: (Σ w)² / Σ w². */
function effectiveOf(choices: Uint8Array, { arms, shares }: PolicyEvidence): number {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < arms.length; i++) {
    if (byteAt(choices, i) !== byteAt(arms, i)) continue;
    const weight = 1 / (shares[byteAt(arms, i)] ?? 1);
    sum += weight;
    squares += weight * weight;
  }
  return squares > 0 ? (sum * sum) / squares : 0;
}

const isList = (list: RuleList | readonly string[]): list is readonly string[] => Array.isArray(list);

/** Which variant a policy gives each unit. */
function choicesOf(
  list: RuleList | readonly string[],
  {
    evidence: { variants, lists, places },
    rows,
    path,
  }: { readonly evidence: PolicyEvidence; readonly rows: number; readonly path: readonly string[] },
): Uint8Array {
  const armOf = (name: string, at: readonly (string | number)[]) => {
    const arm = variants.indexOf(name);
    if (arm < 0) throw errorOf([problem({ unknown_name }, [...path, ...at], name, nearName(name, variants))]);
    return arm;
  };
  if (isList(list)) {
    if (list.length !== rows)
      throw new ExperimentError({ wrong_length }, path, list.length, {
        expected: { atLeast: rows, atMost: rows },
      });
    return Uint8Array.from(places, (row) => armOf(list[row] ?? "", [row]));
  }
  const read = conditionReader({});
  const rules = list.rules.map(({ when, variant: own }, i) => ({
    meets: read(when, [...path, "rules", i, "when"]),
    arm: armOf(own, ["rules", i, "variant"]),
  }));
  const otherwise = armOf(list.otherwise, ["otherwise"]);
  const names = Object.keys(lists);
  return Uint8Array.from(places, (_, i) => {
    const unitOf = Object.fromEntries(names.map((name) => [name, lists[name]?.[i]]));
    return rules.find(({ meets }) => meets(unitOf))?.arm ?? otherwise;
  });
}

/**
 * What rules, trees and "everyone the same" are worth, net of cost, on the units of a test that was randomized: the same units
 * value each, doubly robust, so that they can be compared. The best tree of two or three tests (all are tried) is learned on
 * four fifths of the units and valued on the last, for every fifth; rules that are given have to come from elsewhere, or from
 * units that are not valued here.
 * @param request  as `discoverSegments`; policies by name; whether to look for a tree
 * @returns values per unit of everybody, in outcome × worth, with what is gained over the best single variant and over control;
 *          the best single variant is the best of these estimates, so that gains over it are told rather too small
 * @throws ExperimentError as `discoverSegments`; `insufficient_data` at ["policies", name] where fewer than 50 units (of equal
 *         weight) had what the policy gives; `unknown_name` for a variant of a rule, whatever keeps a condition from being one
 *         at ["policies", name, …]
 * @source Dudík, Langford & Li (2011), ICML; Zhou, Athey & Wager (2023), Operations Research 71, for exact trees
 * @checked test/segments/policy-values.test.ts — planted worlds, and the search against every tree
 * @example
 * const random = randomSource("docs");
 * const people = Array.from({ length: 8000 }, () => ({ young: random.next() < 0.4, mail: random.next() < 0.5 }));
 * const { tree } = policyValues({
 *   variant: people.map(({ mail }) => (mail ? "mail" : "none")),
 *   outcome: people.map(({ young, mail }) => random.next() < (young && mail ? 0.4 : 0.1)),
 *   attributes: { young: people.map(({ young }) => young) },
 *   ...{ control: "none", costs: { mail: 0.1 }, random },
 * });
 * tree?.rules; // { rules: [{ when: { attribute: "young", eq: true }, variant: "mail" }], otherwise: "none" }
 */
export function policyValues(request: PolicyValuesRequest): PolicyValues {
  checkFields(request, policyFields);
  const evidence = policyEvidence(request, request.costs);
  const { variants, arms, outcomes, coded, refused, excluded, clusters, fold, scores } = evidence;
  const n = arms.length;
  const shareLevel = request.level ?? 0.95;
  const critical = normalSurvivalQuantile((1 - shareLevel) / 2);
  const told = (values: Float64Array): Ranged => ranged(meanWithError(values, clusters), critical);
  const effective = (choices: Uint8Array) => effectiveOf(choices, evidence);
  const worths = (choices: Uint8Array) =>
    Float64Array.from(choices, (arm, i) => floatAt(scores[arm] ?? outcomes, i));
  const means = scores.map((own) => own.reduce((sum, each) => sum + each, 0) / n);
  const bestArm = means.indexOf(Math.max(...means));
  const valued = (
    choices: Uint8Array,
    beside: Uint8Array = new Uint8Array(n).fill(bestArm),
  ): ValuedPolicy => {
    const own = worths(choices);
    const less = (other: Float64Array) => own.map((each, i) => each - floatAt(other, i));
    return {
      value: told(own),
      overBest: told(less(worths(beside))),
      overControl: told(less(worths(new Uint8Array(n)))),
      given: Object.fromEntries(
        variants.map((name, arm) => [
          name,
          choices.reduce((sum, each) => sum + (each === arm ? 1 : 0), 0) / n,
        ]),
      ),
      effective: effective(choices),
    };
  };
  const singles = variants.map((name, arm) => [name, valued(new Uint8Array(n).fill(arm))] as const);
  const policies = Object.entries(request.policies ?? {}).map(([name, list]) => {
    const choices = choicesOf(list, {
      ...{ evidence, rows: request.variant.length, path: ["policies", name] },
    });
    const units = Math.floor(effective(choices));
    if (units < fewestEffective)
      throw new ExperimentError({ insufficient_data }, ["policies", name], units, {
        expected: { atLeast: fewestEffective },
      });
    return [name, valued(choices)] as const;
  });
  return {
    ...{ format: "essai.policy-values/1", level: shareLevel, units: n, best: variants[bestArm] ?? "" },
    single: Object.fromEntries(singles),
    policies: Object.fromEntries(policies),
    ...(request.tree === false
      ? {}
      : { tree: treeOf({ coded, scores, fold, variants, valued, depth: request.depth }) }),
    ...{ refused, excluded },
  };
}

interface TreeEvidence {
  readonly coded: readonly CodedAttribute[];
  readonly scores: readonly Float64Array[];
  readonly fold: Uint8Array;
  readonly variants: readonly string[];
  readonly valued: (choices: Uint8Array, beside?: Uint8Array) => ValuedPolicy;
  readonly depth: TreeDepth | undefined;
}

/** The tree of all units, with the value of trees on units that they were not learned from. */
function treeOf({ coded, scores, fold, variants, valued, depth }: TreeEvidence) {
  const n = fold.length;
  const byName = new Map(coded.map((each) => [each.name, each]));
  const all = Int32Array.from({ length: n }, (_, i) => i);
  const [choices, beside] = [new Uint8Array(n), new Uint8Array(n)];
  for (let held = 0; held < folds; held++) {
    const learned = all.filter((i) => byteAt(fold, i) !== held);
    const tree = searchTree(coded, learned, scores, depth);
    const own = treeChoices(tree, byName, n);
    // The single variant beside it is the best of the same units, so that neither has seen the others.
    const sums = scores.map((each) => learned.reduce((sum, i) => sum + floatAt(each, i), 0));
    const best = sums.indexOf(Math.max(...sums));
    for (let i = 0; i < n; i++)
      if (byteAt(fold, i) === held) {
        choices[i] = byteAt(own, i);
        beside[i] = best;
      }
  }
  return { ...valued(choices, beside), rules: rulesOf(searchTree(coded, all, scores, depth), variants) };
}
