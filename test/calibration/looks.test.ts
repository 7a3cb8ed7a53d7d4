import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { lookTable } from "./looks.mjs";

const page = readFileSync(new URL("../../docs/calibration-looks.md", import.meta.url), "utf8");

it("a slice of the table of looks holds its bars", async () => {
  const rows = await lookTable({ seed: "slice", replications: 40, words: ["null / 20 looks of 36"] });
  expect(rows.map(({ plan }) => plan)).toEqual(["any", "spending", "equal"]);
  for (const row of rows) expect(row.held, JSON.stringify(row)).toBe(true);
});

it("a row goes on where a run before has left it, to the same figures", async () => {
  const known = {};
  let kept = 0;
  const keep = () => {
    kept++;
  };
  const asked = { seed: "kept", words: ["null / 20 looks of 4 and 36"] };
  await lookTable({ ...asked, replications: 8, known, keep });
  const went = await lookTable({ ...asked, replications: 20, known, keep });
  expect(kept).toBe(4);
  expect(went).toEqual(await lookTable({ ...asked, replications: 20 }));
  expect((await lookTable({ ...asked, replications: 10, known })).map(({ runs }) => runs)).toEqual([20, 20]);
});

it("the page of a whole run has every world, and no bar is missed", () => {
  expect(page).toMatch(/\| null \/ 1,000 looks/);
  expect(page.match(/\| held \|/g)?.length).toBeGreaterThan(15);
  expect(page).not.toContain("MISSED");
});
