import type { Condition, Tests } from "../../core/condition.js";
import type { Voice } from "../words/language.js";

/** A condition of a found segment in words: `mens = 1 and womens = 1`. */
export function toldCondition(condition: Condition, voice: Voice): string {
  if ("all" in condition)
    return condition.all
      .map((each) => toldCondition(each, voice))
      .reduce((one, other) => voice.say("segments_and", { one, other }));
  if ("any" in condition)
    return condition.any
      .map((each) => ("all" in each ? `(${toldCondition(each, voice)})` : toldCondition(each, voice)))
      .reduce((one, other) => voice.say("segments_or", { one, other }));
  if ("not" in condition) return voice.say("segments_not", { rule: toldCondition(condition.not, voice) });
  if (!("attribute" in condition)) return JSON.stringify(condition);
  const { attribute, ...rest } = condition;
  const tests: Tests = rest;
  const text = (value: unknown) => ({ attribute, value: String(value) });
  const day = (value: string) => ({ attribute, value: value.replace(/T00:00:00\.000Z$/, "") });
  if (tests.gte !== undefined && tests.lt !== undefined)
    return voice.say("segments_between", { attribute, low: String(tests.gte), high: String(tests.lt) });
  if (tests.gte !== undefined) return voice.say("segments_at_least", text(tests.gte));
  if (tests.lt !== undefined) return voice.say("segments_below", text(tests.lt));
  if (tests.since !== undefined) return voice.say("segments_since", day(tests.since));
  if (tests.before !== undefined) return voice.say("segments_before", day(tests.before));
  if (tests.exists !== undefined)
    return voice.say(tests.exists ? "segments_there" : "segments_missing", { attribute });
  if (tests.neq !== undefined) return voice.say("segments_is_not", text(tests.neq));
  return voice.say("segments_is", text(tests.eq));
}
