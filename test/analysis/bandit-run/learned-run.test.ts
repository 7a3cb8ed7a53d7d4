import { describe, expect, it } from "vitest";
import { banditReport, banditRun } from "../../../src/analysis/index.js";
import { floor } from "../../../src/bandits/index.js";
import type { Estimate } from "../../../src/core/estimate.js";
import { learnPolicy } from "../../../src/ope/index.js";
import { toHtml, toMarkdown, toText } from "../../../src/report/index.js";
import { madeRun, offers } from "./made-run.js";

type Ok = Extract<Estimate, { status: "ok" }>;
const options = { constraints: [floor({ share: 0.1 })] };
const personal = (arm: string, _: number, segment: string) =>
  arm === "plain" ? 0.1 : (arm === "gift") === (segment === "young") ? 0.45 : 0.15;
const told = (run: ReturnType<typeof banditRun>, lang: "en" | "fr" = "en") =>
  toText(banditReport(offers, run), { width: 400, lang });

describe("whether a policy that reads contexts beats the best single arm", () => {
  const { log } = madeRun({
    ...{ seed: "personal", rounds: 4_000, batch: 200, truth: personal, segments: ["young", "old"], options },
  });
  const run = banditRun({ experiment: offers, log });

  it("is what learnPolicy says of the same log", () => {
    const features = [{ kind: "categorical", field: "segment", levels: ["old", "young"] }] as const;
    const found = learnPolicy({ log, features, actions: ["plain", "voucher", "gift"] });
    expect(run.learned).toMatchObject({ fields: ["segment"], single: found.single, differs: found.differs });
    expect((run.learned!.value as Ok).value).toBeCloseTo((found.value as Ok).value, 12);
    expect((run.learned!.overSingle as Ok).interval[0]).toBeCloseTo((found.overSingle as Ok).interval[0], 12);
  });

  it("has the truth in its interval, and is a line of every format", async () => {
    const { interval } = run.learned!.overSingle as Ok;
    expect(interval[0]).toBeGreaterThan(0);
    expect(interval[0]).toBeLessThan(0.15);
    expect(interval[1]).toBeGreaterThan(0.15);
    const report = banditReport(offers, run);
    for (const text of [told(run), toMarkdown(report), await toHtml(report)])
      expect(text).toMatch(/[Aa] policy that reads segment beats always/);
    expect(told(run, "fr")).toContain("une politique qui lit segment fait mieux que toujours");
  });

  it("is not shown where everybody wants the same, and absent without contexts or with few rewards", () => {
    const same = (arm: string) => (arm === "gift" ? 0.3 : 0.1);
    const alike = madeRun({
      ...{ seed: "same", rounds: 3_000, batch: 200, truth: same, segments: ["young", "old"], options },
    });
    const { learned } = banditRun({ experiment: offers, log: alike.log });
    expect(learned?.single).toBe("gift");
    if (learned?.overSingle.status === "ok") expect(learned.overSingle.interval[0]).toBeLessThanOrEqual(0);
    expect(told(banditRun({ experiment: offers, log: alike.log }))).toMatch(
      /plays gift for everyone|not shown that a policy|whether a policy/,
    );
    expect(banditRun({ experiment: offers, log: log.slice(0, 150) }).learned).toBeUndefined();
    const blind = madeRun({ seed: "blind", rounds: 400, truth: same });
    expect(banditRun({ experiment: offers, log: blind.log }).learned).toBeUndefined();
  });

  it("reads numbers and categories that all decisions have, and says so where actions were given up", () => {
    const wider = log.map(({ decision, reward }, i) => {
      const { segment } = decision.context as { readonly segment: string };
      const context = { segment, age: i % 50, id: `u${i}`, same: "x", ...(i % 2 ? { half: "y" } : {}) };
      return { decision: { ...decision, context }, reward };
    });
    expect(banditRun({ experiment: offers, log: wider }).learned?.fields).toEqual(["segment", "age"]);
    const untried = log.map(({ decision, reward }, i) => {
      const actions = decision.actions ?? [];
      const probabilities = actions.map((key) => (key === decision.variant ? 0.9999 : 0.00005));
      const of = i % 2 ? { probabilities, propensity: 0.9999 } : {};
      return { decision: { ...decision, ...of }, reward };
    });
    const { learned } = banditRun({ experiment: offers, log: untried });
    expect(learned?.overSingle.status).not.toBe("ok");
  });
});
