import { describe, expect, it } from "vitest";
import type { Estimate } from "../../src/core/estimate.js";
import { pooledProportions } from "../../src/stats/index.js";
import { email } from "./email.js";
import { cases, near } from "./reference.js";

type Ok = Extract<Estimate, { status: "ok" }>;
const ok = (estimate: Estimate): Ok => {
  expect(estimate.status).toBe("ok");
  return estimate as Ok;
};

describe("reference", () => {
  it.each(cases("proportions", "twoProportionZ"))(
    "$id",
    ({ input: { control, treatment }, expected, rtol }) => {
      const two = ok(pooledProportions(control, treatment));
      near(two.value, expected.diff, rtol);
      near(two.standardError, expected.se, rtol);
      near(two.statistic, expected.z, rtol);
      near(two.pValue, expected.p.twoSided, rtol);
      near(
        ok(pooledProportions(control, treatment, { alternative: "greater" })).pValue,
        expected.p.greater,
        rtol,
      );
      near(ok(pooledProportions(control, treatment, { alternative: "less" })).pValue, expected.p.less, rtol);
    },
  );

  it("the e-mail test's conversion", () => {
    const { none, mens } = email;
    const estimate = ok(
      pooledProportions({ x: none.conversions, n: none.n }, { x: mens.conversions, n: mens.n }),
    );
    near(estimate.pValue, 1.5232235e-13, 1e-7);
  });
});
