import type { Attributes, AttributeType, Scalar, TestName } from "../core/condition.js";
import {
  type ErrorPath,
  impossible_condition,
  invalid_instant,
  invalid_version,
  missing_value,
  out_of_range,
  too_deep,
  unknown_attribute,
  unknown_key,
  wrong_type,
} from "../errors/index.js";
import { type Checks, DEEPEST_CONDITION, isRecord, type Loose } from "./checks.js";
import { compareVersions } from "./compare-versions.js";
import type { SegmentOf } from "./compile-condition.js";
import { instantOf } from "./instant.js";
import { type SearchBudget, searchBudget, witnessOf } from "./witness.js";

/** What an operand has to be, and which attribute types the test makes sense for. */
const rules: { readonly [name in TestName]: readonly [operand: string, types: string] } = {
  eq: ["scalar", "string number boolean version"],
  neq: ["scalar", "string number boolean version"],
  in: ["scalars", "string number version"],
  notIn: ["scalars", "string number version"],
  lt: ["number", "number"],
  lte: ["number", "number"],
  gt: ["number", "number"],
  gte: ["number", "number"],
  before: ["instant", "date"],
  since: ["instant", "date"],
  exists: ["boolean", ""],
  startsWith: ["string", "string"],
  endsWith: ["string", "string"],
  contains: ["string", "string"],
  matches: ["string", "string"],
  versionLt: ["version", "version"],
  versionLte: ["version", "version"],
  versionGt: ["version", "version"],
  versionGte: ["version", "version"],
  has: ["string", "strings"],
  hasAny: ["strings", "strings"],
  hasAll: ["strings", "strings"],
};
const scalarOf: { readonly [type: string]: string } = { version: "string", date: "string" };
const MOST_MEMBERS = 10_000;
const MOST_NODES = 1_000;

/**
 * Everything that is wrong with a condition: its form, its operands, attributes that are not declared, and that no
 * unit can meet it.
 * @param condition   not yet trusted, frozen JSON
 * @param segmentOf   the segments known here; other names are left to the catalogue
 * @param attributes  declared types; undefined when any attribute is allowed
 * @param budget      what looking for a unit may cost; where it does not suffice, the condition is not called impossible
 * @returns whether the condition is well-formed, so that it may be compiled
 */
export function checkCondition(
  condition: unknown,
  path: ErrorPath,
  checks: Checks,
  segmentOf: SegmentOf,
  attributes: Attributes | undefined,
  budget: SearchBudget = searchBudget(),
): boolean {
  const before = checks.reports;
  if (sizeOf(condition) > MOST_NODES)
    return checks.report({ out_of_range }, path, condition, {
      detail: `at most ${MOST_NODES} objects in one condition`,
    });
  checkForm(condition, path, checks, attributes, 0);
  if (checks.reports > before) return false;
  if (witnessOf(condition as never, segmentOf, attributes, budget).status === "none")
    checks.report({ impossible_condition }, path, condition);
  return true;
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
  condition: unknown,
  path: ErrorPath,
  checks: Checks,
  attributes: Attributes | undefined,
  depth: number,
): unknown {
  if (depth > DEEPEST_CONDITION) return checks.report({ too_deep }, path, condition);
  if (!checks.record(condition, path)) return false;
  const keys = Object.keys(condition);
  const group = ["all", "any", "not", "segment"].find((name) => keys.includes(name));
  if (group === undefined) return checkTests(condition, path, checks, attributes);
  for (const key of keys) if (key !== group) checks.report({ unknown_key }, [...path, key], key);
  const inside = [...path, group];
  const value = condition[group];
  if (group === "segment") return checks.key(value, inside);
  if (group === "not") return checkForm(value, inside, checks, attributes, depth + 1);
  if (!checks.list(value, inside)) return false;
  if (value.length === 0) checks.report({ missing_value }, inside, value);
  value.forEach((each, i) => {
    checkForm(each, [...inside, i], checks, attributes, depth + 1);
  });
}

function checkTests(
  condition: Loose,
  path: ErrorPath,
  checks: Checks,
  attributes: Attributes | undefined,
): unknown {
  const { attribute, ...operands } = condition;
  if (typeof attribute !== "string" || attribute === "")
    return checks.mistyped([...path, "attribute"], attribute);
  const type = attributes && Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined;
  if (attributes && type === undefined)
    checks.report({ unknown_attribute }, [...path, "attribute"], attribute, {
      detail: `declared: ${Object.keys(attributes).join(", ")}`,
    });
  const names = Object.keys(operands);
  if (names.length === 0)
    checks.report({ missing_value }, path, condition, { detail: "add a test, e.g. `eq`" });
  for (const name of names) {
    const at = [...path, name];
    if (!Object.hasOwn(rules, name)) {
      checks.report({ unknown_key }, at, name, { detail: `tests: ${Object.keys(rules).join(", ")}` });
      continue;
    }
    const [operand, types] = rules[name as TestName];
    const kind = Array.isArray(type) ? "string" : (type as string | undefined);
    if (kind !== undefined && types !== "" && !types.split(" ").includes(kind))
      checks.report({ wrong_type }, at, operands[name], { detail: `${attribute} is of type ${kind}` });
    else checkOperand(operands[name], operand, type, at, checks);
  }
}

function checkOperand(
  value: unknown,
  operand: string,
  type: AttributeType | undefined,
  path: ErrorPath,
  checks: Checks,
): void {
  const isScalar = (each: unknown): each is Scalar => ["string", "number", "boolean"].includes(typeof each);
  if (operand === "scalar") {
    if (!isScalar(value)) checks.mistyped(path, value);
    else checkMember(value, type, path, checks);
  } else if (operand === "scalars" || operand === "strings") {
    if (!checks.list(value, path)) return;
    if (value.length === 0) checks.report({ missing_value }, path, value);
    if (operand === "strings" && value.length > MOST_MEMBERS) checks.report({ out_of_range }, path, value);
    value.forEach((each, i) => {
      const alike = operand === "strings" ? "string" : typeof value[0];
      if (!isScalar(each) || typeof each !== alike) checks.mistyped([...path, i], each);
      else if (operand === "scalars") checkMember(each, type, [...path, i], checks);
    });
  } else if (operand === "instant") {
    if (typeof value !== "string" || Number.isNaN(instantOf(value)))
      checks.report({ invalid_instant }, path, value);
  } else if (operand === "version") {
    if (typeof value !== "string" || Number.isNaN(compareVersions(value, value)))
      checks.report({ invalid_version }, path, value);
  } else if (typeof value !== operand) checks.mistyped(path, value);
}

function checkMember(value: Scalar, type: AttributeType | undefined, path: ErrorPath, checks: Checks): void {
  if (type === undefined) return;
  if (typeof type === "string") {
    if (typeof value !== (scalarOf[type] ?? type))
      checks.report({ wrong_type }, path, value, { detail: `the attribute is of type ${type}` });
  } else if (!type.includes(value as string))
    checks.report({ wrong_type }, path, value, { detail: `values: ${type.join(", ")}` });
}

/** Attribute types as declared. */
export function checkAttributes(attributes: unknown, checks: Checks): attributes is Attributes {
  const before = checks.reports;
  if (!checks.record(attributes, ["attributes"])) return false;
  const types = ["string", "number", "boolean", "date", "version", "strings"];
  for (const [name, type] of Object.entries(attributes)) {
    const path = ["attributes", name];
    if (Array.isArray(type)) {
      if (type.length === 0) checks.report({ missing_value }, path, type);
      type.forEach((each, i) => {
        if (typeof each !== "string") checks.mistyped([...path, i], each);
      });
    } else if (!types.includes(type as string))
      checks.report({ wrong_type }, path, type, { detail: `types: ${types.join(", ")}, or a list of texts` });
  }
  return checks.reports === before;
}
