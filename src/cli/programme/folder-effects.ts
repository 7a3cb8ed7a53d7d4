import { readdir } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { analyze, fromCells, type Report } from "../../analysis/index.js";
import { within } from "../../errors/index.js";
import { type EffectScaleName, effectsOfReport, type PastEffect } from "../../programme/index.js";
import { parseCells, parseExperiment, parseReport } from "../../schema/index.js";
import { readJson } from "../read-json.js";
import type { ReadEffects } from "./read-effects.js";

const formatOf = (json: unknown): string | undefined =>
  typeof json === "object" && json !== null && "format" in json && typeof json.format === "string"
    ? json.format
    : undefined;

/** The report that a file holds, or that its cells give with the experiment file beside it. */
async function reportOf(
  file: string,
  json: unknown,
  channel: string | undefined,
): Promise<Report | undefined> {
  const format = formatOf(json);
  if (format?.startsWith("essai.report/")) return within([file], () => parseReport(json));
  if (!format?.startsWith("essai.cells/")) return undefined;
  const cells = within([file], () => parseCells(json));
  const beside = join(dirname(file), "experiment.json");
  const { definition } = parseExperiment(await readJson(beside, beside));
  return analyze({
    ...{ experiment: definition, source: fromCells(cells) },
    ...(channel === undefined ? {} : { dimensions: [channel] }),
  });
}

/** How reports are read. */
export interface ReportReading {
  readonly scale: EffectScaleName;
  readonly channel: string | undefined;
}

/** The effects of reports and cells; the folder in which one lies, below the one given, is its theme. */
export async function reportEffects(
  files: readonly string[],
  folder: string,
  { scale, channel }: ReportReading,
): Promise<ReadEffects> {
  const effects: PastEffect[] = [];
  let [adaptive, others] = [0, 0];
  for (const file of files) {
    const report = await reportOf(file, await readJson(file, "FILE"), channel);
    if (!report) {
      others += basename(file) === "experiment.json" ? 0 : 1;
      continue;
    }
    const [theme, ...below] = relative(folder, file).split(sep);
    const found = effectsOfReport(report, {
      scale,
      ...(channel === undefined ? {} : { channel }),
      // A folder for every test says nothing of what tests have in common.
      ...(theme && below.length > 0 && theme !== report.definition.key ? { theme } : {}),
    });
    effects.push(...found.effects);
    adaptive += found.leftOut;
  }
  return { effects, leftOut: { adaptive, files: others } };
}

/** JSON files of a folder and below, in the order of their names. */
export async function jsonFilesOf(folder: string): Promise<readonly string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found
    .filter((each) => each.isFile() && /\.json$/i.test(each.name) && !/^[._]/.test(each.name))
    .map((each) => join(each.parentPath, each.name))
    .sort();
}
