import type { Adjustment, Report, ReportMetric } from "../../analysis/index.js";
import type { Voice } from "../words/language.js";

/** `history, the 14 days before`. */
function covariatesOf({ covariates = [] }: ReportMetric, voice: Voice): string {
  return covariates
    .map((covariate) => {
      if ("column" in covariate) return covariate.column;
      const [count = "", unit = ""] = covariate.before.split(" ");
      const period = unit.startsWith("hour") ? "hours" : unit.startsWith("week") ? "weeks" : "days";
      return voice.say(`covariate_${period}`, { count: Number(count) });
    })
    .join(", ");
}

/** @returns what a metric's covariates were worth, or why they were not used; empty where it has none */
export function adjustmentTold(report: Report, metric: ReportMetric, voice: Voice): readonly string[] {
  const found = report.adjustments?.find((each) => each.metric === metric.key);
  if (!found) return [];
  const covariates = covariatesOf(metric, voice);
  if (found.status === "declined")
    return [voice.say("not_adjusted", { covariates, reason: voice.words.reason(found.reason) })];
  return [voice.say("adjusted_for", { covariates, count: found.worth, share: voice.share(found.explained) })];
}

const moved = ({ status, balance = 1 }: Adjustment): boolean => status === "declined" && balance < 0.001;

/** @returns whether covariates were alike in all variants, metric by metric; undefined where none was looked at */
export function covariatesTold(
  { adjustments = [] }: Report,
  voice: Voice,
): { readonly line: string; readonly moved: boolean } | undefined {
  const told = (which: readonly Adjustment[]): string =>
    which
      .flatMap(({ metric, balance, missing = 0 }) => {
        if (balance === undefined) return [];
        const lack = missing > 0 ? [voice.say("covariates_missing", { share: voice.share(missing) })] : [];
        return [`${metric} (${[voice.p(balance), ...lack].join(", ")})`];
      })
      .join(voice.say("separator"));
  const [alike, apart] = [told(adjustments.filter((each) => !moved(each))), told(adjustments.filter(moved))];
  const lines = [
    ...(apart ? [voice.say("covariates_moved", { metrics: apart })] : []),
    ...(alike ? [voice.say("covariates_alike", { metrics: alike })] : []),
  ];
  return lines.length > 0 ? { line: lines.join(" "), moved: apart !== "" } : undefined;
}
