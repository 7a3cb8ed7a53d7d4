import { missing_value, out_of_range, wrong_type } from "../../core/errors.js";
import { ExperimentError, problem } from "../../core/experiment-error.js";
import type { Json } from "../../core/json.js";
import { solveLower, solveUpper } from "../../linear/cholesky.js";
import { normal } from "../../random/normal.js";
import { blockProblems, learnBlocks } from "../block-sums.js";
import { drawnProbabilities } from "../drawn-probabilities.js";
import { type EffectsBlock, type EffectsFit, fitEffects, links } from "../effects-fit.js";
import { once } from "../known.js";
import type { Belief } from "../posterior.js";
import type { RewardModel, Sums } from "../reward-model.js";
import type { Arm } from "../state.js";

/** The part of the context by which units are told apart. */
export interface Segments {
  readonly field: string;
  readonly levels: readonly string[];
}

/** Settings of the models that estimate effects; standard deviations are in the link's unit (log-odds, or reward). */
export interface EffectsSettings {
  /** Default: no segments. */
  readonly segments?: Segments | null;
  /** Interactions between every two factors; default true. */
  readonly pairs?: boolean;
  /** `"logistic"` (default) for rewards in [0, 1], `"identity"` for amounts. */
  readonly link?: keyof typeof links;
  /** Reward expected at the start, worth one observation; default 0.1. */
  readonly mean?: number;
  /** Prior guess at the standard deviation of main effects, > 0; default 0.4. */
  readonly main?: number;
  /** Prior guess at the standard deviation of interactions, > 0; default 0.25. */
  readonly interaction?: number;
}

/** Where coefficients lie: which apply to each arm in each segment. */
interface Layout {
  readonly size: number;
  readonly blocks: readonly EffectsBlock[];
  /** By segment (the last is for units of no known segment), then by arm. */
  readonly rows: readonly (readonly (readonly number[])[])[];
  /** By segment: what each coefficient of its rows is the effect of. */
  readonly terms: readonly (readonly string[])[];
}

function layoutOf(arms: readonly Arm[], settings: Required<EffectsSettings>): Layout {
  const { segments, pairs, main, interaction } = settings;
  const factors = Object.keys(arms[0]?.action ?? {}).map((name) => {
    const levels = [...new Set(arms.map(({ action }) => action[name]!))];
    return { name, levels, levelOf: arms.map(({ action }) => levels.indexOf(action[name]!)) };
  });
  const count = segments?.levels.length ?? 0;
  let size = 1;
  const blocks: EffectsBlock[] = [];
  const block = (width: number, sd: number): number => {
    blocks.push({ from: size, size: width, sd });
    size += width;
    return size - width;
  };
  const segmentFrom = count > 0 ? block(count, main) : 0;
  const rows = Array.from({ length: count + 1 }, (_, s) =>
    arms.map(() => (s < count ? [0, segmentFrom + s] : [0])),
  );
  const terms = rows.map((_, s) => (s < count ? ["constant", "segment"] : ["constant"]));
  factors.forEach(({ name, levels, levelOf }, f) => {
    const from = block(levels.length, main);
    const crossFrom = count > 0 ? block(levels.length * count, interaction) : 0;
    arms.forEach((_, arm) => {
      const level = levelOf[arm]!;
      rows.forEach((segmentRows, s) => {
        segmentRows[arm]!.push(from + level, ...(s < count ? [crossFrom + s * levels.length + level] : []));
      });
    });
    terms.forEach((names, s) => {
      names.push(name, ...(s < count ? [`${name} × segment`] : []));
    });
    for (const other of pairs ? factors.slice(0, f) : []) {
      for (const names of terms) names.push(`${other.name} × ${name}`);
      const pairFrom = block(levels.length * other.levels.length, interaction);
      arms.forEach((_, arm) => {
        for (const segmentRows of rows)
          segmentRows[arm]!.push(pairFrom + other.levelOf[arm]! * levels.length + levelOf[arm]!);
      });
    }
  });
  return { size, blocks, rows, terms };
}

const CELL = 3;

/** A model of effects under a name; see `factorial` and `hierarchical`. */
export function effectsModel(name: string, given: EffectsSettings): RewardModel {
  const settings = {
    segments: null,
    pairs: true,
    link: "logistic" as const,
    mean: 0.1,
    main: 0.4,
    interaction: 0.25,
    ...given,
  };
  const { segments, link: linkName, mean, main, interaction } = settings;
  const check = (good: boolean, key: keyof EffectsSettings) => {
    if (!good) throw new ExperimentError({ out_of_range }, [key], settings[key]);
  };
  check(Object.hasOwn(links, linkName), "link");
  check(linkName === "logistic" ? mean > 0 && mean < 1 : Number.isFinite(mean), "mean");
  check(main > 0 && main < 1 / 0, "main");
  check(interaction > 0 && interaction < 1 / 0, "interaction");
  if (segments !== null && !(Array.isArray(segments?.levels) && typeof segments.field === "string"))
    throw new ExperimentError({ wrong_type }, ["segments"], segments);
  const link = links[linkName];
  const count = (segments?.levels.length ?? 0) + 1;
  const segmentOf = (context: Json): number => {
    const level = segments ? (context as Record<string, unknown>)[segments.field] : undefined;
    const index = segments?.levels.indexOf(String(level)) ?? -1;
    return index < 0 ? count - 1 : index;
  };
  const empty = (actions: number): Sums =>
    Array.from({ length: actions }, () => new Array<number>(CELL * count).fill(0));

  const bind = (arms: readonly Arm[]): RewardModel => {
    const { size, blocks, rows, terms } = layoutOf(arms, settings);
    const fitOf = (sums: Sums): EffectsFit =>
      once(sums, () =>
        fitEffects(
          rows.flatMap((segmentRows, s) =>
            segmentRows.map((row, arm) => {
              const [n, sum, squares] = sums[arm]!.slice(CELL * s, CELL * s + CELL) as [
                number,
                number,
                number,
              ];
              return { row, n, sum, squares };
            }),
          ),
          size,
          blocks,
          link,
          { mean, n: 1 },
        ),
      );
    return {
      name,
      settings: settings as unknown as Json,
      bind,
      empty,
      supports: (reward) => linkName !== "logistic" || (reward >= 0 && reward <= 1),
      learn: (sums, rewards) =>
        learnBlocks(sums, rewards, (block, { reward, context }) => {
          const at = CELL * segmentOf(context);
          block[at]! += 1;
          block[at + 1]! += reward;
          block[at + 2]! += reward * reward;
        }),
      problems: (sums, actions) =>
        blockProblems(sums, empty(actions), (place) => (place % CELL === 1 ? -1 / 0 : 0)),
      contributions(sums, context) {
        const { coefficients } = fitOf(sums);
        const segment = segmentOf(context);
        return rows[segment]!.map((row) =>
          Object.fromEntries(row.map((i, term) => [terms[segment]![term]!, coefficients[i]!])),
        );
      },
      contextKey: (context) => String(segmentOf(context)),
      contextProblems(context, path) {
        if (!segments) return [];
        if (typeof context !== "object" || context === null) return [problem({ wrong_type }, path, context)];
        const level = (context as Record<string, unknown>)[segments.field];
        return level === undefined ? [problem({ missing_value }, [...path, segments.field], level)] : [];
      },
      posterior(sums, context, sharpness) {
        const { coefficients, factor } = fitOf(sums);
        const segmentRows = rows[segmentOf(context)]!;
        const spread = 1 / Math.sqrt(sharpness);
        const z = new Float64Array(size);
        const predict = (values: Float64Array, arm: number): number => {
          let predictor = 0;
          for (const i of segmentRows[arm]!) predictor += values[i]!;
          return predictor;
        };
        const variances = (): number[] =>
          segmentRows.map((row) => {
            z.fill(0);
            for (const i of row) z[i] = 1;
            return spread * spread * solveLower(factor, z).reduce((sum, x) => sum + x * x, 0);
          });
        const belief: Belief = {
          law: "joint",
          get mean() {
            return variances().map((variance, arm) => link.mean(predict(coefficients, arm), variance));
          },
          get sd() {
            return variances().map(
              (variance, arm) => Math.sqrt(variance) * link.slope(link.inverse(predict(coefficients, arm))),
            );
          },
          draw(random, out) {
            for (let i = 0; i < size; i++) z[i] = spread * normal(random);
            solveUpper(factor, z, z);
            for (let i = 0; i < size; i++) z[i]! += coefficients[i]!;
            for (let arm = 0; arm < out.length; arm++) out[arm] = link.inverse(predict(z, arm));
          },
        };
        return {
          best: (eligible, seed) => drawnProbabilities(belief, sums.length, eligible, seed),
          belief,
        };
      },
    };
  };
  return bind([]);
}
