import { defineExperiment, nextVersion } from "essai";
import { describe, expect, it } from "vitest";
import { essai, temporaryFolder } from "./terminal.js";

const files = temporaryFolder();
const three = { key: "cta", unit: "userId", variants: { control: "Buy", b: "Try", c: "Ask|<b>" } };
const definition = defineExperiment(three);

describe("essai diff", () => {
  it("says how many units a change moves, and ends well where the version is new", async () => {
    const old = files.write("old.json", three);
    const next = nextVersion(definition, { variants: { ...three.variants, d: "Go" }, coverage: 0.5 });
    const now = files.write("new.json", { experiments: [next] });
    const { code, out, err } = await essai(["diff", old, now]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^cta {2}version 1 → 2$/m);
    expect(out).toMatch(/coverage: 1 → 0\.5/);
    expect(out).toMatch(/variants\.d added: {"key":"d","payload":"Go"}/);
    expect(out).toMatch(/12\.5% of units change their variant/);
    expect(out).toMatch(/50% drop out/);
    expect(out).toMatch(/b → d: 4\.2%/);
  });

  it("says it in French", async () => {
    const old = files.write("old.json", three);
    const next = nextVersion(definition, { variants: { ...three.variants, d: "Go" }, coverage: 0.5 });
    const now = files.write("new.json", { experiments: [next] });
    const { code, out, err } = await essai(["diff", old, now, "--lang", "fr"]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^cta {2}version 1 → 2$/m);
    expect(out).toMatch(/coverage : 1 → 0\.5/);
    expect(out).toMatch(/variants\.d ajouté : {"key":"d","payload":"Go"}/);
    expect(out).toMatch(/12,5\s%\sdes unités changent de variante/);
    expect(out).toMatch(/50\s%\ssortent/);
    expect(out).toMatch(/b → d : 4,2\s%/);
    const markdown = await essai(["diff", old, now, "--markdown", "--lang", "fr"]);
    expect(markdown.out).toMatch(
      /\| test \| version \| .*\n.*\n\| cta \| version 1 → 2 \| \*\*12,5\s%\*\* \| aucune \|/,
    );
    expect((await essai(["diff", old, old, "--lang", "fr"])).out).toBe("aucune différence\n");
    const moved = files.write("moved.json", { ...three, variants: { ...three.variants, d: "Go" } });
    expect((await essai(["diff", old, moved, "--lang", "fr"])).err).toMatch(
      /^essai: des unités changent de variante sous la même version : cta ; donnez/,
    );
    expect((await essai(["diff", old, old, "--lang", "de"])).err).toMatch(/--lang/);
  });

  it("ends with 1 where units move under the same version", async () => {
    const old = files.write("old.json", { experiments: [three] });
    const now = files.write("new.json", {
      experiments: [{ ...three, variants: { ...three.variants, d: "Go" } }],
    });
    for (const args of [[], ["--markdown"], ["--json"]]) {
      const { code, out, err } = await essai(["diff", old, now, ...args]);
      expect(code).toBe(1);
      expect(err).toBe(
        "essai: units move under the same version: cta; give what changed a version of its own (nextVersion)\n",
      );
      if (args[0] === "--json")
        expect(JSON.parse(out)).toMatchObject({ format: "essai.diff/1", unversioned: ["cta"] });
      if (args[0] === "--markdown")
        expect(out).toMatch(
          /> \*\*Warning:\*\* units move[\s\S]+\| cta \| .* \| \*\*50%\*\* \| none \| none \|/,
        );
    }
  });

  it("says nothing of files that say the same", async () => {
    const old = files.write("old.json", three);
    const now = files.write("new.json", definition);
    expect(await essai(["diff", old, now])).toEqual({ code: 0, out: "no difference\n", err: "" });
    expect((await essai(["diff", old, now, "--markdown"])).out).toBe("No difference.\n");
  });

  it("writes Markdown that no payload breaks", async () => {
    const old = files.write("old.json", three);
    const now = files.write(
      "new.json",
      nextVersion(definition, { variants: { ...three.variants, c: "`<i>|*" } }),
    );
    const { out } = await essai(["diff", old, now, "--markdown"]);
    expect(out).toContain('"Ask\\|\\<b\\>"');
    expect(out).toContain('"\\`\\<i\\>\\|\\*"');
  });

  it.each([
    [[], /^essai: OLD: .*missing/],
    [["old.json"], /^essai: NEW: .*missing/],
    [["old.json", "none.json"], /none\.json/],
    [["old.json", "old.json", "--json", "--markdown"], /--markdown/],
  ])("%j is refused", async (args, message) => {
    files.write("old.json", three);
    const { code, out, err } = await essai([
      "diff",
      ...args.map((each) => (each.endsWith(".json") ? files.path(each) : each)),
    ]);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(message);
  });

  it("tells every problem of a catalogue at its place", async () => {
    const old = files.write("old.json", three);
    const now = files.write("new.json", { experiments: [three, { ...three, coverage: 2 }] });
    const { code, err } = await essai(["diff", old, now]);
    expect(code).toBe(1);
    expect(err).toMatch(/NEW.*experiments\.1\.coverage/);
  });
});

describe("essai validate", () => {
  it("takes a catalogue as people write it", async () => {
    const file = files.write("catalogue.json", {
      experiments: [
        three,
        {
          key: "page",
          unit: "userId",
          factors: { hero: ["A", "B"], cta: ["x", "y"] },
          audience: { segment: "web" },
        },
      ],
      segments: { web: { attribute: "channel", eq: "web" } },
      holdouts: [{ key: "all", share: 0.05, unit: "userId" }],
    });
    const { code, out } = await essai(["validate", file]);
    expect(code).toBe(0);
    expect(out).toMatch(
      /experiments 2[\s\S]+segments {4}web[\s\S]+holdouts {4}all 5%[\s\S]+cta, version 1[\s\S]+page, version 1/,
    );
  });
});
