import type { Catalogue } from "../core/catalogue.js";
import type { Condition } from "../core/condition.js";
import { trimmed } from "../core/data-grammar.js";
import { errorOf, problem, wrong_type } from "../errors/index.js";

/** What the cells of an attribute's column are to be read as. */
type ColumnType = "text" | "number" | "flag" | "list";

const numberTests = ["lt", "lte", "gt", "gte"];
const listTests = ["has", "hasAny", "hasAll"];

function typeOfOperand(test: string, operand: unknown): ColumnType | undefined {
  if (numberTests.includes(test)) return "number";
  if (listTests.includes(test)) return "list";
  const first: unknown = Array.isArray(operand) ? operand[0] : operand;
  if (test === "exists") return undefined;
  return typeof first === "number" ? "number" : typeof first === "boolean" ? "flag" : "text";
}

function addTests(condition: Condition, found: Map<string, ColumnType>): void {
  if ("all" in condition) for (const each of condition.all) addTests(each, found);
  else if ("any" in condition) for (const each of condition.any) addTests(each, found);
  else if ("not" in condition) addTests(condition.not, found);
  else if ("attribute" in condition) {
    const { attribute, ...tests } = condition;
    for (const [test, operand] of Object.entries(tests)) {
      const type = typeOfOperand(test, operand);
      // Of two kinds at once: as text, which is what the column holds.
      if (type) found.set(attribute, (found.get(attribute) ?? type) === type ? type : "text");
    }
    if (!found.has(attribute)) found.set(attribute, "text");
  }
}

/**
 * The attributes that the conditions of a catalogue read, and what their columns hold: as declared, or else as they are
 * compared.
 */
export function attributeColumns({ experiments, segments }: Catalogue): ReadonlyMap<string, ColumnType> {
  const found = new Map<string, ColumnType>();
  const declared = new Map<string, ColumnType>();
  for (const each of Object.values(segments ?? {})) addTests(each, found);
  for (const { audience, rules = [], segments: own = {}, attributes = {} } of experiments) {
    for (const each of [
      ...Object.values(own),
      ...(audience ? [audience] : []),
      ...rules.map(({ when }) => when),
    ])
      addTests(each, found);
    for (const [name, type] of Object.entries(attributes))
      declared.set(
        name,
        type === "number" ? "number" : type === "boolean" ? "flag" : type === "strings" ? "list" : "text",
      );
  }
  for (const name of found.keys()) found.set(name, declared.get(name) ?? found.get(name) ?? "text");
  return found;
}

const flags: Readonly<Record<string, boolean>> = { true: true, false: false, "1": true, "0": false };

/** What a cell says; undefined where it is empty. */
function cellValue(text: string, type: ColumnType): unknown {
  if (type === "number") return Number(text);
  if (type === "flag") return flags[text.toLowerCase()];
  if (type === "list") return text.startsWith("[") ? JSON.parse(text) : text.split("|");
  return text;
}

const told = { number: "number", flag: "flag", list: "list", text: "text" } as const;

/**
 * @returns what makes an attribute of a cell; it throws `wrong_type` at the column for a cell that is not what the
 *          conditions compare
 */
export function attributeReader(column: string, type: ColumnType): (cell: unknown, row: number) => unknown {
  const refused = (cell: unknown, row: number) =>
    errorOf([problem({ wrong_type }, [column], cell, { row, expected: { type: told[type] } })]);
  return (cell, row) => {
    const text = trimmed(String(cell ?? ""));
    if (text === "") return undefined;
    let value: unknown;
    try {
      value = cellValue(text, type);
    } catch (cause) {
      throw errorOf(refused(text, row).problems, { cause });
    }
    if (value === undefined || Number.isNaN(value)) throw refused(text, row);
    return value;
  };
}
