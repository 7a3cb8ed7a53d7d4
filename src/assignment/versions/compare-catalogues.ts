import { canonicalJson } from "../../core/canonical-json.js";
import type { Catalogue } from "../../core/catalogue.js";
import type { Condition } from "../../core/condition.js";
import type { Definition } from "../../core/definition.js";
import { POINTS } from "../../core/points.js";
import { allocationOf } from "../../definition/allocation.js";
import type { Loose } from "../../definition/checks.js";
import { defineCatalogue } from "../../definition/define-catalogue.js";
import { segmentsIn } from "../../definition/segments-in.js";
import { within } from "../../errors/index.js";
import { type FieldChange, fieldChanges } from "./field-changes.js";
import { type Moves, movesOf } from "./moves.js";

type Known = Definition<string, unknown>;

/** A part that decides by what is known of a unit or of the time, so that no share can be given. */
export type OpenPart = "audience" | "rules" | "prerequisites" | "schedule" | "overrides" | "policy";

/** One experiment that is not as it was. */
export interface ExperimentDiff {
  readonly experiment: string;
  readonly change: "added" | "removed" | "changed";
  /** Null where it is not there. */
  readonly versions: readonly [before: number | null, after: number | null];
  /** Its definition is another one, and its version the same: what was learned of one is counted for the other. */
  readonly sameVersion: boolean;
  readonly fields: readonly FieldChange[];
  readonly moves: Moves;
  /** Parts that units must meet to be counted in `moves`: of either version. */
  readonly among: readonly OpenPart[];
  /** Those that changed, or whose segments did: how many units that moves depends on who comes. */
  readonly uncounted: readonly OpenPart[];
}

/** Points of a layer that another experiment had before: its units carry over what they met there. */
export interface ReusedPoints {
  readonly layer: string;
  /** Who had them. */
  readonly from: string;
  /** Who has them now. */
  readonly to: string;
  /** Share of the layer's units. */
  readonly share: number;
}

/** What is different between two catalogues. Plain JSON. */
export interface CatalogueDiff {
  readonly format: "essai.diff/1";
  /** Those that changed or whose units move, in the new catalogue's order; then those that are gone. */
  readonly experiments: readonly ExperimentDiff[];
  /** Shared segments and holdouts that changed. */
  readonly shared: readonly FieldChange[];
  readonly reused: readonly ReusedPoints[];
  /** Experiments of which a change moves units, or may move them by rules or a policy, under the same version. */
  readonly unversioned: readonly string[];
}

/** The segments that conditions lead to. */
function segmentsOf(conditions: readonly Condition[], segments: Catalogue["segments"]): ReadonlySet<string> {
  const found = new Set<string>();
  const open = conditions.flatMap(segmentsIn);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    const inner = segments?.[name];
    if (inner) open.push(...segmentsIn(inner));
  }
  return found;
}

const openParts = ["audience", "rules", "prerequisites", "schedule", "overrides"] as const;

const conditionsIn: Partial<Record<OpenPart, (definition: Known) => readonly Condition[]>> = {
  audience: ({ audience }) => (audience ? [audience] : []),
  rules: ({ rules = [] }) => rules.map(({ when }) => when),
};

/** A definition as it is shown: shares in place of points, unless only the points are different. */
function shown(definition: Known, points: boolean): Loose {
  const { ranges, format: _, version: __, ...rest } = definition;
  return points ? { ...rest, ranges } : { ...rest, allocation: allocationOf(definition) };
}

function changesOf(before: Known, after: Known): readonly FieldChange[] {
  const found = fieldChanges(shown(before, false), shown(after, false));
  return found.length > 0 ? found : fieldChanges(shown(before, true), shown(after, true));
}

/** The layers' points that an experiment took over from others. */
function reusedBy(after: Known, before: Catalogue): readonly ReusedPoints[] {
  const { key, layer, status } = after;
  if (!layer || status === "stopped") return [];
  return before.experiments.flatMap((other): ReusedPoints[] => {
    if (other.key === key || other.layer?.key !== layer.key) return [];
    let points = 0;
    for (const [from, to] of layer.ranges)
      for (const [start, end] of other.layer.ranges)
        points += Math.max(0, Math.min(to, end) - Math.max(from, start));
    return points > 0 ? [{ layer: layer.key, from: other.key, to: key, share: points / POINTS }] : [];
  });
}

const mayMove = ({ moves, uncounted, fields }: Omit<ExperimentDiff, "sameVersion">) =>
  moves.moved > 0 ||
  uncounted.includes("rules") ||
  uncounted.includes("policy") ||
  fields.some(({ path: [field] }) => field === "unit");

/**
 * What is different between two catalogues: every part that changed, and the exact share of units that change their
 * variant, come in or drop out, because every question that units are hashed for is independent of the others.
 * @param before  the catalogue in use: from `defineCatalogue` or `parseCatalogue`, or as people write it
 * @param after   the one that is to follow
 * @returns the differences; nothing in any of its lists where both say the same
 * @throws ExperimentError as `defineCatalogue`, at paths that begin with "before" or "after": `layer_overlap` where
 *   experiments want the same points of a layer
 * @checked test/assignment/compare-catalogues.test.ts — a million hashed units
 */
export function compareCatalogues(before: Catalogue, after: Catalogue): CatalogueDiff {
  const old = within(["before"], () => defineCatalogue(before));
  const now = within(["after"], () => defineCatalogue(after));
  const shared = fieldChanges(
    { segments: old.segments ?? {}, holdouts: old.holdouts ?? [] },
    { segments: now.segments ?? {}, holdouts: now.holdouts ?? [] },
  );
  const byKey = new Map(old.experiments.map((each) => [each.key, each]));
  const found: ExperimentDiff[] = [];
  const compare = (experiment: string, was: Known | undefined, is: Known | undefined) => {
    const fields = was && is ? changesOf(was, is) : [];
    const sides = [was, is].filter((each) => each !== undefined);
    const segments = sides.map((each) => ({ ...(each === was ? old : now).segments, ...each.segments }));
    const moved = (part: OpenPart) => {
      const names = sides.flatMap((each, i) => [
        ...segmentsOf(conditionsIn[part]?.(each) ?? [], segments[i]),
      ]);
      const changed = (name: string) =>
        canonicalJson(segments[0]?.[name] ?? null) !== canonicalJson(segments.at(-1)?.[name] ?? null);
      return fields.some(({ path: [field] }) => field === part) || names.some(changed);
    };
    const learns = sides.some(({ policy }) => policy !== "fixed");
    const diff = {
      experiment,
      change: was && is ? "changed" : is ? "added" : "removed",
      versions: [was?.version ?? null, is?.version ?? null],
      fields,
      moves: movesOf([was, old], [is, now]),
      among: openParts.filter((part) => sides.some((each) => each[part] !== undefined)),
      uncounted: [
        ...openParts.filter(moved),
        ...(learns && fields.some(({ path: [field] }) => field === "policy" || field === "variants")
          ? (["policy"] as const)
          : []),
      ],
    } as const;
    const { moved: share, entered, left } = diff.moves;
    if (was && is && fields.length === 0 && was.version === is.version && diff.uncounted.length === 0)
      if (share + entered + left === 0) return;
    const sameVersion = fields.length > 0 && was?.version === is?.version;
    found.push({ ...diff, sameVersion });
  };
  for (const is of now.experiments) compare(is.key, byKey.get(is.key), is);
  const present = new Set(now.experiments.map(({ key }) => key));
  for (const was of old.experiments) if (!present.has(was.key)) compare(was.key, was, undefined);
  return {
    format: "essai.diff/1",
    experiments: found,
    shared,
    reused: now.experiments.flatMap((each) => reusedBy(each, old)),
    unversioned: found.filter((each) => each.sameVersion && mayMove(each)).map((each) => each.experiment),
  };
}
