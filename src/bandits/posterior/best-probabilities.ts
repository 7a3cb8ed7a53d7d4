import { errorOf, requireNumber } from "../../errors/index.js";
import { type FieldsFor, type Shape, shapeProblems } from "../../shapes/index.js";
import { largestProbabilities, type Marginal } from "../../stats/bayes/quadrature/largest-probabilities.js";

const marginalFields = {
  edges: { kind: "list", of: { kind: "number" }, atLeast: 2 },
  density: { kind: "function" },
} as const satisfies FieldsFor<Marginal>;

const marginalsShape: Shape = { kind: "list", of: { kind: "object", has: marginalFields }, atLeast: 1 };

/**
 * The probability that each of several independent quantities is the largest: ∫ fᵢ(t) ∏ⱼ≠ᵢ Fⱼ(t) dt over
 * panels as narrow as the narrowest density asks for, the Fⱼ summed up from the same panels.
 * @param marginals  at least one, in one common coordinate
 * @returns probabilities that sum to 1; absolute error below 1e-8
 * @throws ExperimentError within ["marginals", i]: `missing_value`, `wrong_type`, `unknown_key`, `not_finite`; `out_of_range`
 *         at ["marginals", i, "edges", j] for an edge that is smaller than the one before
 * @checked test/reference/propensity.json
 */
export function bestProbabilities(marginals: readonly Marginal[]): number[] {
  const problems = shapeProblems(marginals, marginalsShape, ["marginals"]);
  if (problems.length > 0) throw errorOf(problems);
  for (const [i, { edges }] of marginals.entries())
    for (const [j, edge] of edges.entries())
      requireNumber(edge, ["marginals", i, "edges", j], { atLeast: edges[j - 1] ?? -1 / 0 });
  return largestProbabilities(marginals);
}
