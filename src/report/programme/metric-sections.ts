import type {
  MetricProgramme,
  PooledEffects,
  Programme,
  ProposedTest,
  SurrogateReading,
} from "../../programme/index.js";
import type { Section } from "../sections/section.js";
import type { Voice } from "../words/language.js";
import { type ProgrammeNumbers, programmeNumbers } from "./programme-numbers.js";

interface Told {
  readonly metric: MetricProgramme;
  readonly voice: Voice;
  readonly numbers: ProgrammeNumbers;
  readonly level: number;
}

const none = "–";

function poolRow(
  { by, group, tests, pooled, only }: PooledEffects,
  { voice, numbers }: Told,
): readonly string[] {
  const name = by === "all" ? voice.say("programme_all") : group;
  const estimate = pooled?.estimate;
  const [mean, interval] =
    estimate?.status === "ok"
      ? [numbers.effect(estimate.value, estimate.interval), numbers.interval(estimate.interval)]
      : [only ? numbers.effect(only.value) : none, none];
  return [
    ...[name, voice.count(tests), mean, interval],
    pooled ? numbers.interval(pooled.prediction) : none,
    pooled ? numbers.size(pooled.spread) : none,
  ];
}

function bringsSection(told: Told): Section {
  const { metric, voice, numbers, level } = told;
  const [all] = metric.pooled;
  const estimate = all?.pooled?.estimate;
  const sentence =
    estimate === undefined
      ? voice.say("programme_one")
      : estimate.status === "ok"
        ? voice.say("programme_mean", {
            count: metric.tests,
            mean: numbers.effect(estimate.value, estimate.interval),
            interval: numbers.interval(estimate.interval),
          })
        : voice.say("programme_same");
  const head = [
    ...[voice.say("programme_group"), voice.say("programme_tests"), voice.say("programme_mean_column")],
    ...[voice.say("interval"), voice.say("programme_next_column"), voice.say("programme_spread_column")],
  ];
  return {
    title: voice.say("programme_brings"),
    sentences: [sentence],
    table: { head, align: "lrrrrr", rows: metric.pooled.map((each) => poolRow(each, told)) },
    notes: [voice.say("programme_alike", { level: voice.share(level) })],
  };
}

function winsSection({ metric, voice }: Told): Section {
  const { wins, losses, open, winRate, falseWins } = metric.outcomes;
  const [low, high] = winRate.interval.map((each) => voice.share(each));
  return {
    title: voice.say("programme_wins"),
    sentences: [
      voice.say("programme_won", {
        ...{ wins, losses, open, effects: metric.effects, rate: voice.share(winRate.value) },
        ...{ low: low ?? "", high: high ?? "" },
      }),
      ...(wins === 0
        ? []
        : [
            voice.say("programme_false", {
              share: voice.share(falseWins.share),
              other: voice.share(falseWins.byPValues),
            }),
          ]),
    ],
  };
}

function worthSection({ metric, voice, numbers }: Told): Section {
  const { naive, corrected, interval, holdout } = metric.impact;
  const told =
    metric.outcomes.wins === 0
      ? voice.say("programme_none")
      : voice.say("programme_impact", {
          naive: numbers.effect(naive, interval),
          corrected: numbers.effect(corrected, interval),
          interval: numbers.interval(interval),
        });
  const measured = holdout && {
    value: numbers.effect(holdout.value),
    p: voice.p(holdout.pValue),
  };
  return {
    title: voice.say("programme_worth"),
    sentences: [
      told,
      ...(holdout && measured
        ? [
            holdout.pValue < 0.05
              ? voice.say("programme_holdout_differs", measured)
              : voice.say("programme_holdout_agrees", measured),
          ]
        : []),
    ],
  };
}

function rulesSection({ metric, voice, numbers }: Told): readonly Section[] {
  const { rules } = metric;
  const [first] = rules ?? [];
  if (!rules || !first) return [];
  const best = rules.reduce((most, each) => (each.earned > most.earned ? each : most), first);
  return [
    {
      title: voice.say("programme_rules"),
      sentences: [
        best.earned > 0
          ? voice.say("programme_best", {
              threshold: voice.statistic(best.threshold),
              earned: numbers.effect(best.earned),
            })
          : voice.say("programme_no_rule"),
      ],
      table: {
        head: [voice.say("programme_threshold"), voice.say("programme_kept"), voice.say("programme_earned")],
        align: "rrr",
        rows: rules.map(({ threshold, kept, earned }) => [
          voice.statistic(threshold),
          voice.count(kept),
          numbers.effect(earned),
        ]),
      },
    },
  ];
}

function periodsSection({ metric, voice, numbers }: Told): readonly Section[] {
  const { periods } = metric;
  if (!periods) return [];
  const head = [
    ...[voice.say("programme_period"), voice.say("programme_effects_column")],
    ...[voice.say("programme_wins_column"), voice.say("programme_corrected_column")],
  ];
  const rows = periods.map(({ period, effects, wins, corrected }) => [
    ...[period, voice.count(effects), voice.count(wins)],
    wins === 0 ? none : numbers.effect(corrected),
  ]);
  return [{ title: voice.say("programme_periods"), sentences: [], table: { head, align: "lrrr", rows } }];
}

function kindOf({ theme, channel }: ProposedTest, voice: Voice): string {
  return [theme, channel].filter((each) => each !== undefined).join(" · ") || voice.say("programme_any");
}

/** Kinds listed; the data have all. */
const mostKinds = 20;

function nextSection({ metric, voice, numbers }: Told): readonly Section[] {
  const [best] = metric.next;
  if (!best) return [];
  const isSized = metric.next.some(({ units }) => units !== undefined);
  const head = [
    ...[voice.say("programme_kind"), voice.say("programme_tests"), voice.say("programme_expected")],
    ...[voice.say("programme_chance"), voice.say("programme_gain")],
    ...(isSized
      ? [voice.say("programme_units"), voice.say("programme_days")]
      : [voice.say("programme_error")]),
  ];
  const rows = metric.next.slice(0, mostKinds).map((each) => {
    const { mean, standardDeviation } = each.prior;
    const reach = [mean - standardDeviation, mean + standardDeviation] as const;
    return [
      ...[kindOf(each, voice), voice.count(each.tests)],
      `${numbers.effect(mean, reach)} ± ${numbers.size(standardDeviation)}`,
      ...[voice.probability(each.chance), numbers.effect(each.gain)],
      ...(isSized
        ? [each.units, each.days].map((value) => (value === undefined ? none : voice.count(value)))
        : [numbers.size(each.standardError)]),
    ];
  });
  const named = { kind: kindOf(best, voice), gain: numbers.effect(best.gain) };
  return [
    {
      title: voice.say("programme_next"),
      sentences: [voice.say("programme_next_best", { ...named, chance: voice.probability(best.chance) })],
      table: { head, align: isSized ? "lrrrrrr" : "lrrrrr", rows },
      notes: [voice.say("programme_size")],
    },
  ];
}

function surrogatesSection({ metric, voice, level }: Told): readonly Section[] {
  const { surrogates } = metric;
  if (!surrogates || surrogates.length === 0) return [];
  const sentenceOf = ({ surrogate, status, tests, slope, told, decisions }: SurrogateReading) => {
    const named = { surrogate, metric: metric.metric, tests };
    if (status === "thin") return voice.say("programme_surrogate_thin", named);
    if (!slope || !decisions) return voice.say("programme_surrogate_no_spread", named);
    if (slope.interval[0] <= 0) return voice.say("programme_surrogate_unshown", named);
    return told === undefined
      ? voice.say("programme_surrogate_linked", { ...named, slope: voice.statistic(slope.value) })
      : voice.say("programme_surrogate_tells", {
          ...{ ...named, slope: voice.statistic(slope.value), told: voice.share(told) },
        });
  };
  const interval = ([low, high]: readonly [number, number]) =>
    voice.say("programme_from_to", { low: voice.statistic(low), high: voice.statistic(high) });
  const rows = surrogates.map(({ surrogate, tests, slope, told, predicted, decisions }) => [
    ...[surrogate, voice.count(tests)],
    ...(slope ? [voice.statistic(slope.value), interval(slope.interval)] : [none, none]),
    ...[told, predicted].map((each) => (each === undefined ? none : voice.share(each))),
    ...(decisions
      ? [decisions.both, decisions.wrong, decisions.missed].map((each) => voice.count(each))
      : [none, none, none]),
  ]);
  const head = [
    ...[voice.say("programme_surrogate"), voice.say("programme_tests"), voice.say("programme_slope")],
    ...[voice.say("interval"), voice.say("programme_told"), voice.say("programme_predicted")],
    ...[voice.say("programme_both"), voice.say("programme_wrong"), voice.say("programme_missed")],
  ];
  return [
    {
      title: voice.say("programme_surrogates"),
      sentences: surrogates.map(sentenceOf),
      table: { head, align: "lrrrrrrrr", rows },
      notes: [voice.say("programme_surrogate_note", { level: voice.share(level) })],
    },
  ];
}

/** @returns what is said of one metric, section by section */
export function metricSections(
  programme: Programme,
  metric: MetricProgramme,
  voice: Voice,
): readonly Section[] {
  const told = { metric, voice, numbers: programmeNumbers(programme, voice), level: programme.level };
  const sections = [
    ...[bringsSection(told), winsSection(told), worthSection(told)],
    ...[...rulesSection(told), ...surrogatesSection(told)],
    ...[...periodsSection(told), ...nextSection(told)],
  ];
  if (programme.metrics.length === 1) return sections;
  return sections.map((each) => ({ ...each, title: `${metric.metric} · ${each.title}` }));
}
