import { describe, expect, it } from "vitest";
import { essai, temporaryFolder } from "./terminal.js";

const files = temporaryFolder();
const experiment = (futility: object) => ({
  ...{ key: "checkout", unit: "id", variants: { control: null, b: null } },
  metrics: [{ key: "order", type: "conversion", role: "goal" }],
  plan: { looks: 4, units: 8000, futility },
  data: { variant: "arm", unit: "id" },
});

/** A table of so many units a side, of whom some order. */
function table(name: string, units: number, orders: readonly [control: number, b: number]): string {
  const lines = ["control", "b"].flatMap((arm, at) =>
    Array.from({ length: units }, (_, i) => `${arm}${i},${arm},${i < (orders[at] ?? 0) ? 1 : 0}`),
  );
  return files.write(name, `id,arm,order\n${lines.join("\n")}\n`);
}

describe("futility from files", () => {
  it("reads the same from CSV and DuckDB: given up, and not harm", async () => {
    const file = files.write("free.json", experiment({}));
    const half = table("half.csv", 2000, [200, 198]);
    const read = async (engine: string) =>
      JSON.parse((await essai(["analyze", half, "-e", file, "--engine", engine, "--json"])).out);
    const [csv, duckdb] = [await read("csv"), await read("duckdb")];
    expect(csv.recommendation).toMatchObject({ action: "enough", rule: "futile" });
    expect(csv.macro[0].futile).toBe("now");
    expect(duckdb.recommendation).toMatchObject({ action: "enough", rule: "futile" });
    const { paths, ...course } = csv.looks.course;
    expect(duckdb.looks).toMatchObject({ futility: csv.looks.futility, course });
    // Sums are rounded in another order.
    const deviate = ({ points }: { points: { deviate: number }[] }) => points[0]?.deviate;
    expect(deviate(duckdb.looks.course.paths[0])).toBeCloseTo(deviate(paths[0]) ?? Number.NaN, 9);
  });

  it("remembers with --state what a binding plan has given up, and a free one shows what comes later", async () => {
    const looks = ["early.csv", "late.csv"] as const;
    table("early.csv", 2000, [200, 198]);
    table("late.csv", 3000, [300, 390]);
    const told = async (name: string, futility: object) => {
      const file = files.write(`${name}.json`, experiment(futility));
      const outs: string[] = [];
      for (const look of looks) {
        const asked = ["analyze", files.path(look), "-e", file, "--state", files.path(`${name}-looks.json`)];
        const { code, out } = await essai(asked);
        expect(code).toBe(0);
        outs.push(out.replace(/\s+/g, " "));
      }
      return outs;
    };
    const [first, second] = await told("binding", { binding: true });
    expect(first).toContain("Stopped for futility, not for harm");
    expect(second).not.toMatch(/^.{0,200}SHIP/);
    const [, later] = await told("open", {});
    expect(later).toMatch(/^.{0,200}SHIP/);
  });
});
