import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { analyze } from "../../analysis/index.js";
import { duckdb } from "../../engines/duckdb/index.js";
import { fromEvents } from "../../engines/index.js";
import { voiceIn } from "../../report/index.js";
import { simulateCampaign, writeCampaign } from "../../simulation/index.js";
import type { Io } from "../io.js";
import { progressLine } from "../progress.js";
import { campaignText } from "./campaign-text.js";

const { count, lift } = voiceIn();

/**
 * The demo's second part: simulates a campaign, writes it as Parquet, analyzes the files and shows what was planted
 * against what was found.
 * @param users  of the campaign
 */
export async function demoCampaign(users: number, io: Io): Promise<void> {
  const campaign = simulateCampaign({ seed: "1", users });
  const { planted, data, definition } = campaign;
  const engine = await duckdb();
  const directory = await mkdtemp(join(tmpdir(), "essai-demo-"));
  const simulating = progressLine(io, "simulating");
  const reading = progressLine(io, "reading");
  try {
    const files = await writeCampaign(campaign, directory, engine, simulating.update);
    simulating.clear();
    const report = await analyze({
      experiment: definition,
      source: fromEvents(engine, {
        exposures: { ...data.exposures, file: files.exposures },
        events: { ...data.events, file: files.events },
      }),
      dimensions: ["channel", "segment"],
      onProgress: reading.update,
      ...(io.signal ? { signal: io.signal } : {}),
    });
    reading.clear();
    const { failing } = planted;
    const everywhere = planted.effects.find(
      ({ metric, cell }) =>
        metric === "cta_click" &&
        cell.channel === failing.channel &&
        cell.segment !== failing.segment &&
        cell.segment,
    );
    const there = planted.effects.find(
      ({ metric, cell }) =>
        metric === "cta_click" && cell.channel === failing.channel && cell.segment === failing.segment,
    );
    io.out(`
A made-up campaign with known truth: ${count(users)} users, two weeks, three channels, assigned by essai itself;
${count(files.exposureRows)} exposures and ${count(files.eventRows)} events through Parquet and DuckDB. Planted: the new call to action lifts
clicks by ${lift(everywhere?.lift ?? 0)}, but fails (${lift(there?.lift ?? 0)}) on ${failing.channel} among ${failing.segment}; ${planted.unaffected.join(", ")} does not differ at all.

${campaignText(report, planted)}

The same as files: npx essai simulate --out campaign
`);
  } finally {
    simulating.clear();
    reading.clear();
    await engine.close();
    await rm(directory, { recursive: true, force: true });
  }
}
