import type { LookAccount, Report } from "../../analysis/index.js";
import type { Voice } from "../words/language.js";

/** Levels above this one would be rounded to certainty. */
const NEAR_CERTAIN = 0.9999;

const levelSaid = (nominal: number, voice: Voice): string =>
  nominal > NEAR_CERTAIN
    ? voice.say("level_above", { level: voice.level(NEAR_CERTAIN, "fraction") })
    : voice.level(nominal, "fraction");

function spentSaid(spent: number, error: number, voice: Voice): string {
  if (spent < 0.01 * error) return voice.say("look_spent_hardly", { error: voice.share(error) });
  return voice.say("look_spent", {
    spent: voice.share(spent),
    left: voice.share(Math.max(0, error - spent)),
  });
}

/** Where this look gives gains up. */
function futilitySaid({ below, binding, power }: NonNullable<LookAccount["futility"]>, voice: Voice): string {
  const made = { power: voice.share(power) };
  const told =
    below === undefined
      ? voice.say("look_futility_none", made)
      : voice.say("look_futility", { ...made, below: voice.statistic(below) });
  return `${told} ${voice.say(binding ? "look_futility_binding" : "look_futility_free")}`;
}

/** By what beliefs the plan decides, and how often that would be wrong where nothing changes. */
function believedSaid(
  { prior, loss }: NonNullable<LookAccount["believing"]>,
  falsely: LookAccount["falseChoices"],
  voice: Voice,
): string {
  const [mean, sd, small] = [prior.mean, prior.standardDeviation, loss].map((each) =>
    voice.level(each, "fraction"),
  );
  const told = voice.say("looks_believed", { mean: mean ?? "", sd: sd ?? "", loss: small ?? "" });
  if (!falsely) return told;
  const { looks, ship, stop } = falsely;
  return `${told} ${voice.say("looks_false", { count: looks, ship: voice.probability(ship), stop: voice.probability(stop) })}`;
}

/** How often the plan looks, where this look stands, and what that costs; empty where nothing is told of looks. */
export function looksSentence({ looks, level }: Report, voice: Voice): string {
  if (!looks) return "";
  const { rule, stated, look, most, units, planned, nominal, spent, futility, believing, falseChoices } =
    looks;
  if (rule === "one-look") {
    const told = voice.say("one_look");
    return planned !== undefined && units < planned
      ? `${told} ${voice.say("one_look_early", { units: voice.count(units), planned: voice.count(planned) })}`
      : told;
  }
  if (!stated) return voice.say("looks_unstated");
  if (believing) return believedSaid(believing, falseChoices, voice);
  const of = { level: voice.share(level), each: levelSaid(nominal, voice) };
  const read = nominal < 1 ? voice.say("look_read", of) : voice.say("look_too_early", of);
  if (rule === "always-valid") return `${voice.say("looks_any")} ${read}`;
  const error = 1 - level;
  const taken =
    look === undefined
      ? voice.say("look_of", { most: most ?? 1 })
      : voice.say("look_this_of", { look, most: most ?? 1 });
  const reached =
    planned === undefined
      ? ""
      : ` ${voice.say("look_units", { units: voice.count(units), planned: voice.count(planned) })}`;
  const paid = spent === undefined ? "" : ` ${spentSaid(spent, error, voice)}`;
  return `${taken}${reached}${paid} ${read}${futility ? ` ${futilitySaid(futility, voice)}` : ""}`;
}
