import { Checks } from "../definition/checks.js";
import { frozenJson } from "../definition/frozen-json.js";
import { errorOf } from "../errors/index.js";
import { checkFields } from "../shapes/index.js";
import type { BanditRound } from "./bandit-round.js";
import { roundFields } from "./round-shape.js";

/** Control characters and separators that JSON leaves as they are; some readers of lines break at them. */
const unescaped = /[\u007f-\u009f\u2028\u2029]/g;

const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/**
 * A round as one line of a log of JSON lines, without the payload, which the definition gives back. The same round gives the
 * same line; `parseBanditRounds` reads it back.
 * @param round  a decision with what came back; a reward that is not known yet is null, and a later line of the same
 *               decision tells it
 * @returns the line, without the break that ends it
 * @throws ExperimentError what keeps it from being a round, at the place: `unknown_key`, `missing_value`, `wrong_type`,
 *         `not_finite` …; `not_json` for whatever JSON would drop or change, such as a date in the context; `invalid_key`
 *         for a property named `__proto__`
 * @example
 * const variants = { control: null, gift: null };
 * const offers = defineExperiment({ key: "offers", unit: "userId", variants, policy: "thompson" });
 * const bandit = createBandit(offers, { thompson });
 * const decision = decide(bandit, { unitId: "u1", occasion: "1", now: new Date(0) });
 * JSON.parse(toLogLine({ decision, reward: 1 })).reward; // 1
 */
export function toLogLine(round: BanditRound): string {
  checkFields(round, roundFields);
  const { reward, period, segment, expected } = round;
  // The definition gives the payload back.
  const { payload: _, ...decision } = round.decision;
  const checks = new Checks();
  const written = frozenJson({ decision, reward, period, segment, expected }, checks);
  if (checks.problems.length > 0) throw errorOf(checks.problems);
  return JSON.stringify(written).replace(unescaped, escaped);
}
