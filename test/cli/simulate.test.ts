import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Report } from "../../src/analysis/index.js";
import { essai, temporaryFolder } from "./terminal.js";

const files = temporaryFolder();

describe("essai simulate", () => {
  it("writes a campaign that essai analyze reads from its experiment file alone", async () => {
    const out = files.path("campaign");
    const made = await essai(["simulate", "--out", out, "--users", "3000", "--seed", "spring"]);
    expect([made.code, made.err]).toEqual([0, ""]);
    expect(made.out).toContain("3,000 users, seed spring");
    expect(made.out).toContain(`essai analyze --experiment ${out}/experiment.json`);

    const analyzed = await essai([
      ...["analyze", "--experiment", `${out}/experiment.json`],
      ...["--by", "channel,segment", "--json"],
    ]);
    expect([analyzed.code, analyzed.err]).toEqual([0, ""]);
    const report = JSON.parse(analyzed.out) as Report;
    expect(report.arms.reduce((sum, { units }) => sum + units, 0)).toBe(3_000);
    const planted = JSON.parse(readFileSync(`${out}/planted.json`, "utf8"));
    expect(planted).toMatchObject({ format: "essai.planted/1", seed: "spring", users: 3_000 });
  });

  it("gives the same campaign for the same seed", async () => {
    const rows = async (name: string, seed: string) => {
      const out = files.path(name);
      await essai(["simulate", "--out", out, "--users", "500", "--seed", seed]);
      const { out: json } = await essai(["analyze", "-e", `${out}/experiment.json`, "--json"]);
      return (JSON.parse(json) as Report).macro.map(({ values }) => values);
    };
    const [one, again, other] = [await rows("a", "s"), await rows("b", "s"), await rows("c", "t")];
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
  });

  it.each([
    ["no directory", ["simulate"], /--out: is needed and is missing/],
    [
      "something that is not a number of users",
      ["simulate", "--out", "x", "--users", "many"],
      /--users: .*"many"/,
    ],
    ["no users", ["simulate", "--out", "x", "--users", "0"], /users: .* \(received 0\)/],
    [
      "one channel twice",
      ["simulate", "--out", "x", "--channels", "sms,sms"],
      /channels\.1: is used more than once/,
    ],
    ["an unknown option", ["simulate", "--out", "x", "--user", "3"], /--user/],
  ])("refuses %s", async (_, args, message) => {
    const { code, out, err } = await essai(args);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(message);
  });

  it("names the folder it cannot write to", async () => {
    const taken = files.write("taken", "");
    const { code, err } = await essai(["simulate", "--out", taken, "--users", "1"]);
    expect(code).toBe(1);
    expect(err).toContain("the file cannot be written");
  });
});
