import type { EventsMapping } from "../../core/data-mapping.js";
import type { Definition } from "../../core/definition.js";
import { defineExperiment, instantOf } from "../../definition/index.js";
import { duplicate_key, errorOf, invalid_instant, problem } from "../../errors/index.js";
import { randomSource } from "../../random/index.js";
import { checkFields, type FieldsFor } from "../../shapes/index.js";
import {
  type CampaignEvent,
  type CampaignExposure,
  type CampaignFrame,
  campaignUser,
} from "./campaign-rows.js";
import { type Planted, plantedTruth } from "./campaign-truth.js";

const DAY = 86_400_000;
/** Users a chunk. */
const CHUNK = 10_000;

/** Options of {@link simulateCampaign}. */
export interface CampaignOptions {
  readonly seed: string | number;
  /** Users met in the campaign, integer ≥ 1; default 200,000. */
  readonly users?: number;
  /** Days from the first message to the last event, at least 1; default 14. As many days of history come before. */
  readonly days?: number;
  /** Default `["email", "push", "sms"]`; the call to action fails in the last one, among brand-loyal users. */
  readonly channels?: readonly string[];
  /** When the campaign begins, ISO 8601 with its zone; default `"2026-03-02T00:00:00.000Z"`. */
  readonly start?: string;
}

/** Rows of some users. */
export interface CampaignChunk {
  readonly users: number;
  readonly exposures: readonly CampaignExposure[];
  readonly events: readonly CampaignEvent[];
}

/** A campaign whose truth is known. */
export interface Campaign {
  readonly definition: Definition;
  /** How its rows are to be read; add the files or tables they are written to. */
  readonly data: EventsMapping;
  /** What was planted. */
  readonly planted: Planted;
  /** The rows, some 10,000 users at a time; each call begins anew and gives the same rows. */
  chunks(): Generator<CampaignChunk>;
}

const campaignFields = {
  seed: { kind: "either", of: [{ kind: "text", empty: true }, { kind: "number" }] },
  users: { kind: "number", atLeast: 1, whole: true, optional: true },
  days: { kind: "number", atLeast: 1, atMost: 3650, optional: true },
  channels: { kind: "list", of: { kind: "text" }, atLeast: 1, optional: true },
  start: { kind: "text", optional: true },
} as const satisfies FieldsFor<CampaignOptions>;

/** The options with their defaults. @throws ExperimentError with every problem, at its option */
function checked(options: CampaignOptions): Required<CampaignOptions> {
  checkFields(options, campaignFields);
  const {
    seed,
    users = 200_000,
    days = 14,
    channels = ["email", "push", "sms"],
    start = "2026-03-02T00:00:00.000Z",
  } = options;
  const problems = channels.flatMap((channel, i) =>
    channels.indexOf(channel) < i ? [problem({ duplicate_key }, ["channels", i], channel)] : [],
  );
  if (Number.isNaN(instantOf(start))) problems.push(problem({ invalid_instant }, ["start"], start));
  if (problems.length > 0) throw errorOf(problems);
  return { seed, users, days, channels, start };
}

/**
 * A made-up campaign with known truth: users of three segments meet a message on one of several channels, are
 * assigned by the library itself, and click, buy and call support, before and after. The new call to action lifts
 * clicks by 10 %, but fails (−25 %) on the last channel among brand-loyal users; support contacts do not differ.
 * @param options  seed, users (default 200,000), days (14), channels (e-mail, push, SMS), start
 * @returns the definition, how to read the rows, what was planted (exact expectations) and the rows as a generator;
 *          the same seed gives the same rows, and fewer users give the first of them
 * @throws ExperimentError with all problems: `unknown_key` at an option that does not exist, `out_of_range` at ["users"] or
 *         ["days"], `missing_value` or `wrong_type` at any; then `duplicate_key` within ["channels"], `invalid_instant` at
 *         ["start"]
 */
export function simulateCampaign(options: CampaignOptions): Campaign {
  const { seed, users, days, channels, start: first } = checked(options);
  const definition = defineExperiment({
    key: "call_to_action",
    unit: "userId",
    control: "see_offers",
    variants: { see_offers: { cta: "See offers" }, last_chance: { cta: "Last chance" } },
    metrics: [
      { key: "cta_click", type: "conversion", role: "goal" },
      { key: "purchase", type: "conversion", role: "goal" },
      { key: "revenue", type: "mean", role: "goal", event: "purchase" },
      { key: "support_contact", type: "conversion", role: "guardrail", better: "lower", margin: 0.1 },
    ],
    plan: { looks: 1 },
  });
  const failing = { channel: channels.at(-1) as string, segment: "brand_loyal" };
  const start = instantOf(first);
  const frame: CampaignFrame = {
    definition,
    channels,
    failing,
    history: start - days * DAY,
    start,
    end: start + days * DAY,
    window: Math.min(3, days / 2) * DAY,
  };
  return {
    definition,
    data: {
      exposures: {
        unit: "unitId",
        variant: "variant",
        version: "definitionVersion",
        at: "at",
        dimensions: ["channel", "segment"],
      },
      events: { unit: "unitId", event: "event", at: "at", value: "value" },
    },
    planted: plantedTruth({ seed, users, channels, failing, contrast: ["see_offers", "last_chance"] }),
    *chunks() {
      const random = randomSource(seed);
      for (let from = 0; from < users; from += CHUNK) {
        const to = Math.min(users, from + CHUNK);
        const exposures: CampaignExposure[] = [];
        const events: CampaignEvent[] = [];
        for (let i = from; i < to; i++)
          campaignUser(random, frame, `user-${String(i).padStart(6, "0")}`, exposures, events);
        yield { users: to - from, exposures, events };
      }
    },
  };
}
