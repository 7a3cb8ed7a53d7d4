import { canonicalJson } from "../../core/canonical-json.js";
import { isRecord, type Loose } from "../../definition/checks.js";

/** One part of a definition or catalogue that is different. */
export interface FieldChange {
  /** Where, e.g. ["variants", "b"], ["plan", "looks"] or ["audience"]; list entries by their key. */
  readonly path: readonly string[];
  /** Absent where it is new. */
  readonly before?: unknown;
  /** Absent where it was taken away. */
  readonly after?: unknown;
}

/** Lists whose entries have a name of their own. */
const names: Readonly<Record<string, string>> = {
  ...{ variants: "key", metrics: "key", rules: "key", factors: "name", holdouts: "key", overrides: "unitId" },
};

type Parts = ReadonlyMap<string, unknown>;

/** Objects that say one thing. */
const wholes: ReadonlySet<string> = new Set(["audience", "design", "layer"]);

/** The parts of a value that are compared one by one; undefined where it is compared as a whole. */
function partsOf(field: string, value: unknown): Parts | undefined {
  const name = names[field];
  if (Array.isArray(value) && name)
    return new Map(value.map((each: unknown) => [String(isRecord(each) ? each[name] : each), each]));
  return isRecord(value) && !wholes.has(field) ? new Map(Object.entries(value)) : undefined;
}

const same = (before: unknown, after: unknown) =>
  before === after ||
  (before !== undefined &&
    after !== undefined &&
    canonicalJson({ is: before }) === canonicalJson({ is: after }));

function change(path: readonly string[], before: unknown, after: unknown): FieldChange[] {
  if (same(before, after)) return [];
  return [{ path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }];
}

/**
 * What differs between two objects, part by part; the order of keys is no difference, that of lists is.
 * @param before  JSON
 * @param after   JSON
 */
export function fieldChanges(before: Loose, after: Loose): readonly FieldChange[] {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...fields].flatMap((field) => {
    const [old, now] = [before[field], after[field]];
    if (same(old, now)) return [];
    const [parts, others] = [partsOf(field, old), partsOf(field, now)];
    // Whole where either side has no parts, though it is there.
    if ((old !== undefined && !parts) || (now !== undefined && !others)) return change([field], old, now);
    const keys = new Set([...(parts?.keys() ?? []), ...(others?.keys() ?? [])]);
    const found = [...keys].flatMap((key) => change([field, key], parts?.get(key), others?.get(key)));
    // The same entries in another order.
    return found.length > 0 ? found : change([field], old, now);
  });
}
