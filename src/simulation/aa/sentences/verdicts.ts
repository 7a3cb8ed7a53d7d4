import type { Action, Report } from "../../../analysis/index.js";
import { halfOf, nothing, type ReportSentence } from "./sentence-kind.js";

const acts = ({ recommendation }: Report, action: Action) =>
  recommendation.variants.some((verdict) => verdict.action === action);

const onceActs = ({ recommendation }: Report, action: Action) =>
  recommendation.variants.some(({ atOneLook }) => atOneLook?.action === action);

/** Ship, of any variant. */
export const ship: ReportSentence = {
  about: "report",
  said: (report) => acts(report, "ship"),
  promised: halfOf,
};

/** Stop, of any variant. */
export const stop: ReportSentence = {
  about: "report",
  said: (report) => acts(report, "stop"),
  promised: halfOf,
};

/** Ship, if this is the one planned look: said where the plan does not say how often it looks. */
export const shipIfOneLook: ReportSentence = {
  about: "report",
  said: (report) => onceActs(report, "ship"),
  promised: halfOf,
};

/** Stop, if this is the one planned look. */
export const stopIfOneLook: ReportSentence = {
  about: "report",
  said: (report) => onceActs(report, "stop"),
  promised: halfOf,
};

/** No effect worth having is left: here that is true. */
export const enough: ReportSentence = {
  about: "report",
  said: (report) => acts(report, "enough"),
  promised: nothing,
};

/** Keep running. */
export const keepRunning: ReportSentence = {
  about: "report",
  said: (report) => report.recommendation.action === "keep_running",
  promised: nothing,
};

/** The data cannot tell. */
export const cannotTell: ReportSentence = {
  about: "report",
  said: (report) => report.recommendation.action === "cannot_tell",
  promised: nothing,
};

/** The units did not arrive in the planned shares, overall or within a level: each check has an error of its own. */
export const sharesFailed: ReportSentence = {
  about: "report",
  said: ({ checks }) => checks.some(({ status }) => status === "failed"),
  promised: ({ checks }) => ({
    atMost: checks.reduce(
      (sum, each) => sum + ("threshold" in each ? each.threshold * (each.levels ?? 1) : 0),
      0,
    ),
  }),
};
