import { fromEvents, fromTable } from "essai/engines";
import { describe, expect, it } from "vitest";
import type { CellsRequest } from "../../src/core/cells.js";
import { dialects } from "../../src/sql/index.js";
import { errorsOf } from "../errors/errors-of.js";
import { eventsMapping, wideMapping, wideRequest } from "./support/messy.js";

// biome-ignore lint/suspicious/noExplicitAny: the tests break the shape on purpose
type Draft = any;

const engine = (changes: object = {}, opened: unknown = null): Draft => ({
  dialect: dialects.postgres,
  open: async () => opened,
  query: async () => [],
  close: async () => undefined,
  ...changes,
});
const readers: readonly [string, (engine: Draft) => { read(request: CellsRequest): Promise<unknown> }][] = [
  ["fromTable", (each) => fromTable(each, wideMapping)],
  ["fromEvents", (each) => fromEvents(each, eventsMapping)],
];

describe.each(readers)("an engine of one's own in %s", (_, make) => {
  it.each<[string, object, string, string]>([
    ["no dialect", { dialect: undefined }, "missing_value", "engine.dialect"],
    ["a dialect's name for a dialect", { dialect: "postgres" }, "wrong_type", "engine.dialect"],
    [
      "a dialect with a misspelt method",
      { dialect: { ...dialects.postgres, meen: () => "" } },
      "unknown_key",
      "engine.dialect.meen",
    ],
    [
      "a dialect without a method",
      { dialect: { ...dialects.postgres, mean: undefined } },
      "missing_value",
      "engine.dialect.mean",
    ],
    [
      "a dialect whose method is text",
      { dialect: { ...dialects.postgres, mean: "avg" } },
      "wrong_type",
      "engine.dialect.mean",
    ],
    ["no open", { open: undefined }, "missing_value", "engine.open"],
    ["no query", { query: 5 }, "wrong_type", "engine.query"],
  ])("with %s is refused at its place", (_name, changes, code, path) => {
    const found = errorsOf(() => make(engine(changes)));
    expect(found.map((each) => [each.code, each.path.join(".")])).toEqual([[code, path]]);
  });

  it("may have a dialect of a class", () => {
    class Own {
      readonly #quote = "`";
      readonly tail = "";
      readonly name = "own";
      identifier(name: string) {
        return this.#quote + name + this.#quote;
      }
    }
    const { identifier: _, name: __, tail: ___, ...rest } = dialects.postgres;
    Object.assign(Own.prototype, rest);
    expect(() => make(engine({ dialect: new Own() }))).not.toThrow();
  });

  it.each<[string, unknown, string, string]>([
    ["nothing", null, "wrong_type", "engine.open"],
    ["no columns", { sql: "t" }, "missing_value", "engine.open.columns"],
    [
      "a column of an unknown kind",
      { sql: "t", columns: [{ name: "unit", kind: "varchar" }] },
      "unknown_name",
      "engine.open.columns.0.kind",
    ],
  ])("that opens %s is refused when it is read", async (_name, opened, code, path) => {
    await expect(make(engine({}, opened)).read(wideRequest())).rejects.toMatchObject({
      code,
      path: path.split(".").map((each) => (each === "0" ? 0 : each)),
    });
  });
});
