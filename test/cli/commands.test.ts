import { describe, expect, it } from "vitest";
import { commands } from "../../src/cli/commands/index.js";
import { essai, temporaryFolder } from "./terminal.js";

const files = temporaryFolder();

describe("essai", () => {
  it.each([[[]], [["--help"]], [["-h"]], [["help"]]])("%j lists the commands", async (args) => {
    const { code, out, err } = await essai(args);
    expect([code, err]).toEqual([0, ""]);
    for (const name of Object.keys(commands)) expect(out).toContain(`  ${name} `);
  });

  it("--version is the package's", async () => {
    expect((await essai(["--version"])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe("essai validate", () => {
  it("says what a sound file defines", async () => {
    const file = files.write("e.json", {
      key: "k",
      unit: "userId",
      variants: { control: 1, b: 2 },
      coverage: 0.5,
    });
    const { code, out } = await essai(["validate", file]);
    expect(code).toBe(0);
    expect(out).toMatch(/is valid[\s\S]+b 50%, control 50% \(control\)[\s\S]+coverage {4}50%/);
  });

  it("lists every problem at once, each with path and fix", async () => {
    const file = files.write("bad.json", { key: "", unit: "userId", variants: { control: 1 }, coverage: 2 });
    const { code, out, err } = await essai(["validate", file]);
    expect([code, out]).toEqual([1, ""]);
    expect(err.trim().split("\n").length).toBeGreaterThanOrEqual(3);
    for (const line of err.trim().split("\n")) expect(line).toMatch(/^essai: [^:]+: .+ \(received .+\); .+/);
  });
});

describe("essai demo", () => {
  it("analyzes the real e-mail test and says how to do the same", async () => {
    const { code, out, err } = await essai(["demo", "--users", "0"]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/64,000 customers/);
    expect(out).toMatch(/visit\n +mens +10\.62% +18\.28% +\+72\.1% .* \+7\.66 points/);
    expect(out).toMatch(/channel: no effect is shown to differ/);
    expect(out).toContain("essai analyze your.csv");
  });

  it("then shows a simulated campaign, planted against found", async () => {
    const { code, out, err } = await essai(["demo", "--users", "20000"]);
    expect([code, err]).toEqual([0, ""]);
    const campaign = out.slice(out.indexOf("A made-up campaign"));
    expect(campaign).toContain("20,000 users, two weeks, three channels");
    expect(campaign).toMatch(/cta_click +sms × brand_loyal +−25\.0% +−\d+\.\d%/);
    expect(campaign).toMatch(/support_contact +overall +±0\.0%/);
    expect(campaign).toMatch(/(6[0-4]|5\d) of 64 intervals/);
    expect(campaign).toContain("essai simulate --out");
  });
});
