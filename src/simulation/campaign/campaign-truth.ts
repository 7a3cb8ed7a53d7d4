import { square } from "../../core/powers.js";
import type { FieldsFor } from "../../shapes/index.js";
import {
  activityRange,
  amountSigma,
  type CampaignSegment,
  campaignSegments,
  channelFactors,
  plantedLift,
  supportRate,
} from "./campaign-world.js";

/** The exact effect planted in one cell, one metric. */
export interface PlantedEffect {
  readonly metric: string;
  readonly contrast: readonly [control: string, treatment: string];
  /** Level of each dimension that narrows the cell; `{}` is the whole campaign. */
  readonly cell: Readonly<Record<string, string>>;
  /** The metric's expectation per enrolled user on each side. */
  readonly values: readonly [control: number, treatment: number];
  /** Treatment − control. */
  readonly difference: number;
  /** Difference / control, a fraction. */
  readonly lift: number;
}

/** Everything that was planted, as data. */
export interface Planted {
  readonly format: "essai.planted/1";
  readonly seed: string;
  readonly users: number;
  /** The cell in which the call to action fails. */
  readonly failing: Readonly<Record<"channel" | "segment", string>>;
  /** Metrics on which the variants do not differ. */
  readonly unaffected: readonly string[];
  /** Macro first, then by channel, by segment, and by both. */
  readonly effects: readonly PlantedEffect[];
}

const text = { kind: "text" } as const;
const number = { kind: "number" } as const;
const pair = <S>(of: S) => ({ kind: "tuple", of: [of, of] }) as const;

const effectFields = {
  metric: text,
  contrast: pair(text),
  cell: { kind: "map", of: text },
  values: pair(number),
  difference: number,
  lift: number,
} as const satisfies FieldsFor<PlantedEffect>;

/** What was planted, as it is read back from JSON. */
export const plantedFields = {
  format: { kind: "word", of: ["essai.planted/1"], format: true },
  seed: { kind: "text", empty: true },
  users: { kind: "number", atLeast: 1, whole: true },
  failing: { kind: "object", has: { channel: text, segment: text } },
  unaffected: { kind: "list", of: text },
  effects: { kind: "list", of: { kind: "object", has: effectFields } },
} as const satisfies FieldsFor<Planted>;

/** The metrics of the campaign, in order. */
export const campaignMetrics = ["cta_click", "purchase", "revenue", "support_contact"] as const;

type Values = Record<(typeof campaignMetrics)[number], number>;

interface CampaignCell {
  readonly channel: string;
  readonly segment: string;
  readonly share: number;
  readonly values: readonly [control: Values, treatment: Values];
}

/** E[activity²]; the mean is 1. */
const [low, high] = activityRange;
const activitySquare = 1 + square(high - low) / 12;

/**
 * Chance of a click for a user of mean activity.
 * @param lift  planted lift, 0 in control
 */
export function clickChance(segment: CampaignSegment, channelIndex: number, lift: number): number {
  return segment.click * (channelFactors[channelIndex % channelFactors.length] as number) * (1 + lift);
}

function valuesOf(segment: CampaignSegment, channelIndex: number, lift: number): Values {
  const click = clickChance(segment, channelIndex, lift);
  // 1 − (1 − organic·a)(1 − click·a·purchase), averaged over the activity a.
  const follow = click * segment.purchase;
  const purchase = segment.organic + follow - segment.organic * follow * activitySquare;
  const amount = Math.exp(segment.logAmount + square(amountSigma) / 2);
  return { cta_click: click, purchase, revenue: purchase * amount, support_contact: supportRate };
}

/** Lift planted in a cell of the campaign. */
export function liftOf(failing: Planted["failing"], channel: string, segment: string): number {
  const fails = channel === failing.channel && segment === failing.segment;
  return fails ? plantedLift.failing : plantedLift.everywhere;
}

function effectsOf(
  cells: readonly CampaignCell[],
  cell: PlantedEffect["cell"],
  contrast: PlantedEffect["contrast"],
): PlantedEffect[] {
  const inside = cells.filter((each) =>
    Object.entries(cell).every(([dimension, level]) => each[dimension as "channel" | "segment"] === level),
  );
  const share = inside.reduce((sum, each) => sum + each.share, 0);
  return campaignMetrics.map((metric) => {
    const mean = (side: 0 | 1) =>
      inside.reduce((sum, each) => sum + each.share * each.values[side][metric], 0) / share;
    const values = [mean(0), mean(1)] as const;
    const difference = values[1] - values[0];
    return { metric, contrast, cell, values, difference, lift: difference / values[0] };
  });
}

/**
 * Works out what a campaign plants, exactly: expectations over segments, channels, activity and chance.
 * Amounts are rounded to cents when they are generated, which moves mean revenue by less than a millionth.
 * @param campaign  seed, users, channels, the failing cell and the contrast
 * @returns the effects of every metric: macro, by channel, by segment and by both
 */
export function plantedTruth(campaign: {
  readonly seed: string | number;
  readonly users: number;
  readonly channels: readonly string[];
  readonly failing: Planted["failing"];
  readonly contrast: PlantedEffect["contrast"];
}): Planted {
  const { channels, failing, contrast } = campaign;
  const cells = channels.flatMap((channel, index) =>
    campaignSegments.map((segment) => ({
      channel,
      segment: segment.key,
      share: segment.share / channels.length,
      values: [
        valuesOf(segment, index, 0),
        valuesOf(segment, index, liftOf(failing, channel, segment.key)),
      ] as const,
    })),
  );
  const grains: PlantedEffect["cell"][] = [
    {},
    ...channels.map((channel) => ({ channel })),
    ...campaignSegments.map(({ key }) => ({ segment: key })),
    ...cells.map(({ channel, segment }) => ({ channel, segment })),
  ];
  return {
    format: "essai.planted/1",
    seed: String(campaign.seed),
    users: campaign.users,
    failing,
    unaffected: ["support_contact"],
    effects: grains.flatMap((cell) => effectsOf(cells, cell, contrast)),
  };
}
