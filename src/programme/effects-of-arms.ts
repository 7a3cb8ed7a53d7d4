import { square } from "../core/powers.js";
import { requireArray } from "../errors/index.js";
import { checkFields, type FieldsFor, fitsFields } from "../shapes/index.js";
import type { EffectScaleName, PastEffect } from "./past-effect.js";

/** One arm of one of many tests that are told by counts. */
export interface CountedArm {
  readonly experiment: string;
  /** Units shown the arm; > 0. */
  readonly units: number;
  /** Of these, with a success. */
  readonly successes: number;
  /** Whether the others are compared with it; default the first arm of the test. */
  readonly control?: boolean;
  readonly theme?: string;
  readonly channel?: string;
  readonly at?: string;
}

const name = { kind: "text", optional: true } as const;
const armFields = {
  experiment: { kind: "text" },
  units: { kind: "number", above: 0 },
  successes: { kind: "number", atLeast: 0 },
  control: { kind: "flag", optional: true },
  theme: name,
  channel: name,
  at: name,
} as const satisfies FieldsFor<CountedArm>;

/** Options of {@link effectsOfArms}. */
export interface EffectsOfArmsOptions {
  /** Default `"log-lift"`. */
  readonly scale?: EffectScaleName;
}

const optionFields = {
  scale: { kind: "word", of: ["log-lift", "difference"], optional: true },
} as const satisfies FieldsFor<EffectsOfArmsOptions>;

/** The effects of many tests, and what gave none. */
export interface ArmEffects {
  readonly effects: readonly PastEffect[];
  /** Arms too thin for a standard error: fewer than ten successes, or non-successes, on a side. */
  readonly thin: number;
  /** Tests of a single arm. */
  readonly alone: number;
}

const least = 10;
const isThin = ({ units, successes }: CountedArm) => successes < least || units - successes < least;

function effectOf(control: CountedArm, arm: CountedArm, scale: EffectScaleName): PastEffect {
  const [p0, p1] = [control.successes / control.units, arm.successes / arm.units];
  const [v0, v1] = [(p0 * (1 - p0)) / control.units, (p1 * (1 - p1)) / arm.units];
  const { experiment, theme, channel, at } = arm;
  return {
    experiment,
    ...(scale === "difference"
      ? { value: p1 - p0, standardError: Math.sqrt(v0 + v1) }
      : { value: Math.log(p1 / p0), standardError: Math.sqrt(v1 / square(p1) + v0 / square(p0)) }),
    ...(theme === undefined ? {} : { theme }),
    ...(channel === undefined ? {} : { channel }),
    ...(at === undefined ? {} : { at }),
    units: control.units + arm.units,
  };
}

/**
 * The effects of many tests that one table tells by counts, for {@link analyzeProgramme}: every arm against the control of
 * its test.
 * @param arms     one row per arm: the test, units, successes (at most as many)
 * @param options  scale: `"log-lift"` (default), log(treatment / control), which is nearly normal and adds up, or
 *                 `"difference"` of the two rates
 * @returns an effect per arm that is not control; arms that are too thin, and tests of one arm, are counted
 * @throws ExperimentError `out_of_range`, `missing_value`, `wrong_type`, `unknown_key` at ["arms", i, field]; `unknown_key`,
 *         `unknown_name` at ["options", …]
 * @example
 * const test = { experiment: "headline", units: 1000 };
 * const { effects } = effectsOfArms([{ ...test, successes: 100 }, { ...test, successes: 120 }]);
 * [effects[0]?.value, effects[0]?.standardError]; // [0.1823, 0.1278]
 */
export function effectsOfArms(arms: readonly CountedArm[], options: EffectsOfArmsOptions = {}): ArmEffects {
  checkFields(options, optionFields, ["options"]);
  requireArray(arms, ["arms"]);
  const tests = new Map<string, CountedArm[]>();
  arms.forEach((arm, i) => {
    if (!fitsFields(arm, armFields) || arm.successes > arm.units) {
      const atMost = typeof arm?.units === "number" ? { atMost: arm.units } : {};
      const successes = { ...armFields.successes, ...atMost };
      checkFields(arm, { ...armFields, successes }, ["arms", i]);
    }
    const known = tests.get(arm.experiment);
    if (known) known.push(arm);
    else tests.set(arm.experiment, [arm]);
  });
  const { scale = "log-lift" } = options;
  const effects: PastEffect[] = [];
  let [thin, alone] = [0, 0];
  for (const own of tests.values()) {
    const control = own.find((arm) => arm.control) ?? own[0];
    if (own.length < 2 || control === undefined) {
      alone++;
      continue;
    }
    for (const arm of own) {
      if (arm === control || arm.control) continue;
      if (isThin(control) || isThin(arm)) thin++;
      else effects.push(effectOf(control, arm, scale));
    }
  }
  return { effects, thin, alone };
}
