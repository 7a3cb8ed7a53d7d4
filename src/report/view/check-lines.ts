import type { Check, Report } from "../../analysis/index.js";
import type { Voice } from "../words/language.js";

type Tested = Extract<Check, { readonly status: "passed" | "failed" }>;

/** The test behind a check: `χ² 2.48 on 2 df, p 0.289`. */
function numbersOf({ sequential, statistic, df, pValue }: Tested, voice: Voice): string {
  const p = voice.p(pValue);
  return !sequential
    ? voice.say("chi_square", { statistic: voice.statistic(statistic), df: String(df), p })
    : voice.say("at_every_look", { p });
}

function scopeOf(check: Check, alone: boolean, voice: Voice): string | undefined {
  const { rule, dimension, level = "", levels = 1, definitionVersion } = check;
  if (rule !== undefined) return voice.say("scope_rule", { rule });
  if (dimension !== undefined) return voice.say("scope_levels", { count: levels, dimension, level });
  if (alone) return undefined;
  return definitionVersion === null
    ? voice.say("scope_all")
    : voice.say("scope_version", { version: String(definitionVersion) });
}

/** Several dimensions within whose levels nothing is wrong, in one line that names the level least in keeping. */
function togetherLine(passed: readonly Tested[], voice: Voice): string {
  const [least] = [...passed].sort((a, b) => a.pValue * (a.levels ?? 1) - b.pValue * (b.levels ?? 1));
  return voice.say("checks_levels_passed", {
    dimensions: passed.map(({ dimension = "" }) => dimension).join(", "),
    level: `${least?.dimension ?? ""} ${least?.level ?? ""}`,
    numbers: least ? numbersOf(least, voice) : "",
  });
}

/** @returns what the checks of the units' shares found, a line each, but dimensions that pass together in one */
export function checkLines({ checks }: Pick<Report, "checks">, voice: Voice): readonly string[] {
  const passed = checks.flatMap((check) =>
    check.dimension !== undefined && check.status === "passed" ? [check] : [],
  );
  const own = passed.length > 1 ? checks.filter((check) => !passed.some((each) => each === check)) : checks;
  const alone = checks.filter(({ dimension }) => dimension === undefined).length === 1;
  const lines = own.map((check) => {
    const scope = scopeOf(check, alone, voice);
    const line =
      "statistic" in check
        ? voice.say(check.status === "passed" ? "checks_passed" : "checks_failed", {
            numbers: numbersOf(check, voice),
          })
        : voice.say("checks_skipped", { reason: voice.words.reason(check.reason) });
    return scope === undefined ? line : voice.say("scoped", { scope, line });
  });
  return passed.length > 1 ? [...lines, togetherLine(passed, voice)] : lines;
}
