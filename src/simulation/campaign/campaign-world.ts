/** How a segment's customers behave, before any effect. */
export interface CampaignSegment {
  readonly key: string;
  /** Fraction of the users. */
  readonly share: number;
  /** Chance that a message's call to action is followed. */
  readonly click: number;
  /** Chance of a purchase by someone who followed it. */
  readonly purchase: number;
  /** Chance of a purchase that the message has nothing to do with. */
  readonly organic: number;
  /** Mean of the logarithm of an order's amount. */
  readonly logAmount: number;
}

/** The customers. */
export const campaignSegments: readonly CampaignSegment[] = [
  { key: "deal_hunter", share: 0.4, click: 0.14, purchase: 0.3, organic: 0.006, logAmount: 3.2 },
  { key: "brand_loyal", share: 0.25, click: 0.18, purchase: 0.28, organic: 0.02, logAmount: 4 },
  { key: "just_browsing", share: 0.35, click: 0.09, purchase: 0.12, organic: 0.004, logAmount: 3.6 },
];

/** How much a channel multiplies the chance of a click; channels beyond the third begin again. */
export const channelFactors: readonly number[] = [1, 1.15, 0.85];

/** Standard deviation of the logarithm of an order's amount. */
export const amountSigma = 0.6;

/** A user's activity multiplies all chances; uniform between these, mean 1. */
export const activityRange = [0.4, 1.6] as const;

/** What is planted: lifts of the chance of a click. */
export const plantedLift = { everywhere: 0.1, failing: -0.25 } as const;

/** Chance of contacting support, whatever the variant: the A/A metric. */
export const supportRate = 0.03;

/** Events before the campaign: mean number of earlier visits and of earlier orders per unit of activity. */
export const historyRates = { visit: 1, purchase: 0.12 } as const;

/** Mean number of further messages after a user's first. */
export const repeatRate = 0.4;
