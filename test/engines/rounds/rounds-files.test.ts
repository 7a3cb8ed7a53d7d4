import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { defineExperiment } from "essai";
import { banditRun } from "essai/analysis";
import { type BanditRound, createBandit, decide, thompson, toLogLine, update } from "essai/bandits";
import { type ReadRoundsOptions, readRounds, writeRounds } from "essai/engines";
import { describe, expect, it } from "vitest";
import { duckdb } from "../../../src/engines/duckdb/index.js";
import { temporaryFolder } from "../../cli/terminal.js";

const experiment = defineExperiment({
  key: "offers",
  unit: "userId",
  factors: { hero: ["l’offre", 'story, "new"'], cta: ["buy", "try"] },
  policy: "thompson",
});
const bandit = createBandit(experiment, { thompson });
const rounds = Array.from({ length: 60 }, (_, i): BanditRound => {
  const { payload: _payload, ...decision } = decide(bandit, {
    unitId: i % 2 ? `${1000 + i}` : `Zoë\u2028${i}`,
    // What a table's reader could take for a day, a number or nothing.
    occasion: ["2026-01-05", "17", "", "null"][i % 4]!,
    now: i * 3_600_000 + 7,
    context: i % 3 ? { recency: i / 7, city: "01", seen: null, tags: ["a"] } : null,
    vector: i % 5 > 0,
    ...(i % 10 ? {} : { eligible: bandit.setup.arms.slice(0, 3).map(({ key }) => key) }),
  });
  return {
    decision,
    reward: i % 4 ? i / 8 : null,
    period: i % 7,
    ...(i % 2 ? { segment: "new" } : {}),
    ...(i % 2 ? { expected: { chosen: 0.1, best: 0.2, uniform: 0.15 } } : {}),
  };
});
const flat = rounds.map(({ decision, ...rest }) => ({ ...decision, ...rest }));
const files = temporaryFolder();

describe("the log of a bandit's decisions, as a file", () => {
  it.each(["log.jsonl", "log.ndjson.gz", "log.parquet"])(
    "%s is read back as it was written",
    async (name) => {
      const file = files.path(name);
      await writeRounds(file, rounds);
      expect((await readRounds(file)).rounds).toEqual(rounds);
      await writeRounds(file, flat);
      expect((await readRounds(file)).rounds).toEqual(rounds);
      expect(existsSync(`${file}.${process.pid}.part`)).toBe(false);
    },
  );

  it("lines are those of toLogLine, and an async source is written as it comes", async () => {
    async function* late() {
      for (const round of rounds) yield round;
    }
    const file = files.path("late.jsonl.gz");
    await writeRounds(file, late());
    const text = gunzipSync(readFileSync(file)).toString();
    expect(text).toBe(rounds.map((round) => `${toLogLine(round)}\n`).join(""));
  });

  it("Parquet that DuckDB made of the lines itself, with structs and lists, is read too", async () => {
    const lines = files.path("plain.jsonl");
    // A struct has each field in every row, so that a context that lacks one has null there.
    const plain = rounds.filter(({ decision }) => decision.context !== null);
    await writeRounds(lines, plain);
    const engine = await duckdb();
    const [nested, bare] = [files.path("nested.parquet"), files.path("bare.parquet")];
    const read = `read_json('${lines}', sample_size = -1)`;
    await engine.query(`COPY (SELECT * FROM ${read}) TO '${nested}'`);
    await engine.query(`COPY (SELECT unnest(decision), * EXCLUDE (decision) FROM ${read}) TO '${bare}'`);
    await engine.close();
    for (const file of [nested, bare])
      expect(banditRun({ experiment, log: (await readRounds(file)).rounds })).toEqual(
        banditRun({ experiment, log: plain }),
      );
  });

  it("flat rows are read by whoever reads rounds, as the nested ones are", () => {
    expect(banditRun({ experiment, log: flat })).toEqual(banditRun({ experiment, log: rounds }));
    const known = flat.flatMap((row) => (row.reward === null ? [] : [{ ...row, reward: row.reward % 1 }]));
    expect(update(bandit, known).rewards).toBe(45);
  });

  it("a table may say by a key what was played, in a column arm or variant", async () => {
    const plain = defineExperiment({
      key: "plain",
      unit: "userId",
      variants: { control: null, gift: null },
      policy: "thompson",
    });
    const header =
      "id,experiment,definitionVersion,unitId,occasion,at,ARM,propensity,policy,stateHash,reward";
    const rows = [
      "a,plain,1,u1,1,2026-01-01T00:00:00Z,gift,0.5,thompson,x,1",
      "b,plain,1,u2,1,2026-01-01T01:00:00Z,control,0.5,thompson,x,",
    ];
    for (const column of ["arm", "variant", "action"]) {
      const file = files.write(`${column}.csv`, [header.replace("ARM", column), ...rows].join("\n"));
      const { rounds } = await readRounds(file, { engine: "csv" });
      expect(banditRun({ experiment: plain, log: rounds })).toMatchObject({ decisions: 2, rewards: 1 });
      expect(rounds[0]?.decision.action).toEqual({ variant: "gift" });
    }
  });

  const refused = (file: string, options?: ReadRoundsOptions) =>
    readRounds(file, options).then(
      () => undefined,
      ({ code, path }) => [code, path],
    );

  it("what is not one is refused at its line", async () => {
    const lines = rounds.map(toLogLine);
    const bad = lines.with(2, lines[2]!.replace('"propensity":', '"chance":'));
    expect(await refused(files.write("bad.jsonl", bad.join("\n")))).toEqual([
      "missing_value",
      ["file", "line 3", "decision", "propensity"],
    ]);
    expect(await refused(files.write("bad.csv", "arm,reward,propensity\na,1,0.5"))).toEqual([
      "missing_column",
      ["file", "id"],
    ]);
    expect(await refused("log.xlsx")).toEqual(["unsupported_file", ["file"]]);
    expect(await refused("log.jsonl", { threds: 2 } as never)).toEqual([
      "unknown_key",
      ["options", "threds"],
    ]);
    expect(await refused(files.path("nothing.jsonl"))).toEqual(["missing_file", ["file", "file"]]);
    expect(await refused(5 as never)).toEqual(["wrong_type", ["file"]]);
  });

  it("what cannot be written leaves what was there", async () => {
    const file = files.path("kept.jsonl");
    writeFileSync(file, "before");
    const wrong = [rounds[0]!, { ...rounds[1]!, reward: Number.NaN }];
    await expect(writeRounds(file, wrong)).rejects.toMatchObject({
      code: "not_finite",
      path: ["rounds", 1, "reward"],
    });
    expect(readFileSync(file, "utf8")).toBe("before");
    await expect(writeRounds(files.path("no/such/log.jsonl"), rounds)).rejects.toMatchObject({
      code: "unwritable_file",
    });
    await expect(writeRounds("log.csv", rounds)).rejects.toMatchObject({ code: "unsupported_file" });
    await expect(writeRounds(file, "rounds" as never)).rejects.toMatchObject({ path: ["rounds"] });
  });
});
