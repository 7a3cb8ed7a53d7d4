import { describe, expect, it } from "vitest";
import { essai, temporaryFolder } from "./terminal.js";

const files = temporaryFolder();
const lines = Array.from({ length: 200 }, (_, i) => `c${i},${(i * 37) % 101},${i % 3 ? "web" : "app"}`);
const table = () => files.write("visits.csv", `customer_id,revenue,channel\n${lines.join("\n")}\n`);
const quick = ["--replications", "20"];

describe("essai aa", () => {
  it("draws two variants for a table that has none, and says so", async () => {
    const { code, out, err } = await essai(["aa", table(), ...quick]);
    expect(code).toBe(0);
    expect(err).toContain("no column says it; two are drawn");
    expect(out).toContain("200 units assigned at random 20 times (control 50% · treatment 50%)");
    expect(out).toContain("whatever is said of a variant below is false");
    expect(out).toMatch(/differs from control, read once and by itself +[\d.]+% +[\d.]+% +about 5%/);
    expect(out).toMatch(/revenue, treatment against control +\S+ +\S+ +\S+ ± /);
  });

  it("speaks French", async () => {
    const { out } = await essai(["aa", table(), ...quick, "--lang", "fr"]);
    expect(out).toMatch(/200 unités réparties au hasard 20 fois \(control 50\s% · treatment 50\s%\)/);
    expect(out).toMatch(/diffère du témoin, lu une fois et isolément .* environ 5\s%/);
    expect(out).not.toMatch(/\b(the|said|expected)\b/);
  });

  it("gives everything as JSON, with an experiment file and its mapping", async () => {
    const experiment = files.write("shop.json", {
      ...{ key: "shop", unit: "customer", variants: { control: null, b: null, c: null } },
      metrics: [{ key: "revenue", type: "mean", role: "goal" }],
      plan: { looks: 1 },
      data: { variant: "nowhere", unit: "customer_id", dimensions: ["channel"] },
    });
    const { code, out, err } = await essai([
      ...["aa", table(), "--experiment", experiment, "--by", "channel", "--json", ...quick],
    ]);
    expect([code, err]).toEqual([0, ""]);
    expect(JSON.parse(out)).toMatchObject({
      ...{ format: "essai.aa/1", experiment: "shop", looks: "one", dimensions: ["channel"], seed: "1" },
      ...{ units: 200, replications: 20 },
    });
  });

  it("takes variants, control and shares of a table that has them", async () => {
    const uneven = lines.map((line, i) => `${line},${i % 10 === 0 ? "held" : "mailed"}`);
    const file = files.write("sent.csv", `customer_id,revenue,channel,group\n${uneven.join("\n")}\n`);
    const { out } = await essai(["aa", file, ...quick]);
    expect(out).toMatch(/held 10% · mailed 90%|mailed 90% · held 10%/);
  });

  it.each([
    ["no file", [], /FILE: is needed/],
    ["two files", ["a.csv", "b.csv"], /FILE: is one too many/],
    [
      "too few assignments",
      ["TABLE", "--replications", "3"],
      /--replications: must be a whole number and at least 20/,
    ],
    ["a level beyond 1", ["TABLE", "--level", "95"], /--level: must be above 0 and below 1.*write 0.95/],
    ["a metric that is not there", ["TABLE", "--metrics", "nope"], /--metrics: is not one of the names/],
    ["a table of two rows", ["SHORT"], /FILE: is not enough: must be at least 20/],
    ["amounts all alike", ["ALIKE"], /metrics.revenue: has one value for all units/],
    [
      "a definition without a data section",
      ["TABLE", "-e", "BARE"],
      /--experiment.data: is required and is missing/,
    ],
    ["events", ["TABLE", "-e", "EVENTS"], /FILE: does not fit.*--exposures FILE --events FILE/],
  ])("refuses %s", async (_, args, sentence) => {
    const bare = {
      key: "x",
      variants: { control: null, b: null },
      unit: "u",
      metrics: [{ key: "revenue", type: "mean" }],
    };
    const named: Record<string, () => string> = {
      TABLE: table,
      SHORT: () => files.write("short.csv", "customer_id,revenue\na,1\nb,2\n"),
      ALIKE: () =>
        files.write("alike.csv", `customer_id,revenue\n${lines.map((_, i) => `${i},7`).join("\n")}\n`),
      BARE: () => files.write("bare.json", bare),
      EVENTS: () =>
        files.write("events.json", {
          ...bare,
          data: {
            exposures: { unit: "u", at: "t", variant: "v" },
            events: { unit: "u", at: "t", event: "e", value: "v" },
          },
        }),
    };
    const { code, out, err } = await essai(["aa", ...args.map((each) => named[each]?.() ?? each)]);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(sentence);
  });
});
