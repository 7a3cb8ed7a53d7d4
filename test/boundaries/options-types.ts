import ts from "typescript";
import { checker } from "./public-surface.js";

/** Data that functions make and hand on, with whatever else a caller keeps beside them: their keys are not options. */
const data = new Set([
  "DataMapping",
  "Moments",
  "ScalarMoments",
  "Definition",
  "InLayer",
  "Assignment",
  "Exposure",
  "Report",
  "Engine",
  "Finding",
  "BanditState",
  "BanditRun",
  "Decision",
  "QuickDecision",
  "Outcome",
  "Constraint",
]);

export type Place = readonly (string | number)[];

/** An options object that a parameter takes, and where it stands among the arguments. */
export interface OptionsPlace {
  readonly place: Place;
  readonly type: ts.Type;
}

const elementOf = (type: ts.Type): ts.Type | undefined =>
  checker.isArrayType(type) ? checker.getTypeArguments(type as ts.TypeReference)[0] : undefined;

function isOptions(type: ts.Type, name: string): boolean {
  const object =
    type.getProperties().length > 0 &&
    (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0 &&
    type.getCallSignatures().length === 0 &&
    !checker.getIndexInfoOfType(type, ts.IndexKind.Number) &&
    !(type.symbol && type.symbol.flags & ts.SymbolFlags.Class);
  const known = data.has(type.symbol?.name ?? "") || data.has(type.aliasSymbol?.name ?? "");
  return (
    object &&
    !known &&
    (/^(options|settings|design|generators)$/.test(name) ||
      type.getProperties().some((property) => property.flags & ts.SymbolFlags.Optional))
  );
}

/** The options objects within a parameter's type: itself, a member of a union, an element of a list. */
export function optionsPlaces(
  type: ts.Type,
  name: string,
  place: Place,
  around: readonly ts.Type[] = [],
): OptionsPlace[] {
  const bare = checker.getNonNullableType(type);
  // A type may be made of itself, as JSON is.
  if (around.includes(bare) || data.has(bare.aliasSymbol?.name ?? "")) return [];
  const within = [...around, bare];
  if (bare.isUnion()) return bare.types.flatMap((each) => optionsPlaces(each, name, place, within));
  const element = elementOf(bare);
  if (element) return optionsPlaces(element, "", [...place, 0], within);
  return isOptions(bare, name) ? [{ place, type: bare }] : [];
}

/** One key of an options type. */
export interface OptionKey {
  /** The words that it takes, where it takes nothing else. */
  readonly words: readonly string[] | undefined;
  /** A value that no such key takes. */
  readonly wrong: unknown;
}

/** The keys of an options type. */
export function keysOf(type: ts.Type): ReadonlyMap<string, OptionKey> {
  return new Map(
    type.getProperties().map((property) => {
      const own = checker.getNonNullableType(checker.getTypeOfSymbol(property));
      const members = own.isUnion() ? own.types : [own];
      const words = members.flatMap((each) => (each.isStringLiteral() ? [each.value] : []));
      const dated = members.some((each) => each.symbol?.name === "Date");
      return [
        property.name,
        { words: words.length === members.length ? words : undefined, wrong: dated ? [true] : new Date(0) },
      ];
    }),
  );
}
