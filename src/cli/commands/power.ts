import type { Definition } from "../../core/definition.js";
import { lookRuleName } from "../../core/plan.js";
import { allocationOf } from "../../definition/index.js";
import {
  bad_arguments,
  ExperimentError,
  missing_argument,
  nearName,
  out_of_range,
  unknown_name,
} from "../../errors/index.js";
import { metricTypeOf } from "../../metrics/index.js";
import { voiceIn } from "../../report/index.js";
import { alignRows, wrap } from "../../report/text/index.js";
import { parseExperiment } from "../../schema/index.js";
import {
  type Correction,
  corrections,
  type DecisionSize,
  type PlannedMetric,
  type PlannedTest,
  sampleSizeForDecision,
} from "../../stats/index.js";
import { type Command, type CommandArguments, list, text, wholeNumber } from "../command.js";
import { readJson } from "../read-json.js";

const voice = voiceIn();
const isCorrection = (name: string): name is Correction => Object.hasOwn(corrections, name);

/** `visit=0.1` for each time the option was given, by metric. */
function byMetric(
  values: CommandArguments["values"],
  option: string,
  { metrics }: Definition,
): ReadonlyMap<string, number> {
  const known = metrics.map(({ key }) => key);
  return new Map(
    list(values, option).map((pair) => {
      const at = pair.lastIndexOf("=");
      const [key, number] = [pair.slice(0, Math.max(0, at)), Number(pair.slice(at + 1))];
      if (at < 1 || pair.slice(at + 1).trim() === "" || !Number.isFinite(number))
        throw new ExperimentError({ bad_arguments }, [`--${option}`], pair, {
          example: `--${option} ${known[0] ?? "order"}=0.1`,
        });
      if (!known.includes(key))
        throw new ExperimentError({ unknown_name }, [`--${option}`], key, nearName(key, known));
      return [key, number] as const;
    }),
  );
}

/** Goals and guardrails with what is supposed of them. */
function plannedMetrics(
  definition: Definition,
  values: CommandArguments["values"],
): readonly PlannedMetric[] {
  const of = (option: string) => byMetric(values, option, definition);
  const [baselines, deviations, lifts] = [of("baseline"), of("deviation"), of("lift")];
  return definition.metrics.flatMap((metric): readonly PlannedMetric[] => {
    const { key, role, better, margin = 0, smallest = 0 } = metric;
    if (role === "diagnostic") return [];
    const baseline = baselines.get(key);
    if (baseline === undefined)
      throw new ExperimentError({ missing_argument }, ["--baseline"], undefined, {
        example: `--baseline ${key}=0.1`,
      });
    const deviation = deviations.get(key);
    if (deviation === undefined && metricTypeOf(metric).quantity === "amount")
      throw new ExperimentError({ missing_argument }, ["--deviation"], undefined, {
        example: `--deviation ${key}=25`,
      });
    const worth = role === "goal" && smallest > 0 ? smallest * (better === "lower" ? -1 : 1) : undefined;
    const lift = lifts.get(key) ?? worth;
    return [
      {
        ...{ key, role, baseline },
        ...(better === undefined ? {} : { better }),
        ...(deviation === undefined ? {} : { variance: deviation * deviation }),
        ...(lift === undefined ? {} : { lift }),
        ...(role === "guardrail" && margin > 0 ? { margin } : {}),
      },
    ];
  });
}

function testLine(test: PlannedTest, metrics: readonly PlannedMetric[]): readonly string[] {
  const own = metrics.find(({ key }) => key === test.key);
  const supposed =
    test.test === "superiority"
      ? `goal, ${voice.lift(own?.lift ?? 0)}`
      : `guardrail, within ${voice.share(own?.margin ?? 0)}`;
  return [
    test.key,
    supposed,
    voice.level(test.alpha, "fraction"),
    voice.count(test.control),
    voice.share(test.power),
  ];
}

function report({
  definition,
  size,
  metrics,
  power,
  daily,
}: {
  readonly definition: Definition;
  readonly size: DecisionSize;
  readonly metrics: readonly PlannedMetric[];
  readonly power: number;
  readonly daily: number | undefined;
}): readonly string[] {
  const shares = Object.entries<number>(allocationOf(definition));
  const ofControl = shares.find(([key]) => key === definition.control)?.[1] ?? 1;
  const units = shares.map(
    ([key, share]) => [key, Math.ceil((size.exactControl * share) / ofControl)] as const,
  );
  const all = units.reduce((sum, [, count]) => sum + count, 0);
  const head = ["", "", "one-sided error", "control needs", "passes"];
  const guardrails = size.tests.length - 1;
  const goals = metrics.filter(({ role }) => role === "goal").length;
  const tests = goals * (definition.variants.length - 1);
  const [count, beta, kept] = [size.tests.length, voice.share(size.beta), voice.share(size.falseHarm)];
  const margins =
    guardrails > 0 ? ", and every guardrail to stay within its margin (uncorrected, since all must)" : "";
  const rule = `To ship, a goal must be shown better (corrected over ${tests} ${tests === 1 ? "test" : "tests"})${margins}.`;
  const failing =
    count === 1
      ? `It may fail with probability ${beta}`
      : `Each of the ${count} may fail with probability ${beta}`;
  const shared = `${failing}${size.falseHarm > 0 ? `; ${kept} is kept for harm that is called by chance` : ""}.`;
  return [
    `${definition.key}: ${voice.count(all)} units (${definition.unit}) to ship with probability ${voice.share(power)} or more`,
    `  ${units.map(([key, count]) => `${key} ${voice.count(count)}`).join(" · ")}`,
    ...(daily === undefined
      ? []
      : [`  ${voice.count(Math.ceil(all / daily))} days at ${voice.count(daily)} units a day`]),
    "",
    ...alignRows([head, ...size.tests.map((test) => testLine(test, metrics))], "llrrr").map(
      (line) => `  ${line}`,
    ),
    "",
    ...[`${size.decides} decides: its test needs the most units.`, rule, shared].flatMap((line) =>
      wrap(line, 98).map((each) => `  ${each}`),
    ),
  ];
}

/** `essai power`: how many units a decision needs, from an experiment file and what is supposed of its metrics. */
export const powerCommand: Command = {
  usage:
    "FILE --baseline KEY=VALUE … [--lift KEY=VALUE …] [--deviation KEY=VALUE …] [--power 0.8] [--daily N]",
  examples: [
    "essai power experiment.json --baseline order=0.1 --lift order=0.05",
    "essai power experiment.json --baseline order=0.1 --lift order=0.05 --baseline unsubscribe=0.02 --daily 5000",
    "essai power experiment.json --baseline revenue=12 --deviation revenue=40 --lift revenue=0.03 --power 0.9",
  ],
  options: {
    baseline: {
      type: "string",
      multiple: true,
      value: "KEY=VALUE",
      about: "the control's value of a goal or guardrail; once for each",
    },
    lift: {
      type: "string",
      multiple: true,
      value: "KEY=VALUE",
      about: "the lift that is really there, a signed fraction; default a goal's `smallest`, else none",
    },
    deviation: {
      type: "string",
      multiple: true,
      value: "KEY=VALUE",
      about: "standard deviation of one unit's value, for metrics that are not rates",
    },
    power: {
      type: "string",
      value: "0.8",
      about: "probability of shipping what is as supposed; default the plan's, else 0.8",
    },
    daily: { type: "string", value: "N", about: "units that arrive a day, to say how many days it takes" },
  },
  async run({ positionals, values }, io) {
    const [file] = positionals;
    if (file === undefined) throw new ExperimentError({ missing_argument }, ["FILE"], undefined);
    const { definition } = parseExperiment(await readJson(file, "FILE"));
    const given = text(values, "power");
    const power = given === undefined ? (definition.plan.power ?? 0.8) : Number(given);
    if (!(power > 0 && power < 1))
      throw new ExperimentError({ out_of_range }, ["--power"], given, { expected: { above: 0, below: 1 } });
    const daily = wholeNumber(values, "daily");
    if (daily === 0)
      throw new ExperimentError({ out_of_range }, ["--daily"], 0, { expected: { atLeast: 1, whole: true } });
    const metrics = plannedMetrics(definition, values);
    const shares = Object.entries<number>(allocationOf(definition));
    const ofControl = shares.find(([key]) => key === definition.control)?.[1] ?? 1;
    const smallest = Math.min(
      ...shares.flatMap(([key, share]) => (key === definition.control ? [] : [share])),
    );
    const { level, macro, looks, spending, strict } = definition.plan;
    const method = lookRuleName(definition.plan);
    const size = sampleSizeForDecision({
      ...{ metrics, level, power, ratio: smallest / ofControl },
      treatments: definition.variants.length - 1,
      ...(isCorrection(macro) ? { correction: macro } : {}),
      ...(looks === undefined ? {} : { looks }),
      ...(looks === undefined || method === "one-look" ? {} : { method }),
      ...(spending === undefined ? {} : { spending }),
      ...(strict === undefined ? {} : { strict }),
    });
    io.out(`${report({ definition, size, metrics, power, daily }).join("\n")}\n`);
    return 0;
  },
};
