import { voiceIn } from "../../report/index.js";
import type { Replay, TableContexts } from "../../simulation/index.js";

const { count, share } = voiceIn();

/** What a replay's text says besides the replay. */
export interface ReplayTitle {
  readonly file: string;
  readonly policy: string;
  readonly model: string;
  readonly seed: string;
  readonly table: TableContexts | undefined;
  /** Of a log of decisions, how many are no rows: without a reward so far, or kept where they were. */
  readonly log: { readonly pending: number; readonly kept: number } | undefined;
}

const rate = (value: number): string => {
  const size = Math.abs(value);
  return size >= 100 ? value.toFixed(1) : size >= 1 ? value.toFixed(3) : value.toFixed(4);
};

function features({ features: made, leftOut, missing }: TableContexts): string[] {
  const shown = made.map((feature) => {
    if (feature.kind === "numeric")
      return `${feature.field} (− ${rate(feature.mean ?? 0)}) / ${rate(feature.sd ?? 1)}`;
    return feature.kind === "categorical"
      ? `${feature.field} (${feature.levels.length} levels)`
      : `${"field" in feature ? feature.field : feature.kind} (${feature.kind})`;
  });
  const more = shown.length > 8 ? `, and ${shown.length - 8} more (--json has all)` : "";
  return [
    `  reads     ${shown.slice(0, 8).join(", ")}${more}`,
    ...leftOut.map(({ column, reason }) => `  left out  ${column}: ${reason}`),
    ...Object.entries(missing).map(([field, n]) => `  missing   ${field}: ${count(n)} stand as the mean`),
  ];
}

/** How many rows counted, in an order or in all of them. */
const counted = (rounds: number, orders: number, rows: number) =>
  orders === 1
    ? `${count(Math.round(rounds))} of ${count(rows)} rows counted`
    : `${count(Math.round(rounds * orders))} of ${count(rows * orders)} rows counted in ${count(orders)} orders`;

/** A replay as text. */
export function showReplay(replay: Replay, { file, policy, model, seed, table, log }: ReplayTitle): string {
  const {
    kind,
    rows,
    rounds,
    reward,
    standardError,
    samplingError,
    uniform,
    bestFixed,
    arms,
    curve,
    orders,
    acceptance,
  } = replay;
  const kinds = {
    logged: `a log: rows count where the policy chose what the log did, ${count(rounds)} of them an order`,
    labelled: `every row counts, ${count(rounds)} an order`,
  };
  const thinned =
    acceptance && acceptance.constant * arms.length < 0.999
      ? [`  accepted  with probability ${acceptance.constant.toPrecision(3)} / propensity`]
      : [];
  const widest = Math.max(...arms.map(({ key }) => Math.min(key.length, 40)), 3);
  const listed = arms.toSorted((a, b) => b.share - a.share).slice(0, 20);
  const result =
    reward === null
      ? `  no estimate: ${replay.refused ?? ""} (${counted(rounds, orders, rows)})`
      : `  ${policy.padEnd(16)} ${rate(reward)}${standardError === null ? "" : ` ± ${rate(standardError)} over the orders`}${samplingError === null ? "" : ` (± ${rate(samplingError)} as a sample of ${count(rounds)} ${rounds === 1 ? "round" : "rounds"})`}`;
  return `${[
    `${file}: ${count(rows)} rows, ${arms.length} arms; ${kinds[kind]}`,
    `  bandit    ${policy}, ${model}; batches of ${replay.batch}, ${orders} ${orders === 1 ? "order" : "orders"}, seed ${seed}`,
    ...(table ? features(table) : []),
    ...(log?.pending ? [`  left out  ${count(log.pending)} decisions without a reward so far`] : []),
    ...(log?.kept ? [`  left out  ${count(log.kept)} decisions that were kept, not drawn`] : []),
    ...thinned,
    "",
    "REWARD A ROUND, OF A BANDIT THAT LEARNS ALONG THE ROWS",
    result,
    ...(replay.refused ? ["  essai evaluate weighs the rows instead, and needs no agreement"] : []),
    `  ${"all arms alike".padEnd(16)} ${rate(uniform)}`,
    `  ${"best fixed arm".padEnd(16)} ${rate(bestFixed.reward)}  ${bestFixed.key}`,
    "",
    "ARMS",
    `  ${"".padEnd(widest)}  always played  share`,
    ...listed.map(
      ({ key, reward: own, share: part }) =>
        `  ${key.slice(0, 40).padEnd(widest)}  ${rate(own).padStart(13)}  ${share(part).padStart(5)}`,
    ),
    ...(arms.length > listed.length ? [`  and ${arms.length - listed.length} more (--json has all)`] : []),
    ...(curve.length > 0
      ? [
          "",
          "LEARNING",
          `  ${"rounds".padStart(9)}  so far  since the line before`,
          ...curve.map(
            (point) => `  ${count(point.rounds).padStart(9)}  ${rate(point.reward)}  ${rate(point.since)}`,
          ),
        ]
      : []),
  ].join("\n")}\n`;
}
