import { defineExperiment } from "essai";
import { analyze, fromCells, fromRows, type Report } from "essai/analysis";
import { findingSentence, toHtml, toMarkdown, toText } from "essai/report";
import { parseReport } from "essai/schema";
import { describe, expect, it } from "vitest";
import type { Cells } from "../../src/core/cells.js";

const experiment = defineExperiment({
  ...{ key: "reminder", unit: "customer", control: "old" },
  variants: { old: null, new: null },
  metrics: [{ key: "order", type: "conversion", role: "goal" }],
});
const mapping = {
  exposures: { unit: "customer", variant: "variant", at: "at", dimensions: ["channel", "country"] },
  events: { unit: "customer", at: "at", event: "event" },
};
const day = (i: number) => `2026-11-${String(i).padStart(2, "0")}`;

/** 2,000 customers; every fourth gets e-mail and push, all in one country. */
function log() {
  const exposures = Array.from({ length: 2_000 }, (_, i) => ({
    ...{ customer: `c${i}`, variant: i % 2 ? "new" : "old", at: day(2) },
    ...{ channel: i % 3 ? "email" : "push", country: "CH" },
  }));
  const again = exposures
    .filter((_, i) => i % 4 === 1)
    .map((row) => ({ ...row, at: day(3), channel: row.channel === "push" ? "email" : "push" }));
  const events = exposures
    .filter((_, i) => (i * 7919) % 100 < 20)
    .map(({ customer }) => ({ customer, at: day(4), event: "order" }));
  return { exposures: [...exposures, ...again], events };
}
const read = () =>
  analyze({ experiment, source: fromRows(log(), mapping), dimensions: ["channel", "country"] });
const told = (report: Report, lang?: "fr") =>
  report.findings
    .filter(({ kind }) => kind === "between" || kind === "between_not_shown")
    .map((finding) => findingSentence(finding, lang ? { lang } : {}));

describe("customers of several levels", () => {
  it("are counted where exposures show them, and said beside the test", async () => {
    const report = await read();
    const [channel] = report.between.filter(({ dimension }) => dimension === "channel");
    expect(channel!.repeated).toEqual({ units: 500, share: 0.25, counted: "first" });
    expect(report.between.filter(({ dimension }) => dimension === "country")).toEqual([
      expect.not.objectContaining({ repeated: expect.anything() }),
    ]);
    const said =
      /500 units \(25%\) were met in several levels; each counts in the one where it was met first/;
    expect(told(report)[0]).toMatch(said);
    expect(told(report, "fr")[0]).toMatch(/500 unités \(25\s%\) ont été rencontrées dans plusieurs niveaux/);
    const spaced = (text: string) => text.replace(/\s+/g, " ");
    expect(spaced(toText(report))).toMatch(said);
    expect(spaced(toMarkdown(report))).toMatch(said);
    expect((await toHtml(report)).includes("500 units (25%) were met in several levels")).toBe(true);
    expect(parseReport(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });

  it("who changed nothing but a missing level, or met two variants, are not among them", async () => {
    const base = { variant: "new", country: "CH" };
    const row = (customer: string, at: number, channel: string, more: object = {}) => ({
      ...{ ...base, customer, at: day(at), channel },
      ...more,
    });
    const exposures = [
      ...[row("missing", 1, ""), row("missing", 2, "email"), row("missing", 3, "email")],
      ...[row("late", 3, ""), row("late", 2, "email"), row("late", 1, "push")],
      ...[row("two", 1, "email"), row("two", 2, "push", { variant: "old" })],
      ...[row("other", 1, "email", { variant: "old" }), row("another", 1, "push", { variant: "old" })],
    ];
    const cells = await fromRows(
      { exposures, events: [{ customer: "x", at: day(2), event: "order" }] },
      mapping,
    ).read({
      ...{ definition: experiment, metrics: experiment.metrics, dimensions: ["channel"] },
    });
    expect(cells.repeated).toEqual([{ dimension: "channel", units: 1, counted: "first" }]);
  });

  it("are kept in saved cells; whether each counts in all its levels changes what is said", async () => {
    const asked = { definition: experiment, metrics: experiment.metrics, dimensions: ["channel", "country"] };
    const cells: Cells = JSON.parse(JSON.stringify(await fromRows(log(), mapping).read(asked)));
    const analyzed = (of: Cells) => analyze({ experiment, source: fromCells(of), dimensions: ["channel"] });
    const direct = await read();
    expect((await analyzed(cells)).between[0]!.repeated).toEqual(direct.between[0]!.repeated);
    const each = await analyzed({
      ...cells,
      repeated: [{ dimension: "channel", units: 400, counted: "each" }],
    });
    expect(each.between[0]!.repeated).toEqual({ units: 400, share: 0.25, counted: "each" });
    expect(told(each)[0]).toMatch(
      /400 units \(25%\) count in several levels; the test takes levels as independent, so it is approximate\.$/,
    );
    const { repeated: _, ...bare } = cells;
    expect((await analyzed(bare)).between[0]).not.toHaveProperty("repeated");
  });

  it("of unknown dimensions, twice, or more than there are units are refused", async () => {
    const asked = { definition: experiment, metrics: experiment.metrics, dimensions: ["channel"] };
    const cells = await fromRows(log(), mapping).read(asked);
    const refused = (...repeated: object[]) => {
      try {
        fromCells({ ...cells, repeated });
        return "";
      } catch (error) {
        const { code, path } = error as { code: string; path: string[] };
        return `${code} at ${path.join(".")}`;
      }
    };
    const sound = { dimension: "channel", units: 5, counted: "first" };
    expect(refused(sound)).toBe("");
    expect(refused({ ...sound, dimension: "chanel" })).toBe("unknown_name at repeated.0.dimension");
    expect(refused(sound, sound)).toBe("duplicate_key at repeated.1.dimension");
    expect(refused({ ...sound, units: 2_001 })).toBe("out_of_range at repeated.0.units");
    expect(refused({ ...sound, counted: "twice" })).toBe("unknown_name at repeated.0.counted");
  });
});
