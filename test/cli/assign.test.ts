import { createAssigner, defineCatalogue, defineExperiment } from "essai";
import { describe, expect, it } from "vitest";
import { essai, temporaryFolder } from "./terminal.js";

const files = temporaryFolder();
const offer = {
  key: "offer",
  unit: "customer",
  variants: { control: null, voucher: '10 % off, "now"' },
  coverage: 0.5,
};
const targeted = {
  key: "page",
  unit: "customer",
  variants: { control: 0, b: { cta: "Buy" } },
  audience: { all: [{ attribute: "age", gte: 18 }, { segment: "french" }] },
  rules: [{ key: "vip", when: { attribute: "vip", eq: true }, variant: "b" }],
  schedule: { from: "2026-01-01" },
};
const catalogue = {
  experiments: [offer, targeted],
  segments: { french: { attribute: "country", in: ["FR"] } },
};
const rows = Array.from({ length: 400 }, (_, i) => [
  `c${i}`,
  String(10 + (i % 30)),
  i % 3 ? "FR" : "BE",
  i % 7 ? "false" : "true",
]);
const csv = ["customer,age,country,vip", ...rows.map((row) => row.join(","))].join("\n");

describe("essai assign", () => {
  it("gives every unit what the assigner gives it", async () => {
    const units = files.write("units.csv", csv);
    const file = files.write("catalogue.json", catalogue);
    const args = ["assign", units, "--experiment", file, "--now", "2026-02-01"];
    const { code, out, err } = await essai(args);
    expect([code, err]).toEqual([0, ""]);
    const assigner = createAssigner(defineCatalogue(catalogue as never));
    const expected = rows.flatMap(([customer, age, country, vip]) =>
      assigner
        .assignAll(
          { customer, age: Number(age), country, vip: vip === "true" },
          { now: Date.UTC(2026, 1, 1) },
        )
        .map((each) =>
          [
            customer,
            each.experiment,
            1,
            each.variant ?? "",
            each.reason,
            each.enrolled ? each.propensity : "",
          ].join(","),
        ),
    );
    expect(out).toBe(["customer,experiment,version,variant,reason,propensity", ...expected, ""].join("\n"));
    expect((await essai(args)).out).toBe(out);
    const reasons = new Set(out.split("\n").map((line) => line.split(",")[4]));
    for (const reason of ["allocated", "coverage", "audience", "rule"]) expect(reasons).toContain(reason);
  });

  it("takes one experiment, another column, only who is enrolled, with the payload", async () => {
    const units = files.write("mails.csv", 'id\n"a,1"\n\nb\n');
    const file = files.write("offer.json", { ...offer, coverage: 1 });
    const { out } = await essai([
      "assign",
      units,
      "--experiment",
      file,
      "--unit",
      "id",
      "--enrolled",
      "--payload",
    ]);
    const definition = defineExperiment({ ...offer, coverage: 1 });
    const [head, ...lines] = out.trim().split("\n");
    expect(head).toBe("id,experiment,version,variant,reason,propensity,payload");
    expect(lines).toEqual(
      ["a,1", "b"].map((customer) => {
        const { variant } = createAssigner({ experiments: [definition] }).assign(definition, { customer });
        return `${customer.includes(",") ? `"${customer}"` : customer},offer,1,${variant},allocated,0.5,${
          variant === "voucher" ? '"10 % off, ""now"""' : "null"
        }`;
      }),
    );
  });

  it("says how many rows have no id", async () => {
    const units = files.write("gaps.csv", "customer,x\na,1\n,2\n  ,3\nb,4\n");
    const file = files.write("offer.json", offer);
    const { code, out, err } = await essai(["assign", units, "--experiment", file]);
    expect([code, err, out.trim().split("\n").length]).toEqual([
      0,
      "essai: 2 rows without customer are left out\n",
      3,
    ]);
  });

  it.each([
    [["--experiment", "offer.json", "--key", "ofer"], /--key: .*did you mean "offer"/],
    [["--experiment", "offer.json", "--unit", "custmer"], /UNITS\.custmer.*did you mean "customer"/],
    [["--experiment", "catalogue.json"], /now: is needed by a schedule/],
    [["--experiment", "catalogue.json", "--now", "tomorrow"], /--now: is not an instant/],
    [[], /--experiment: .*missing/],
  ])("%j is refused", async (args, message) => {
    files.write("offer.json", offer);
    files.write("catalogue.json", catalogue);
    const units = files.write("units.csv", csv);
    const { code, err } = await essai([
      "assign",
      units,
      ...args.map((each) => (each.endsWith(".json") ? files.path(each) : each)),
    ]);
    expect(code).toBe(1);
    expect(err).toMatch(message);
  });

  it("refuses a cell that is not what the conditions compare, with its row: never an audience missed in silence", async () => {
    const units = files.write("units.csv", "customer,age,country,vip\na,20,FR,true\nb,twenty,FR,true\n");
    const file = files.write("catalogue.json", catalogue);
    const { code, err } = await essai(["assign", units, "--experiment", file, "--now", "2026-02-01"]);
    expect([code, err]).toEqual([1, expect.stringMatching(/age: .*twenty/)]);
    const short = files.write("short.csv", "customer,age\na,20\n");
    expect((await essai(["assign", short, "--experiment", file, "--now", "2026-02-01"])).err).toMatch(
      /country/,
    );
  });
});
