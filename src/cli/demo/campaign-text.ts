import type { Report } from "../../analysis/index.js";
import { recommendationSentence, voiceIn } from "../../report/index.js";
import { alignRows } from "../../report/text/index.js";
import { type Planted, type PlantedAgainstFound, plantedAgainstFound } from "../../simulation/index.js";

const { lift, liftInterval, share } = voiceIn();

const place = (cell: PlantedAgainstFound["cell"]) => Object.values(cell).join(" × ") || "overall";

function row({ metric, cell, planted, found, inside }: PlantedAgainstFound): string[] {
  const [value, interval] =
    found.status === "ok" ? [lift(found.value), liftInterval(found.interval)] : ["–", found.status];
  return [metric, place(cell), lift(planted), value, interval, inside === false ? "missed" : ""];
}

/**
 * What was planted beside what was found, as text.
 * @param report   of the campaign
 * @param planted  its truth
 * @returns lines: every metric overall, the click in each channel and segment, how many intervals hold the truth, and
 *          the recommendation
 */
export function campaignText(report: Report, planted: Planted): string {
  const compared = plantedAgainstFound(report, planted);
  const overall = compared.filter(({ cell }) => Object.keys(cell).length === 0);
  const clicks = compared.filter(
    ({ metric, cell }) => metric === "cta_click" && Object.keys(cell).length === 2,
  );
  const holding = compared.filter(({ inside }) => inside).length;
  const table = alignRows(
    [
      ["metric", "where", "planted", "found", `${share(report.level)} interval`, ""],
      ...[...overall, ...clicks].map(row),
    ],
    "llrrll",
  );
  return [
    "PLANTED AGAINST FOUND (lifts)",
    ...table.map((line) => `  ${line}`),
    "",
    `${holding} of ${compared.length} intervals, over all metrics and cells, contain what was planted; ${share(report.level)} should.`,
    `Recommendation: ${recommendationSentence(report)}`,
  ].join("\n");
}
