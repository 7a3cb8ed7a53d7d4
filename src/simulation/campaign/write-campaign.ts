import { open, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder } from "../../disk/index.js";
import type { Engine } from "../../engines/index.js";
import {
  detailedProblem,
  ExperimentError,
  errorOf,
  requireMethod,
  unwritable_file,
} from "../../errors/index.js";
import { checkFields } from "../../shapes/index.js";
import { requireDialect } from "../../sql/index.js";
import type { Campaign } from "./simulate-campaign.js";

type Row = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Columns of a Parquet file with their SQL types. */
type Columns = Readonly<Record<string, string>>;

const exposureColumns: Columns = {
  id: "VARCHAR",
  experiment: "VARCHAR",
  definitionVersion: "INTEGER",
  unitId: "VARCHAR",
  variant: "VARCHAR",
  at: "TIMESTAMP",
  propensity: "DOUBLE",
  channel: "VARCHAR",
  segment: "VARCHAR",
};
const eventColumns: Columns = { unitId: "VARCHAR", event: "VARCHAR", at: "TIMESTAMP", value: "DOUBLE" };

const argumentFields = {
  directory: { kind: "text" },
  onProgress: { kind: "function", optional: true },
} as const;

/** Where {@link writeCampaign} put things; paths begin with the directory given. */
export interface CampaignFiles {
  readonly exposures: string;
  readonly events: string;
  readonly experiment: string;
  readonly planted: string;
  readonly exposureRows: number;
  readonly eventRows: number;
}

const text = (value: Row[string]) =>
  typeof value === "string" ? `"${value.replaceAll('"', '""')}"` : (value ?? "");

/** Rows go through a CSV file beside the target, which the engine then turns into Parquet. */
async function parquetWriter(file: string, columns: Columns) {
  const part = `${file}.part`;
  const handle = await open(part, "w");
  const names = Object.keys(columns);
  let count = 0;
  return {
    file,
    rows: () => count,
    async write(rows: readonly Row[]): Promise<void> {
      count += rows.length;
      await handle.write(rows.map((row) => `${names.map((name) => text(row[name])).join(",")}\n`).join(""));
    },
    async finish(engine: Engine): Promise<void> {
      const { literal } = engine.dialect;
      const types = Object.entries(columns).map(([name, type]) => `${literal(name)}: ${literal(type)}`);
      await engine.query(
        `COPY (SELECT * FROM read_csv(${literal(part)}, header = false, delim = ',', quote = '"', escape = '"', columns = {${types.join(", ")}}))
         TO ${literal(file)} (FORMAT parquet, COMPRESSION zstd)`,
      );
    },
    async clean(): Promise<void> {
      await handle.close();
      await rm(part, { force: true });
    },
  };
}

/**
 * Writes a campaign as files that `essai analyze` reads: exposures.parquet, events.parquet, experiment.json (the
 * definition and how the files are read) and planted.json (the truth).
 * @param campaign   from `simulateCampaign`
 * @param directory  made when it is not there; files of these names are overwritten
 * @param engine     DuckDB, which writes the Parquet files; stays open
 * @param onProgress called now and then with the fraction of users written, in [0, 1]
 * @returns where the files are, and how many rows they have
 * @throws ExperimentError `missing_value` or `wrong_type` at ["campaign"], ["directory"], ["engine"] or ["onProgress"];
 *         `unwritable_file` at ["directory"]; `query_failed` when DuckDB cannot write
 */
export async function writeCampaign(
  campaign: Campaign,
  directory: string,
  engine: Engine,
  onProgress?: (done: number) => void,
): Promise<CampaignFiles> {
  requireMethod(campaign, ["campaign"], "chunks");
  requireMethod(engine, ["engine"], "query");
  requireDialect(engine.dialect, ["engine", "dialect"]);
  checkFields({ directory, onProgress }, argumentFields);
  try {
    return await write(campaign, directory, engine, onProgress);
  } catch (error) {
    if (error instanceof ExperimentError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    throw errorOf([detailedProblem({ unwritable_file }, ["directory"], directory, { detail: code })], {
      cause: error,
    });
  }
}

async function write(
  campaign: Campaign,
  directory: string,
  engine: Engine,
  onProgress: ((done: number) => void) | undefined,
): Promise<CampaignFiles> {
  makeFolder(directory);
  const exposures = await parquetWriter(join(directory, "exposures.parquet"), exposureColumns);
  const events = await parquetWriter(join(directory, "events.parquet"), eventColumns);
  try {
    let users = 0;
    for (const chunk of campaign.chunks()) {
      await exposures.write(chunk.exposures as unknown as readonly Row[]);
      await events.write(chunk.events as unknown as readonly Row[]);
      users += chunk.users;
      onProgress?.(users / campaign.planted.users);
    }
    await exposures.finish(engine);
    await events.finish(engine);
  } finally {
    await exposures.clean();
    await events.clean();
  }
  const json = async (name: string, value: unknown) => {
    const file = join(directory, name);
    await writeFile(file, `${JSON.stringify(value, null, 2)}\n`);
    return file;
  };
  const { data } = campaign;
  return {
    exposures: exposures.file,
    events: events.file,
    experiment: await json("experiment.json", {
      ...campaign.definition,
      data: {
        exposures: { ...data.exposures, file: "exposures.parquet" },
        events: { ...data.events, file: "events.parquet" },
      },
    }),
    planted: await json("planted.json", campaign.planted),
    exposureRows: exposures.rows(),
    eventRows: events.rows(),
  };
}
