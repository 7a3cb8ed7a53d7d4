import { assign } from "../../assignment/index.js";
import type { Exposure } from "../../core/assignment.js";
import type { Definition } from "../../core/definition.js";
import { exposureOf } from "../../exposures/index.js";
import { type RandomSource, sampleCategorical, sampleLognormal, samplePoisson } from "../../random/index.js";
import { clickChance, liftOf, type Planted } from "./campaign-truth.js";
import {
  activityRange,
  amountSigma,
  type CampaignSegment,
  campaignSegments,
  historyRates,
  repeatRate,
  supportRate,
} from "./campaign-world.js";

/** An exposure of the campaign, with the dimensions it is read by. */
export interface CampaignExposure extends Exposure {
  readonly channel: string;
  readonly segment: string;
}

/** Something a user did. */
export interface CampaignEvent {
  readonly unitId: string;
  readonly event: string;
  /** ISO 8601 in UTC, milliseconds. */
  readonly at: string;
  /** The order's amount, in cents exactly; null for events without one. */
  readonly value: number | null;
}

/** What the generator of one user needs to know. */
export interface CampaignFrame {
  readonly definition: Definition;
  readonly channels: readonly string[];
  readonly failing: Planted["failing"];
  /** Milliseconds since 1970: the history's begin, the campaign's begin and its end. */
  readonly history: number;
  readonly start: number;
  readonly end: number;
  /** Milliseconds within which a message's effect shows; every user is met that long before the end. */
  readonly window: number;
}

const [low, high] = activityRange;
const shares = campaignSegments.map(({ share }) => share);

/**
 * One user's campaign: a history, the assignment, exposures, and what the user did afterwards.
 * @param random     source of chance
 * @param frame      the campaign
 * @param unitId     the user
 * @param exposures  receives the user's exposures, the first one first
 * @param events     receives the user's events
 */
export function campaignUser(
  random: RandomSource,
  frame: CampaignFrame,
  unitId: string,
  exposures: CampaignExposure[],
  events: CampaignEvent[],
): void {
  const segment = campaignSegments[sampleCategorical(random, shares)] as CampaignSegment;
  const channelIndex = Math.floor(random.next() * frame.channels.length);
  const channel = frame.channels[channelIndex] as string;
  const activity = low + (high - low) * random.next();
  const met = between(random, frame.start, frame.end - frame.window);

  const log = (event: string, at: number, value: number | null = null) => {
    events.push({ unitId, event, at: new Date(at).toISOString(), value });
  };
  const amount = () => Math.round(100 * sampleLognormal(random, segment.logAmount, amountSigma)) / 100;
  const earlier = () => between(random, frame.history, met);
  const later = () => between(random, met + 1, met + frame.window);

  for (let i = samplePoisson(random, historyRates.visit * activity); i > 0; i--) log("visit", earlier());
  for (let i = samplePoisson(random, historyRates.purchase * activity); i > 0; i--)
    log("purchase", earlier(), amount());
  if (random.next() < segment.click * activity) log("cta_click", earlier());
  if (random.next() < supportRate) log("support_contact", earlier());

  const assignment = assign(frame.definition, { [frame.definition.unit]: unitId });
  const treated = assignment.enrolled && assignment.variant !== frame.definition.control;
  const lift = treated ? liftOf(frame.failing, channel, segment.key) : 0;
  const first = exposureOf(assignment, met);
  if (first) {
    exposures.push({ ...first, channel, segment: segment.key });
    for (let i = samplePoisson(random, repeatRate); i > 0; i--) {
      const at = new Date(between(random, met, frame.end)).toISOString();
      exposures.push({ ...first, at, channel, segment: segment.key });
    }
  }

  const clicked = random.next() < clickChance(segment, channelIndex, lift) * activity;
  const followed = random.next() < segment.purchase;
  const bought = random.next() < segment.organic * activity;
  if (clicked) log("cta_click", later());
  if ((clicked && followed) || bought) log("purchase", later(), amount());
  if (random.next() < supportRate) log("support_contact", later());
}

const between = (random: RandomSource, from: number, to: number) =>
  Math.floor(from + (to - from) * random.next());
