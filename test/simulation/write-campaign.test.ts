import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromRows } from "essai/analysis";
import { fromFile } from "essai/engines";
import { duckdb } from "essai/engines/duckdb";
import { parseExperiment } from "essai/schema";
import { simulateCampaign, writeCampaign } from "essai/simulation";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Engine } from "../../src/engines/engine.js";

let directory: string;
let engine: Engine;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "essai-campaign-"));
  engine = await duckdb();
});
afterAll(async () => {
  await engine.close();
  await rm(directory, { recursive: true });
});

describe("writeCampaign", () => {
  it("writes what analyze reads: the same cells as from the rows in memory, whatever the channels are called", async () => {
    const campaign = simulateCampaign({ seed: 5, users: 11_000, channels: ['e-mail, "daily"', "sms"] });
    const seen: number[] = [];
    const files = await writeCampaign(campaign, join(directory, "deep", "campaign"), engine, (done) => {
      seen.push(done);
    });
    const chunks = [...campaign.chunks()];
    const rows = {
      exposures: chunks.flatMap(({ exposures }) => exposures) as never[],
      events: chunks.flatMap(({ events }) => events) as never[],
    };
    expect(seen).toEqual([10_000 / 11_000, 1]);
    expect([files.exposureRows, files.eventRows]).toEqual([rows.exposures.length, rows.events.length]);

    const { definition, data } = parseExperiment(JSON.parse(await readFile(files.experiment, "utf8")));
    expect(definition).toEqual(campaign.definition);
    const request = { definition, metrics: definition.metrics, dimensions: ["channel", "segment"] };
    const inMemory = await fromRows(rows, campaign.data).read(request);
    const fromDisk = await fromFile({ exposures: files.exposures, events: files.events }, data!).read(
      request,
    );
    expect(fromDisk.excluded).toEqual(inMemory.excluded);
    expect(fromDisk.cells).toHaveLength(inMemory.cells.length);
    fromDisk.cells.forEach((cell, i) => {
      const other = inMemory.cells[i]!;
      expect({ ...cell, moments: [] }).toEqual({ ...other, moments: [] });
      cell.moments.forEach(({ n, mean, comoment }, metric) => {
        expect(n).toBe(other.moments[metric]!.n);
        expect(mean[0]).toBeCloseTo(other.moments[metric]!.mean[0]!, 10);
        expect(comoment[0]! / other.moments[metric]!.comoment[0]!).toBeCloseTo(1, 10);
      });
    });
    expect(JSON.parse(await readFile(files.planted, "utf8"))).toEqual(campaign.planted);
    expect((await readdir(join(directory, "deep", "campaign"))).sort()).toEqual([
      "events.parquet",
      "experiment.json",
      "exposures.parquet",
      "planted.json",
    ]);
  });

  it("names the directory it cannot write to", async () => {
    const file = join(directory, "taken");
    await writeFile(file, "");
    // Node's own way of making a folder and those above it never ends below /proc.
    for (const received of [file, "/proc/nowhere/x"])
      await expect(
        writeCampaign(simulateCampaign({ seed: 1, users: 1 }), received, engine),
      ).rejects.toMatchObject({ code: "unwritable_file", path: ["directory"], received });
  });
});
