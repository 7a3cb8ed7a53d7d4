import type { Report } from "../../../analysis/index.js";
import { alphaOf, halfOf, type MetricSentence, nothing } from "./sentence-kind.js";

const outcomes = (report: Report, metric: string, wanted: readonly string[]) =>
  report.findings.some(
    (finding) =>
      (finding.kind === "macro" || finding.kind === "guardrail") &&
      finding.evidence.metric === metric &&
      wanted.includes(finding.evidence.outcome),
  );

const wholeError = (report: Report) => ({ atMost: alphaOf(report) });
const hasDimensions = ({ dimensions }: Report) => dimensions.length > 0;
const hasCrossed = ({ screens }: Report) => screens.length > 0;

/** Its interval leaves out zero, read once and by itself. */
export const differsOnce: MetricSentence = {
  about: "metric",
  said: (report, metric) =>
    report.macro.some(
      ({ metric: own, difference: { fixed } }) =>
        own === metric && fixed.status === "ok" && fixed.pValue < 1 - report.level,
    ),
  promised: (report) =>
    report.contrasts.length === 1
      ? { about: alphaOf(report) }
      : { atMost: Math.min(1, report.contrasts.length * alphaOf(report)) },
};

/** A variant is better on it, as the plan decides. */
export const better: MetricSentence = {
  about: "metric",
  said: (report, metric) => outcomes(report, metric, ["better"]),
  promised: halfOf,
};

/** A variant is worse on it, within its margin or not, as the plan decides. */
export const worse: MetricSentence = {
  about: "metric",
  said: (report, metric) => outcomes(report, metric, ["worse", "tolerated"]),
  promised: halfOf,
};

/** Nothing could be estimated. */
export const noEstimate: MetricSentence = {
  about: "metric",
  said: (report, metric) =>
    report.macro.some(({ metric: own, difference }) => own === metric && difference.fixed.status !== "ok"),
  promised: nothing,
};

/** Its effect differs between the levels of a dimension. */
export const levelsDiffer: MetricSentence = {
  about: "metric",
  applies: hasDimensions,
  said: (report, metric) =>
    report.between.some(
      ({ metric: own, differs }) => own === metric && differs !== "neither" && differs !== "untested",
    ),
  promised: wholeError,
};

/** Its effect differs among the cells of dimensions crossed. */
export const cellsDiffer: MetricSentence = {
  about: "metric",
  applies: hasCrossed,
  said: ({ screens }, metric) => screens.some(({ metric: own, opens }) => own === metric && opens),
  promised: wholeError,
};

/** A cell is named as one that differs. */
export const cellNamed: MetricSentence = {
  about: "metric",
  applies: hasDimensions,
  said: ({ micro, standingOut }, metric) => standingOut.some((at) => micro[at]?.metric === metric),
  promised: wholeError,
};

/** The difference changes once levels are weighted alike. */
export const simpson: MetricSentence = {
  about: "metric",
  applies: hasDimensions,
  said: ({ findings }, metric) =>
    findings.some(
      ({ kind, evidence }) => kind === "simpson" && "metric" in evidence && evidence.metric === metric,
    ),
  promised: nothing,
};

/** A single unit decides. */
export const oneUnit: MetricSentence = {
  about: "metric",
  said: ({ influence }, metric) => influence.some(({ metric: own, decides }) => own === metric && decides),
  promised: nothing,
};

/** A few units weigh as they should not. */
export const fewUnits: MetricSentence = {
  about: "metric",
  said: ({ heaviest = [] }, metric) => heaviest.some(({ metric: own }) => own === metric),
  promised: nothing,
};
