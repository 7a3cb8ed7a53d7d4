import { type Problem, problemAt } from "../../errors/index.js";

/** A file that rounds were read from. */
export interface RoundsPlaces {
  readonly file: string;
  /** What the file is called in messages. */
  readonly place: string;
  /** Where each round stands in it. */
  readonly places: readonly string[];
}

/**
 * @param problems  of a log, with paths from ["log", i], as `banditRun` finds them
 * @returns the same, told at the file's own lines
 */
export function locatedRounds(
  problems: readonly Problem[],
  { file, place, places }: RoundsPlaces,
): Problem[] {
  return problems.map((each) => {
    const [log, i, ...rest] = each.path;
    if (log !== "log") return each;
    const path = [place, ...(typeof i === "number" ? [places[i] ?? "line ?"] : []), ...rest];
    return { ...problemAt(path, each), file };
  });
}
