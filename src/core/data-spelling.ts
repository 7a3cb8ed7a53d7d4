import { numeralPattern, trimmed } from "./data-grammar.js";

/** How a table's texts are written where it is not the way programs write them: an export of a spreadsheet, say. */
export interface Spelling {
  /**
   * Mark before a number's fraction. Once it is declared, spaces between thousands and a currency's sign (€, $, £) are
   * understood, too, and the other mark is not.
   */
  readonly decimal?: "." | ",";
  /** Mark between thousands, where it is not a space; it declares the decimal mark, too: `","` beside `"."`, else `"."`. */
  readonly thousands?: "." | "," | "'" | "’";
  /** What stands for a missing value, in any column: `["NA", "NULL", "-999"]`. Numbers are compared as numbers. */
  readonly missing?: readonly string[];
  /** Words for 1, whatever their case: `["oui", "vrai"]`. */
  readonly yes?: readonly string[];
  /** Words for 0, whatever their case: `["non", "faux"]`. */
  readonly no?: readonly string[];
}

/** Numbers as they are written where a decimal mark is declared. */
export interface NumberSpelling {
  /** What a number of the table matches, in JavaScript, RE2 and PostgreSQL, in full and whatever the case. */
  readonly pattern: string;
  /** Texts to take out of a number: thousands' marks, spaces, currencies. */
  readonly removed: readonly string[];
  readonly decimal: string;
}

/** A spelling made ready to be read by. */
export interface ReadySpelling {
  readonly missing: readonly string[];
  /** The codes of `missing` that are numbers. */
  readonly missingNumbers: readonly number[];
  /** The words for 1 and for 0, each in the cases it may have: engines do not agree on other ways to ignore the case. */
  readonly yes: readonly string[];
  readonly no: readonly string[];
  readonly numbers?: NumberSpelling;
}

const currencies = ["€", "$", "£"] as const;
/** Space, no-break space, narrow no-break space. */
const spaces = [" ", "\u00a0", "\u202f"] as const;
const plainNumeral = new RegExp(`^(?:${numeralPattern})$`, "i");

function numbersOf(decimal: string, thousands: string | undefined): NumberSpelling {
  const between = thousands === undefined ? spaces : [thousands];
  const sign = `[${currencies.join("")}]`;
  const space = `[${spaces.join("")}]?`;
  const whole = `([0-9]+|[0-9]{1,3}([${between.join("")}][0-9]{3})+)`;
  const number = `(${whole}([${decimal}][0-9]*)?|[${decimal}][0-9]+)(e[+-]?[0-9]{1,3})?`;
  return {
    pattern: `[+-]?(${sign}${space})?[+-]?${number}(${space}${sign})?`,
    removed: [...currencies, ...spaces, ...(thousands === undefined ? [] : [thousands])],
    decimal,
  };
}

const cased = (words: readonly string[]) => [
  ...new Set(
    words.flatMap((word) => {
      const [first = "", ...rest] = word.toLowerCase();
      return [word, word.toLowerCase(), word.toUpperCase(), first.toUpperCase() + rest.join("")];
    }),
  ),
];

/** @returns what readers need of a spelling; undefined where texts are written as the grammar of data says */
export function readySpelling({
  decimal,
  thousands,
  missing = [],
  yes = [],
  no = [],
}: Spelling): ReadySpelling | undefined {
  const declaresNumbers = decimal !== undefined || thousands !== undefined;
  if (!declaresNumbers && missing.length + yes.length + no.length === 0) return undefined;
  return {
    missing,
    missingNumbers: missing.flatMap((code) =>
      plainNumeral.test(trimmed(code)) ? [Number(trimmed(code))] : [],
    ),
    yes: cased(yes),
    no: cased(no),
    ...(declaresNumbers ? { numbers: numbersOf(decimal ?? (thousands === "." ? "," : "."), thousands) } : {}),
  };
}

/** Appended to a text such as `1.5` where the table has decimal commas, so that nothing reads it as a number. */
export const notAsDeclared = "?";

/** @returns a function that tells whether a cell of the table stands for a missing value */
export function missingBy({ missing, missingNumbers }: ReadySpelling): (value: unknown) => boolean {
  const [texts, numbers] = [new Set(missing), new Set(missingNumbers)];
  return (value) =>
    typeof value === "string" ? texts.has(trimmed(value)) : typeof value === "number" && numbers.has(value);
}

/** @returns a function that spells a cell's number as the grammar of data does; what is no text stays as it is */
export function numberBy({ yes, no, numbers }: ReadySpelling): (value: unknown) => unknown {
  const [ones, zeros] = [new Set(yes), new Set(no)];
  const declared = numbers && new RegExp(`^(?:${numbers.pattern})$`, "i");
  return (value) => {
    if (typeof value !== "string") return value;
    const text = trimmed(value);
    if (ones.has(text)) return 1;
    if (zeros.has(text)) return 0;
    if (!numbers || !declared) return value;
    if (!declared.test(text)) return plainNumeral.test(text) ? text + notAsDeclared : value;
    return numbers.removed
      .reduce((left, mark) => left.replaceAll(mark, ""), text)
      .replace(numbers.decimal, ".");
  };
}
