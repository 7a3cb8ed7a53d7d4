import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { afterAll, describe, expect, it } from "vitest";
import * as analysisModule from "../../src/analysis/index.js";
import * as banditsModule from "../../src/bandits/index.js";
import * as banditsNodeModule from "../../src/bandits/node/index.js";
import * as designsModule from "../../src/definition/designs/index.js";
import * as distributionsModule from "../../src/distributions/index.js";
import * as csvModule from "../../src/engines/csv/index.js";
import * as duckdbModule from "../../src/engines/duckdb/index.js";
import * as enginesModule from "../../src/engines/index.js";
import { ExperimentError, type Problem } from "../../src/errors/index.js";
import * as exposuresModule from "../../src/exposures/index.js";
import * as exposuresNodeModule from "../../src/exposures/node/index.js";
import * as essaiModule from "../../src/index.js";
import * as opeModule from "../../src/ope/index.js";
import * as programmeModule from "../../src/programme/index.js";
import * as randomModule from "../../src/random/index.js";
import * as reportModule from "../../src/report/index.js";
import * as schemaModule from "../../src/schema/index.js";
import * as segmentsModule from "../../src/segments/index.js";
import * as segmentsNodeModule from "../../src/segments/node/index.js";
import * as simulationModule from "../../src/simulation/index.js";
import * as statsModule from "../../src/stats/index.js";
import * as fileStoresModule from "../../src/stores/file/index.js";
import * as storesModule from "../../src/stores/index.js";
import * as postgresStoresModule from "../../src/stores/postgres/index.js";
import * as redisStoresModule from "../../src/stores/redis/index.js";
import { keysOf, optionsPlaces, type Place } from "./options-types.js";
import { checker, publicNames } from "./public-surface.js";
import { analysis } from "./sample-calls/analysis.js";
import { banditObjects, bandits } from "./sample-calls/bandits.js";
import { banditNodeObjects, banditsNode } from "./sample-calls/bandits-node.js";
import { designObjects, designs } from "./sample-calls/designs.js";
import { distributions } from "./sample-calls/distributions.js";
import { engines } from "./sample-calls/engines.js";
import { essai, essaiObjects } from "./sample-calls/essai.js";
import { exposureObjects, exposures, exposuresNode } from "./sample-calls/exposures.js";
import { csvCalls, duckdbCalls } from "./sample-calls/file-engines.js";
import { ope, opeObjects } from "./sample-calls/ope.js";
import { programme } from "./sample-calls/programme.js";
import { random } from "./sample-calls/random.js";
import { reports } from "./sample-calls/report.js";
import type { Room } from "./sample-calls/sample-call.js";
import { schema } from "./sample-calls/schema.js";
import { segments, segmentsNode } from "./sample-calls/segments.js";
import { simulation } from "./sample-calls/simulation.js";
import { stats, statsObjects } from "./sample-calls/stats.js";
import { fileStores, postgresStores, redisStores, storeObjects, stores } from "./sample-calls/stores.js";

/** A text like any other, and where a function may write that takes it for a folder. */
const text = join(tmpdir(), `essai-refusals-${process.pid}`);
afterAll(() => rmSync(text, { recursive: true, force: true }));

const rooms: readonly Room[] = [
  {
    entry: "essai",
    module: essaiModule,
    calls: essai,
    objects: essaiObjects,
    // Listeners and stores that a caller writes; errors are essai's own to make.
    callers: ["AssignerOptions", "Gates", "StickyOptions", "StickyStore", "ExperimentError", "Sticky"],
    ofPages: "invalid_argument",
  },
  { entry: "essai/distributions", module: distributionsModule, calls: distributions },
  { entry: "essai/random", module: randomModule, calls: random },
  { entry: "essai/designs", module: designsModule, calls: designs, objects: designObjects },
  { entry: "essai/stats", module: statsModule, calls: stats, objects: statsObjects },
  { entry: "essai/simulation", module: simulationModule, calls: simulation },
  {
    entry: "essai/bandits",
    module: banditsModule,
    calls: bandits,
    objects: banditObjects,
    // Parts, which a caller may write: `essai/testing` holds the suites that try them.
    callers: [
      "Constraint",
      "Demand",
      "Encoder",
      "Likelihood",
      "Marginal",
      "Objective",
      "Policy",
      "Posterior",
      "RewardModel",
      "View",
    ],
  },
  {
    entry: "essai/ope",
    module: opeModule,
    calls: ope,
    objects: opeObjects,
  },
  { entry: "essai/analysis", module: analysisModule, calls: analysis, callers: ["Source"] },
  { entry: "essai/segments", module: segmentsModule, calls: segments, callers: ["Engine"] },
  {
    entry: "essai/segments/node",
    module: segmentsNodeModule,
    calls: segmentsNode,
    callers: ["ThreadedSearch"],
  },
  { entry: "essai/programme", module: programmeModule, calls: programme },
  { entry: "essai/engines/duckdb", module: duckdbModule, calls: duckdbCalls },
  { entry: "essai/engines/csv", module: csvModule, calls: csvCalls },
  { entry: "essai/schema", module: schemaModule, calls: schema },
  {
    entry: "essai/engines",
    module: enginesModule,
    calls: engines,
    // What the caller writes: its dialect and engine are tried in test/engines/require-engine.test.ts.
    callers: ["Dialect", "Engine"],
  },
  {
    entry: "essai/report",
    module: reportModule,
    calls: reports,
    // What formats are laid out from, and what lays them out.
    callers: ["Voice", "ReportFormat", "reportView", "voiceIn"],
  },
  {
    entry: "essai/exposures",
    module: exposuresModule,
    calls: exposures,
    objects: exposureObjects,
    callers: [
      "ExposureLogOptions",
      "SenderOptions",
      "PageSenderOptions",
      "StoredQueueOptions",
      "ExposureQueue",
      "Tuning",
    ],
    ofPages: "invalid_argument",
  },
  {
    entry: "essai/bandits/node",
    module: banditsNodeModule,
    calls: banditsNode,
    objects: banditNodeObjects,
    callers: ["LogOptions"],
  },
  {
    entry: "essai/stores",
    module: storesModule,
    calls: stores,
    objects: storeObjects,
    // Stores and journals, which a caller may write.
    callers: [
      ...[
        "BanditStore",
        "LedgerStore",
        "RewardJournal",
        "LedgerJournal",
        "ShareOptions",
        "ShareLedgerOptions",
      ],
    ],
  },
  {
    entry: "essai/stores/file",
    module: fileStoresModule,
    calls: fileStores,
    callers: ["JournalOptions"],
  },
  // The clients are those of other packages.
  {
    entry: "essai/stores/postgres",
    module: postgresStoresModule,
    calls: postgresStores,
    callers: ["PostgresClient"],
  },
  {
    entry: "essai/stores/redis",
    module: redisStoresModule,
    calls: redisStores,
    callers: ["RedisClient"],
  },
  {
    entry: "essai/exposures/node",
    module: exposuresNodeModule,
    calls: exposuresNode,
    callers: ["SpillOptions"],
  },
];

/** A public function, or a method of a public type, with its parameters. */
interface Callable {
  readonly name: string;
  /** Of every overload, with the argument's place. */
  readonly parameters: readonly { readonly symbol: ts.Symbol; readonly i: number }[];
}

const withParameters = (name: string, signatures: readonly ts.Signature[]): Callable[] => {
  const parameters = signatures.flatMap((signature) =>
    signature.getParameters().map((symbol, i) => ({ symbol, i })),
  );
  return parameters.length > 0 ? [{ name, parameters }] : [];
};

/** Everything of an entry that takes arguments. */
function callablesOf(entry: string): Callable[] {
  return publicNames
    .filter((each) => each.entry === entry)
    .flatMap(({ name, symbol }) => {
      const type = checker.getTypeOfSymbol(symbol);
      const own = withParameters(name, [...type.getCallSignatures(), ...type.getConstructSignatures()]);
      if (!(symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface))) return own;
      const methods = checker
        .getDeclaredTypeOfSymbol(symbol)
        .getProperties()
        .filter((property) => !property.name.includes("#"))
        .flatMap((property) =>
          withParameters(`${name}.${property.name}`, checker.getTypeOfSymbol(property).getCallSignatures()),
        );
      return [...own, ...methods];
    });
}

/** Calls a public function or method with other arguments than the sample's. */
function call(room: Room, name: string, change: (args: readonly unknown[]) => readonly unknown[]): unknown {
  const sample = room.calls[name];
  if (!sample) throw new Error(`add a sample call of ${name} to test/boundaries/sample-calls`);
  const args = change(sample());
  const [owner, method] = name.split(".") as [string, string | undefined];
  if (method !== undefined) {
    const object = room.objects![owner]!();
    return (Reflect.get(object, method) as (...args: readonly unknown[]) => unknown).apply(object, [...args]);
  }
  const callee = room.module[owner] as (...args: readonly unknown[]) => unknown;
  return /^[A-Z]/.test(owner) ? Reflect.construct(callee, args) : callee(...args);
}

/** A copy of some arguments with another value at one place. */
function put(within: unknown, [key, ...rest]: Place, value: (there: unknown) => unknown): unknown {
  if (key === undefined) return value(within);
  if (Array.isArray(within)) return within.map((each, i) => (i === key ? put(each, rest, value) : each));
  const own = within as Readonly<Record<string, unknown>>;
  return { ...own, [key]: put(own[key], rest, value) };
}

const changed = (place: Place, value: (there: unknown) => unknown) => (args: readonly unknown[]) =>
  put(args, place, value) as readonly unknown[];

async function problemsOf(act: () => unknown): Promise<readonly Problem[]> {
  try {
    await act();
  } catch (error) {
    if (error instanceof ExperimentError) return error.problems;
    throw error;
  }
  return [];
}

const hostile = [undefined, null, {}, "", text, Number.NaN, Infinity, -1, 0, [], [null], true];

/** Places within a value, outermost first: every key of an object, the first two of a list. */
function placesWithin(value: unknown, depth: number): Place[] {
  if (depth === 0 || typeof value !== "object" || value === null) return [[]];
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== Array.prototype) return [[]];
  const keys = Array.isArray(value) ? [...value.keys()].slice(0, 2) : Object.keys(value);
  return [
    [],
    ...keys.flatMap((key) => placesWithin(Reflect.get(value, key), depth - 1).map((rest) => [key, ...rest])),
  ];
}

describe.each(rooms)("$entry: what a caller writes is obeyed or refused", (room) => {
  const callables = callablesOf(room.entry).filter(
    ({ name }) => !room.callers?.includes(name.split(".")[0] as string),
  );

  it("there is a sample call of everything that takes arguments, and of nothing else", () => {
    expect(Object.keys(room.calls).sort()).toEqual(callables.map(({ name }) => name).sort());
  });

  it.each(callables)("$name takes its sample call", async ({ name }) => {
    expect(await problemsOf(() => call(room, name, (args) => args))).toEqual([]);
  });

  const taking = callables.flatMap(({ name, parameters }) =>
    parameters.flatMap(({ symbol, i }) =>
      optionsPlaces(checker.getTypeOfSymbol(symbol), symbol.name, [i]).map(({ place, type }) => ({
        name,
        at: [symbol.name, ...place.slice(1)].join("."),
        place,
        keys: keysOf(type),
      })),
    ),
  );

  it.runIf(taking.length > 0).each(taking)("$name refuses an unknown key of $at", async ({ name, place }) => {
    const found = await problemsOf(() =>
      call(
        room,
        name,
        changed(place, (own) => ({ ...(own as object), unheardOf: 1 })),
      ),
    );
    expect(found.map(({ path }) => path.at(-1))).toEqual(["unheardOf"]);
    expect(["unknown_key", room.ofPages]).toContain(found[0]?.code);
  });

  it.runIf(taking.length > 0).each(taking)(
    "$name checks every key of $at that its type has",
    async ({ name, place, keys }) => {
      for (const [key, { words, wrong }] of keys) {
        const within = async (value: unknown) =>
          (
            await problemsOf(() =>
              call(
                room,
                name,
                changed([...place, key], () => value),
              ),
            )
          ).filter(({ path }) => path.includes(key));
        const refused = await within(wrong);
        expect([
          key,
          refused.length > 0,
          // What pages load tells of a key that is not known with those that are.
          refused.some(({ code, known }) => code === "unknown_key" || known?.some((each) => keys.has(each))),
        ]).toEqual([key, true, false]);
        if (!words) continue;
        const [misspelt] = await within("of no such name");
        expect(["unknown_name", "unsupported_format", room.ofPages]).toContain(misspelt?.code);
        expect([key, [...(misspelt?.known ?? [])].sort()]).toEqual([key, [...words].sort()]);
      }
    },
  );

  it.each(callables)("$name throws nothing but typed errors, whatever it gets", async ({ name }) => {
    const places = room.calls[name]!().flatMap((argument, i) =>
      placesWithin(argument, 3).map((rest): Place => [i, ...rest]),
    );
    const raw: string[] = [];
    for (const place of places)
      for (const value of hostile) {
        try {
          await call(
            room,
            name,
            changed(place, () => value),
          );
        } catch (error) {
          if (!(error instanceof ExperimentError))
            raw.push(`${place.join(".")} = ${JSON.stringify(value) ?? value}: ${error}`);
        }
      }
    expect(raw).toEqual([]);
  });
});
