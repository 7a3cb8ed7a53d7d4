import {
  ExperimentError,
  errorOf,
  nearName,
  problem,
  refuseType,
  requireList,
  requireNumber,
  single_variant,
  unknown_name,
  wrong_length,
} from "../errors/index.js";
import { isPlainObject } from "../shapes/index.js";
import type { UnitGroups } from "./groups/unit-groups.js";
import type { SegmentDiscovery } from "./segment-discovery.js";
import type { SegmentsRequest } from "./segments-request.js";

/** Refuses groups that no condition tells. */
function requireGroups({ of, segments }: Pick<UnitGroups, "of" | "segments">, path: readonly string[]): void {
  if (!isPlainObject(segments)) refuseType(segments, [...path, "segments"], "object");
  const names = Object.keys(segments);
  const known = new Set(names);
  for (const [i, name] of of.entries())
    if (!known.has(name))
      throw errorOf([problem({ unknown_name }, [...path, "of", i], name, nearName(name, names))]);
}

/** Refuses lists that are not of one length, and values that no attribute has. */
export function requireLists({ variant, outcome, attributes, unit }: SegmentsRequest): void {
  requireList(variant, ["variant"]);
  if (!isPlainObject(attributes)) refuseType(attributes, ["attributes"], "object");
  const lists: readonly (readonly [readonly string[], unknown])[] = [
    [["outcome"], outcome],
    ...Object.entries(attributes).map(([name, list]) => {
      const isGroups = isPlainObject(list) && "of" in list;
      return isGroups
        ? ([["attributes", name, "of"], list.of] as const)
        : ([["attributes", name], list] as const);
    }),
    ...(unit === undefined ? [] : [[["unit"], unit] as const]),
  ];
  for (const [path, list] of lists) {
    requireList(list, path);
    if (list.length !== variant.length)
      throw new ExperimentError({ wrong_length }, path, list.length, {
        expected: { atLeast: variant.length, atMost: variant.length },
      });
  }
  for (const [name, told] of Object.entries(attributes)) {
    if ("of" in told) {
      requireGroups(told, ["attributes", name]);
      continue;
    }
    for (let i = 0; i < told.length; i++) {
      const value = told[i];
      if (typeof value === "object" && value !== null) refuseType(value, ["attributes", name, i], "text");
      if (typeof value === "number" && !Number.isFinite(value) && !Number.isNaN(value))
        requireNumber(value, ["attributes", name, i]);
    }
  }
}

/** Rows that can be read, and how many cannot. */
interface Kept {
  readonly places: readonly number[];
  readonly excluded: SegmentDiscovery["excluded"];
}

/** Rows that can be read. */
export function keptRows(
  { variant, outcome, unit, control }: SegmentsRequest,
  treatments: readonly string[],
): Kept {
  const known = new Set([control, ...treatments]);
  const first = new Map<string, string>();
  const mixed = new Set<string>();
  unit?.forEach((id, i) => {
    const own = variant[i] ?? "";
    const before = first.get(id);
    if (before === undefined) first.set(id, own);
    else if (before !== own) mixed.add(id);
  });
  const excluded = { missing_outcome: 0, several_variants: 0, other_variant: 0 };
  const places: number[] = [];
  variant.forEach((own, i) => {
    const value: unknown = outcome[i];
    if (!known.has(own)) excluded.other_variant++;
    else if (unit && mixed.has(unit[i] ?? "")) excluded.several_variants++;
    else if (value === null || value === undefined || Number.isNaN(value)) excluded.missing_outcome++;
    else {
      if (typeof value !== "boolean") requireNumber(value, ["outcome", i]);
      places.push(i);
    }
  });
  return { places, excluded };
}

/** The variants to compare with control. */
export function treatmentsOf({
  variant,
  control,
  treatments,
  shares,
  costs,
}: SegmentsRequest): readonly string[] {
  const there = new Set<string>();
  for (let i = 0; i < variant.length; i++) {
    const own: unknown = variant[i];
    if (typeof own !== "string" || own === "") refuseType(own, ["variant", i], "text");
    there.add(own);
  }
  const variants = [...there].sort();
  const require = (name: string, path: readonly (string | number)[]) => {
    if (!there.has(name)) throw errorOf([problem({ unknown_name }, path, name, nearName(name, variants))]);
  };
  require(control, ["control"]);
  treatments?.forEach((each, i) => {
    require(each, ["treatments", i]);
  });
  for (const [key, map] of Object.entries({ shares, costs }))
    for (const name of Object.keys(map ?? {})) require(name, [key, name]);
  const asked = [...new Set(treatments ?? variants)].filter((each) => each !== control);
  if (asked.length === 0) throw new ExperimentError({ single_variant }, ["variant"], control);
  return asked;
}

/** Which cluster a row is in; each is its own where units have one row. */
export function clustersOf(
  unit: readonly string[] | undefined,
  places: readonly number[],
): Int32Array | undefined {
  if (!unit) return undefined;
  const ids = new Map<string, number>();
  const own = Int32Array.from(places, (i) => {
    const key = unit[i] ?? "";
    const id = ids.get(key) ?? ids.size;
    ids.set(key, id);
    return id;
  });
  return ids.size === places.length ? undefined : own;
}
