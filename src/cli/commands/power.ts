import { lookRuleName } from "../../core/plan.js";
import { allocationOf } from "../../definition/index.js";
import { fileFormats } from "../../engines/files/index.js";
import {
  ExperimentError,
  incomplete_option,
  missing_argument,
  out_of_range,
  table_for_experiment,
} from "../../errors/index.js";
import { voiceIn } from "../../report/index.js";
import { type ExperimentFile, parseExperiment } from "../../schema/index.js";
import { measurePast, type Past } from "../../simulation/index.js";
import { corrections, type DecisionCorrection, type DecisionPlan } from "../../stats/index.js";
import { atOptions } from "../at-options.js";
import { type Command, type CommandArguments, text, wholeNumber } from "../command.js";
import { engineOptions } from "../engine-options.js";
import { checkOutputs, writeOutput } from "../output-file.js";
import { planPower } from "../power/plan-power.js";
import { powerPage } from "../power/power-page.js";
import { showPower } from "../power/show-power.js";
import { supposedMetrics } from "../power/supposed-metrics.js";
import { readJson } from "../read-json.js";
import { rowsOf } from "../rows-of.js";
import { tableMapping } from "../table-mapping.js";
import { toldWritten } from "../told-written.js";

const isCorrection = (name: string): name is DecisionCorrection =>
  name === "dunnett" || Object.hasOwn(corrections, name);

/** Days that are asked about, and beyond which a test is not worth starting, unless the command line says so. */
const [usualDays, usualMost] = [28, 56];

const requestOptions = new Map([
  ["rows", "--data"],
  ["at", "--time"],
  ["cluster", "--cluster"],
]);

const tableEndings = Object.values(fileFormats).flatMap(({ endings }) =>
  endings.filter((each) => each !== "json"),
);

/** Whoever has a table and no experiment yet is told how to come by one. */
function refuseTable(file: string): void {
  if (!new RegExp(`\\.(${tableEndings.join("|")})(\\.(gz|zst))?$`, "i").test(file)) return;
  throw new ExperimentError({ table_for_experiment }, ["FILE"], file, {
    example: `essai aa ${file} --save experiment.json; essai power experiment.json --data ${file}`,
  });
}

/** What a past table says, where there is one. */
async function pastOf(
  { definition, data }: ExperimentFile,
  { values }: CommandArguments,
): Promise<Past | undefined> {
  const file = text(values, "data");
  const [at, cluster] = [text(values, "time"), text(values, "cluster")];
  if (file === undefined) {
    for (const [option, given] of Object.entries({ "--time": at, "--cluster": cluster }))
      if (given !== undefined)
        throw new ExperimentError({ incomplete_option }, [option], given, { example: "--data FILE" });
    return undefined;
  }
  const { file: _, ...mapping } = tableMapping(data, "FILE");
  const rows = await rowsOf(file, { values });
  return atOptions(requestOptions, () =>
    measurePast({
      ...{ experiment: definition, rows, data: mapping },
      ...(at === undefined ? {} : { at }),
      ...(cluster === undefined ? {} : { cluster }),
    }),
  );
}

/** A whole number of 1 or more. */
function counted(values: CommandArguments["values"], key: string): number | undefined {
  const given = wholeNumber(values, key);
  if (given === 0)
    throw new ExperimentError({ out_of_range }, [`--${key}`], 0, { expected: { atLeast: 1, whole: true } });
  return given;
}

/** `essai power`: how many units and days a decision needs, by every kind of plan, and what some days can show. */
export const powerCommand: Command = {
  usage:
    "FILE [--data TABLE [--time COLUMN]] [--baseline KEY=VALUE …] [--lift KEY=VALUE …] [--deviation KEY=VALUE …] [--cluster COLUMN | --cluster-size N --correlation KEY=VALUE …] [--power 0.8] [--daily N] [--days N]",
  examples: [
    "essai power experiment.json --baseline order=0.1 --lift order=0.05",
    "essai power experiment.json --data last-month.csv --time visited_at --lift order=0.05 --html power.html",
    "essai power experiment.json --baseline order=0.1 --lift order=0.05 --baseline unsubscribe=0.02 --daily 5000 --days 14",
    "essai power experiment.json --baseline order=0.1 --lift order=0.05 --cluster-size 25 --correlation order=0.02",
    "essai power experiment.json --baseline revenue=12 --deviation revenue=40 --lift revenue=0.03 --power 0.9 --lang fr",
  ],
  options: {
    data: {
      type: "string",
      value: "FILE",
      about: "a past table, read as the experiment file maps it: values, variances and what would save units",
    },
    time: {
      type: "string",
      value: "COLUMN",
      about: "of --data, the time at which a unit came: how many come a day, and on which weekday",
    },
    baseline: {
      type: "string",
      multiple: true,
      value: "KEY=VALUE",
      about: "the control's value of a goal or guardrail; once for each; default that of --data",
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
      about: "standard deviation of one unit's value, for metrics that are not rates; default that of --data",
    },
    cluster: {
      type: "string",
      value: "COLUMN",
      about: "of --data, the cluster (shop, household) of a unit, where whole clusters are randomised",
    },
    "cluster-size": {
      type: "string",
      value: "N",
      about: "units per cluster, on average; default that of --cluster",
    },
    correlation: {
      type: "string",
      multiple: true,
      value: "KEY=VALUE",
      about: "how alike a metric's units are within a cluster, 0 to 1; default that of --cluster",
    },
    power: {
      type: "string",
      value: "0.8",
      about: "probability of shipping what is as supposed; default the plan's, else 0.8",
    },
    daily: {
      type: "string",
      value: "N",
      about: "units that arrive a day, to say how many days it takes; default those of --data",
    },
    days: {
      type: "string",
      value: "N",
      about: `what effect can so many days show? default ${usualDays}, where it is known how many units come`,
    },
    "max-days": {
      type: "string",
      value: "N",
      about: `a test that takes longer is not worth starting; default ${usualMost}`,
    },
    ...engineOptions,
    html: { type: "string", value: "FILE", about: "also write a page with the curve, complete in one file" },
    json: { type: "boolean", about: "print everything as JSON (essai.power/1)" },
    lang: { type: "string", value: "CODE", about: "language of the result: en, fr; default en" },
  },
  async run(args, io) {
    const { positionals, values } = args;
    const [file] = positionals;
    if (file === undefined) throw new ExperimentError({ missing_argument }, ["FILE"], undefined);
    const voice = voiceIn(text(values, "lang"), ["--lang"]);
    const page = text(values, "html");
    const [table, given] = [text(values, "data"), text(values, "power")];
    if (page !== undefined)
      await checkOutputs(
        [{ file: page, option: "--html" }],
        [{ file, option: "FILE" }, ...(table === undefined ? [] : [{ file: table, option: "--data" }])],
      );
    refuseTable(file);
    const experiment = parseExperiment(await readJson(file, "FILE"));
    const { definition } = experiment;
    const power = given === undefined ? (definition.plan.power ?? 0.8) : Number(given);
    if (!(power > 0 && power < 1))
      throw new ExperimentError({ out_of_range }, ["--power"], given, { expected: { above: 0, below: 1 } });
    const [daily, days, most] = [
      counted(values, "daily"),
      counted(values, "days"),
      counted(values, "max-days"),
    ];
    const past = await pastOf(experiment, args);
    const traffic = daily === undefined ? past?.traffic : { daily };
    if (days !== undefined && traffic === undefined)
      throw new ExperimentError({ incomplete_option }, ["--days"], String(days), { example: "--daily N" });
    const metrics = supposedMetrics(definition, values, past);
    const shares = Object.entries<number>(allocationOf(definition));
    const ofControl = shares.find(([key]) => key === definition.control)?.[1] ?? 1;
    const smallest = Math.min(
      ...shares.flatMap(([key, share]) => (key === definition.control ? [] : [share])),
    );
    const { level, macro, looks, spending, futility, strict, units, prior, loss } = definition.plan;
    const method = lookRuleName(definition.plan);
    const believes =
      method === "bayes" && prior && loss !== undefined
        ? { prior, loss, ...(looks === undefined ? {} : { looks }) }
        : undefined;
    const decision: DecisionPlan = {
      ...{ metrics, level, power, ratio: smallest / ofControl },
      treatments: definition.variants.length - 1,
      ...(isCorrection(macro) ? { correction: macro } : {}),
      ...(looks === undefined || believes ? {} : { looks }),
      ...(looks === undefined || method === "one-look" || method === "bayes" ? {} : { method }),
      ...(spending === undefined ? {} : { spending }),
      ...(futility === undefined ? {} : { futility: { ...futility, power: definition.plan.power ?? 0.8 } }),
      ...(strict === undefined ? {} : { strict }),
      ...(units === undefined ? {} : { units }),
    };
    const plan = planPower({
      ...{
        definition,
        metrics,
        decision,
        shares,
        ofControl,
        days: days ?? usualDays,
        most: most ?? usualMost,
      },
      ...(traffic ? { traffic } : {}),
      ...(believes ? { believes } : {}),
      ...(past ? { past } : {}),
    });
    const shown = showPower(plan, past?.units, voice);
    if (page !== undefined) {
      await writeOutput({ file: page, option: "--html" }, await powerPage(plan, shown, voice));
      io.err(toldWritten(page, voice.language));
    }
    io.out(values.json ? `${JSON.stringify(plan, null, 2)}\n` : shown);
    return 0;
  },
};
