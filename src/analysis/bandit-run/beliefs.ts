import { type BanditState, type ExplainedAction, explainActions } from "../../bandits/index.js";
import { posteriorOf } from "../../bandits/posterior/index.js";
import { stateFacts } from "../../bandits/state/index.js";
import type { Json } from "../../core/json.js";
import { square } from "../../core/powers.js";
import type { LogRows } from "../../rounds/index.js";
import type { CellLevels } from "../comparison.js";
import { armLaws } from "./belief-law.js";
import type { ArmBelief, BeliefView } from "./run.js";
import { levelOf } from "./segments.js";

const mostContexts = 16;
const mostViews = 24;
const mostDensities = 8;
const points = 121;

/** Four significant digits are more than a picture shows. */
const short = (value: number) => Number(value.toPrecision(4));
const average = (list: readonly number[]) => list.reduce((sum, each) => sum + each, 0) / list.length;

function mergedTerms(all: readonly ExplainedAction[]): ArmBelief["contributions"] | undefined {
  if (all.some(({ contributions }) => contributions === undefined)) return undefined;
  const names = [...new Set(all.flatMap(({ contributions }) => Object.keys(contributions as object)))];
  return Object.fromEntries(
    names.map((name) => [name, average(all.map((each) => each.contributions?.[name] ?? 0))]),
  );
}

function view(state: BanditState, cell: CellLevels, contexts: readonly Json[], level: number): BeliefView {
  const { arms } = state.setup;
  const asked = contexts.length > 0 ? contexts : [null];
  const explained = asked.map((context) => explainActions(state, { context }));
  const beliefs = asked.map((context) => posteriorOf(state, context, 1).belief);
  const laws = armLaws(beliefs, arms.length, stateFacts(state).hash);
  const list = arms.flatMap(({ key, status }, i) => {
    if (status !== "live") return [];
    const own = explained.map((actions) => actions.find(({ arm }) => arm === key) as ExplainedAction);
    const law = laws[i] as ReturnType<typeof armLaws>[number];
    const mean = average(own.map((each) => each.mean));
    const variance = average(own.map((each) => square(each.sd) + square(each.mean - mean)));
    const contributions = mergedTerms(own);
    return [
      {
        law,
        belief: {
          arm: key,
          probability: average(own.map(({ probability }) => probability)),
          best: average(own.map(({ best }) => best)),
          mean,
          sd: Number.isFinite(variance) ? Math.sqrt(variance) : null,
          interval: [law.quantile(0.5 - level / 2), law.quantile(0.5 + level / 2)] as const,
          ...(contributions ? { contributions } : {}),
        },
      },
    ];
  });
  list.sort((a, b) => b.belief.best - a.belief.best);
  const shown = list.slice(0, mostDensities);
  const low = Math.min(...shown.map(({ law }) => law.quantile(0.005)));
  const high = Math.max(...shown.map(({ law }) => law.quantile(0.995)));
  const grid = Array.from({ length: points }, (_, i) => low + ((high - low) * i) / (points - 1));
  return {
    cell,
    contexts: contexts.length,
    grid: grid.map((x) => Number(x.toPrecision(6))),
    arms: list.map(({ law, belief }, i) =>
      i < mostDensities ? { ...belief, density: grid.map((x) => short(law.density(x))) } : belief,
    ),
  };
}

/** Different ones of some contexts, spread over them. */
function sampleContexts(contexts: readonly Json[]): readonly Json[] {
  const step = Math.max(1, contexts.length / (8 * mostContexts));
  const found = new Map<string, Json>();
  for (let at = 0; at < contexts.length && found.size < mostContexts; at += step) {
    const context = contexts[Math.floor(at)] ?? null;
    found.set(JSON.stringify(context), context);
  }
  return [...found.values()];
}

/**
 * What a state believes, and plays for that reason: everywhere where the model reads no context, else in each level of
 * the fields, averaged over at most sixteen contexts that were met there.
 * @returns at most 24 views
 */
export function beliefViews(
  state: BanditState,
  rows: LogRows,
  fields: readonly string[],
  level: number,
): readonly BeliefView[] {
  if (!state.setup.model.contextKey) return [view(state, {}, [], level)];
  const cells = fields.flatMap((field) => {
    const levels = new Map<string, Json[]>();
    for (const [i, context] of rows.context.entries()) {
      const own = levelOf(rows, i, field);
      if (own === undefined) continue;
      const list = levels.get(own);
      if (list) list.push(context);
      else levels.set(own, [context]);
    }
    return [...levels]
      .sort(([, a], [, b]) => b.length - a.length)
      .map(([name, own]) => ({ cell: { [field]: name }, contexts: sampleContexts(own) }));
  });
  if (cells.length === 0) return [view(state, {}, sampleContexts(rows.context), level)];
  return cells.slice(0, mostViews).map(({ cell, contexts }) => view(state, cell, contexts, level));
}
