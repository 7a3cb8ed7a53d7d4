import type { Report } from "../../../analysis/index.js";

/** How often a sentence may be said where no variant does anything. */
export interface AaPromise {
  readonly atMost?: number;
  readonly about?: number;
}

/** A sentence of a report that speaks of the whole experiment. */
export interface ReportSentence {
  readonly about: "report";
  said(report: Report): boolean;
  promised(report: Report): AaPromise;
}

/** A sentence of a report that speaks of one metric. */
export interface MetricSentence {
  readonly about: "metric";
  /** Whether a report of this kind can say it at all; default yes. */
  applies?(report: Report): boolean;
  said(report: Report, metric: string): boolean;
  promised(report: Report): AaPromise;
}

/** A member of the family of sentences that an A/A run counts. */
export type SentenceKind = ReportSentence | MetricSentence;

/** The plan's error, as a number that reads like the one that was meant. */
export const alphaOf = ({ level }: Report): number => Number((1 - level).toPrecision(12));

/** Decisions are one-sided: of a plan's error, half is for what gains and half for harm. */
export const halfOf = (report: Report): AaPromise => ({ atMost: alphaOf(report) / 2 });

/** Nothing is promised: the sentence is true where no variant does anything, or a warning without a stated error. */
export const nothing = (): AaPromise => ({});
