import type { Attributes, AttributeType, Condition, Scalar, TestName } from "../core/condition.js";
import {
  type ErrorPath,
  impossible_condition,
  invalid_instant,
  invalid_version,
  missing_value,
  nearName,
  too_deep,
  too_many,
  unknown_attribute,
  unknown_name,
  unsuitable_test,
  type ValueType,
  wrong_type,
} from "../errors/index.js";
import { type Checks, DEEPEST_CONDITION, isRecord, type Loose } from "./checks.js";
import type { SegmentOf } from "./compile-condition.js";
import { conditionTests } from "./condition-shape.js";
import { extents } from "./extent.js";
import { instantOf } from "./instant.js";
import { versionKey } from "./version-key.js";
import { type SearchBudget, witnessOf } from "./witness.js";

const valueTypes: { readonly [type: string]: ValueType } = {
  number: "number",
  boolean: "flag",
  date: "instant",
  strings: "list",
};
const MOST_NODES = 1_000;
/** The most conditions of one definition, segments followed, and the most members of their lists. */
const MOST_CONDITIONS = 10_000;
const MOST_MEMBERS = 200_000;

/**
 * What the shape of a condition does not say of it: how deep it is, and whether its operands are instants and versions
 * and fit the declared attributes.
 * @param condition   frozen JSON
 * @param path        where it lies; one in which a problem was found already is left alone
 * @param attributes  declared types; undefined when any attribute is allowed
 * @returns whether the condition is well-formed, so that it may be compiled
 */
export function checkCondition(
  condition: unknown,
  path: ErrorPath,
  checks: Checks,
  attributes: Attributes | undefined,
): condition is Condition {
  if (!checks.sound(...path)) return false;
  if (sizeOf(condition) > MOST_NODES)
    return checks.report({ too_many }, path, sizeOf(condition), { expected: { atMost: MOST_NODES } });
  const before = checks.reports;
  checkForm(condition as Loose, path, checks, attributes, 0);
  return checks.reports === before;
}

/** A condition and where it lies. */
export type PlacedCondition = readonly [condition: Condition, path: ErrorPath];

/**
 * Reports the first condition with which a definition holds more than can be checked, and met, in a short time.
 * @param conditions  well-formed
 * @param segmentOf   where `{ segment }` leads
 * @returns whether all of them together are within the limits
 */
export function checkExtent(
  conditions: readonly PlacedCondition[],
  segmentOf: SegmentOf,
  checks: Checks,
): boolean {
  const extentOf = extents(segmentOf);
  let [all, listed] = [0, 0];
  for (const [condition, path] of conditions) {
    const { depth, conditions: own, members } = extentOf(condition);
    if (depth > DEEPEST_CONDITION) return checks.report({ too_deep }, path, condition);
    all += own;
    listed += members;
    if (all > MOST_CONDITIONS)
      return checks.report({ too_many }, path, all, { expected: { atMost: MOST_CONDITIONS } });
    if (listed > MOST_MEMBERS)
      return checks.report({ too_many }, path, listed, { expected: { atMost: MOST_MEMBERS } });
  }
  return true;
}

/**
 * Reports conditions that no unit can meet.
 * @param conditions  well-formed and within the limits
 * @param segmentOf   where `{ segment }` leads
 * @param attributes  declared types
 * @param budget      what looking for units may cost; where it does not suffice, a condition is not called impossible
 */
export function checkPossible(
  conditions: readonly PlacedCondition[],
  segmentOf: SegmentOf,
  checks: Checks,
  attributes: Attributes | undefined,
  budget: SearchBudget,
): void {
  for (const [condition, path] of conditions)
    if (witnessOf(condition, segmentOf, attributes, budget).status === "none")
      checks.report({ impossible_condition }, path, condition);
}

/** Objects within a condition, counted no further than needed. */
function sizeOf(condition: unknown): number {
  const open = [condition];
  let size = 0;
  while (open.length > 0 && size <= MOST_NODES) {
    const next = open.pop();
    if (isRecord(next)) size++;
    if (typeof next === "object" && next !== null)
      for (const each of Object.values(next)) if (typeof each === "object") open.push(each);
  }
  return size;
}

function checkForm(
  condition: Loose,
  path: ErrorPath,
  checks: Checks,
  attributes: Attributes | undefined,
  depth: number,
): void {
  if (depth > DEEPEST_CONDITION) {
    checks.report({ too_deep }, path, condition);
    return;
  }
  if (condition.attribute !== undefined) {
    checkTests(condition, path, checks, attributes);
    return;
  }
  for (const [group, value] of Object.entries(condition)) {
    const inside = [...path, group];
    if (group === "segment") checks.key(value as string, inside);
    else if (group === "not") checkForm(value as Loose, inside, checks, attributes, depth + 1);
    else
      (value as readonly Loose[]).forEach((each, i) => {
        checkForm(each, [...inside, i], checks, attributes, depth + 1);
      });
  }
}

function checkTests(
  { attribute, ...operands }: Loose,
  path: ErrorPath,
  checks: Checks,
  attributes: Attributes | undefined,
): void {
  const name = attribute as string;
  const type = attributes && Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  if (attributes && type === undefined)
    checks.report(
      { unknown_attribute },
      [...path, "attribute"],
      name,
      nearName(name, Object.keys(attributes)),
    );
  const tests = Object.keys(operands) as TestName[];
  if (tests.length === 0)
    checks.report({ missing_value }, path, { attribute }, { known: testsFor(typeName(type)) });
  for (const test of tests) {
    const allowed = testsFor(typeName(type));
    if (allowed.includes(test)) checkOperand(operands[test], test, type, [...path, test], checks);
    else checks.report({ unsuitable_test }, [...path, test], test, { known: allowed, other: typeName(type) });
  }
}

/** The tests that make sense for a type of attribute, all of them where it is not known. */
function testsFor(type: string | undefined): TestName[] {
  return (Object.keys(conditionTests) as TestName[]).filter((test) => {
    const types: string = conditionTests[test][1];
    return type === undefined || types === "" || types.split(" ").includes(type);
  });
}

const typeName = (type: AttributeType | undefined): string | undefined =>
  typeof type === "object" ? "string" : type;

function checkOperand(
  value: unknown,
  test: TestName,
  type: AttributeType | undefined,
  path: ErrorPath,
  checks: Checks,
): void {
  const [operand] = conditionTests[test];
  if (operand === "scalar") checkMember(value as Scalar, type, path, checks);
  else if (operand === "scalars" && type !== undefined)
    (value as readonly Scalar[]).forEach((each, i) => {
      checkMember(each, type, [...path, i], checks);
    });
  else if (operand === "instant" && Number.isNaN(instantOf(value)))
    checks.report({ invalid_instant }, path, value);
  else if (operand === "version" && typeof versionKey(value) !== "string")
    checks.report({ invalid_version }, path, value);
}

function checkMember(value: Scalar, type: AttributeType | undefined, path: ErrorPath, checks: Checks): void {
  if (type === undefined) return;
  const expected = { type: valueTypes[typeName(type) as string] ?? "text" } as const;
  const given = { number: "number", boolean: "flag", string: "text" }[
    typeof value as "number" | "boolean" | "string"
  ];
  if (given !== expected.type) checks.report({ wrong_type }, path, value, { expected });
  else if (typeof type === "object" && !type.includes(value as string))
    checks.report({ unknown_name }, path, value, nearName(value, type));
}
