import {
  clock_backwards,
  ExperimentError,
  empty_data,
  errorOf,
  invalid_instant,
  nearName,
  problem,
  unknown_action,
} from "../../errors/index.js";
import { recordedTime } from "../../rounds/index.js";
import { checkFields, type FieldsFor } from "../../shapes/index.js";
import type { Choice } from "../log/choice.js";
import type { LeftOut } from "../log/choice-log.js";
import { ChoiceReader, requireIterable } from "../log/choice-reader.js";
import type { LogEntry } from "../log/logged-choice.js";
import { contradictedReason, ServedShares } from "../log/served-shares.js";
import { AdaptiveTally, type ArmInference, type ContrastInference } from "./adaptive-tally.js";

/** Which log to read, and how. */
export interface AdaptiveRequest {
  /** Rounds in the order in which they were decided: plain rows, or a bandit's decisions with what came back. */
  readonly log: Iterable<LogEntry>;
  /** The arm that the others are compared with. */
  readonly control: string;
  /** Names of all arms. */
  readonly actions: readonly string[];
  /** Confidence level, fraction in (0, 1); default 0.95. */
  readonly level?: number;
  /** Rounds at which the anytime-valid intervals are to be narrowest, fixed before the data; default 10,000. */
  readonly tunedAt?: number;
}

const requestFields = {
  log: { kind: "anything" },
  control: { kind: "text" },
  actions: { kind: "list", of: { kind: "text" }, atLeast: 2 },
  level: { kind: "number", above: 0, below: 1, optional: true },
  tunedAt: { kind: "number", above: 0, optional: true },
} as const satisfies FieldsFor<AdaptiveRequest>;

/** What a log that learned while it was made says of its arms. */
export interface AdaptiveInference {
  readonly rounds: number;
  /**
   * Units that had these rounds; rounds that name none have each their own. Where there are fewer units than rounds, the intervals take
   * rounds of one unit for independent, and are too short as far as they are alike.
   */
  readonly units: number;
  readonly level: number;
  readonly leftOut: LeftOut;
  readonly arms: readonly ArmInference[];
  /** Every arm but control, less control. */
  readonly contrasts: readonly ContrastInference[];
  /**
   * Fraction of uniform play that would have given every arm a hundred rounds; where some arm cannot be read, that much is
   * missing.
   */
  readonly readableShare: number;
}

/** Rounds of an arm that make it readable. */
const READABLE = 100;

/** @returns the fraction of uniform play that gives each of so many arms a hundred of so many rounds */
export const readableShare = (arms: number, rounds: number): number =>
  Math.min(1, (READABLE * arms) / rounds);

/** Puts a round's probabilities into the order of the arms; those of one state are one vector, and mostly follow each other. */
class Placed {
  readonly #places: ReadonlyMap<string, number>;
  #last: Pick<Choice, "actions" | "probabilities"> | undefined;
  #vector: Float64Array | undefined;

  constructor(places: ReadonlyMap<string, number>) {
    this.#places = places;
  }

  of({ actions, probabilities }: Choice): Float64Array | undefined {
    if (!actions || !probabilities) return undefined;
    if (this.#last?.probabilities === probabilities && this.#last.actions === actions) return this.#vector;
    const vector = new Float64Array(this.#places.size);
    for (let k = 0; k < actions.length; k++) {
      const place = this.#places.get(actions[k] as string);
      if (place === undefined) return undefined;
      vector[place] = probabilities[k] as number;
    }
    this.#last = { actions, probabilities };
    this.#vector = vector;
    return vector;
  }
}

/**
 * What each arm earns, and earns more than control, from rounds whose probabilities followed earlier rewards: a bandit's
 * log. The plain means of such a log are biased, and their intervals too short. Rounds count one by one, not by unit (see `units`).
 * Reads the log once; what it holds grows with the arms (and with ids of decisions and units that the log names), not with the rounds.
 * @param request  log, arms, control, level; tunedAt for the anytime-valid intervals
 * @returns for every arm and contrast an interval for one look at a planned end (`fixed`), one that holds at every look
 *          (`anytime`; by the design alone: `mixture`), and every estimator's own; rewards' unit. `adaptive` with the reason where none applies: too few plays, an
 *          arm that was all but given up, probabilities that the served shares contradict
 * @throws ExperimentError with up to twenty problems of the log, from ["log", i], as `evaluatePolicy`; `unknown_action` there and
 *         at ["control"]; `clock_backwards` and `invalid_instant` at ["log", i, "decision", "at"]; `empty_data` at ["log"]; `unknown_key`, `out_of_range` for the rest
 * @source fixed: Hadad, Hirshberg, Zhan, Wager & Athey (2021), PNAS 118; anytime: Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas
 *         (2024), Annals of Statistics 52, on the scores of AIPW; mixture: Liang & Bojinov (2024), An Experimental Design for Anytime-Valid Causal
 *         Inference on Multi-Armed Bandits; batched OLS: Zhang, Janson & Murphy (2020), NeurIPS 33
 * @checked test/ope/adaptive.test.ts — worlds of known truth
 */
export function adaptiveInference(request: AdaptiveRequest): AdaptiveInference {
  checkFields(request, requestFields);
  const { actions, control, level = 0.95, tunedAt = 10_000 } = request;
  requireIterable(request.log);
  const places = new Map<string, number>();
  for (const name of actions) if (!places.has(name)) places.set(name, places.size);
  const names = [...places.keys()];
  const at = places.get(control);
  if (at === undefined)
    throw new ExperimentError({ unknown_action }, ["control"], control, nearName(control, names));
  const reader = new ChoiceReader();
  const served = new ServedShares();
  const tally = new AdaptiveTally(names, at);
  const vectors = new Placed(places);
  const told = new Map<string, boolean>();
  const units = new Set<string>();
  let alone = 0;
  let [i, repeated, kept, unknown, latest] = [0, 0, 0, 0, Number.NEGATIVE_INFINITY];
  for (const row of request.log) {
    const choice = reader.read(row, i++);
    if (!choice) continue;
    const { id, reward, action, propensity } = choice;
    const before = id === undefined ? undefined : told.get(id);
    if (before !== undefined) repeated += 1;
    if (before) continue;
    if (id !== undefined) told.set(id, reward !== null || choice.kept);
    const time = choice.at === undefined ? latest : recordedTime(choice.at);
    const path = ["log", i - 1, "decision", "at"];
    if (Number.isNaN(time)) throw new ExperimentError({ invalid_instant }, path, choice.at);
    if (before === undefined && time < latest) {
      throw errorOf([
        problem({ clock_backwards }, path, choice.at, { other: new Date(latest).toISOString() }),
      ]);
    }
    latest = Math.max(latest, time);
    if (choice.kept) {
      kept += 1;
      continue;
    }
    const arm = places.get(action);
    const stranger = arm === undefined ? action : choice.actions?.find((name) => !places.has(name));
    if (arm === undefined || stranger !== undefined)
      throw new ExperimentError(
        { unknown_action },
        ["log", i - 1, "action"],
        stranger,
        nearName(`${stranger}`, names),
      );
    if (before === undefined) served.add(choice);
    if (reward === null && id === undefined) unknown += 1;
    if (reward === null) continue;
    if (choice.unit === undefined) alone += 1;
    else units.add(choice.unit);
    tally.add({ arm, reward, propensity, vector: vectors.of(choice) });
  }
  reader.end();
  if (tally.rounds === 0) throw new ExperimentError({ empty_data }, ["log"], 0);
  const refused = served.contradicted ? contradictedReason : undefined;
  const pending = unknown + [...told.values()].filter((known) => !known).length;
  return {
    rounds: tally.rounds,
    units: alone + units.size,
    level,
    leftOut: { pending, kept, repeated },
    arms: tally.arms({ level, tunedAt }, refused),
    contrasts: tally.contrasts({ level, tunedAt }, refused),
    readableShare: readableShare(names.length, tally.rounds),
  };
}
