import { expect, it } from "vitest";
import {
  requireArray,
  requireList,
  requireMethod,
  requireNumber,
  requireObject,
  requireWord,
} from "../../src/errors/index.js";

it.each([
  [
    "a number out of its range",
    () => requireNumber(95, ["level"], { above: 0, below: 1 }),
    "level: must be above 0 and below 1 (received 95); write 0.95",
  ],
  [
    "a probability that is a slip rather than a percentage",
    () => requireNumber(1.2, ["propensity"], { above: 0, atMost: 1 }),
    "propensity: must be above 0 and at most 1 (received 1.2); write a number in this range",
  ],
  [
    "a number in quotes",
    () => requireNumber("0.95", ["level"]),
    'level: must be a number (received "0.95"); write a number, without quotes',
  ],
  [
    "no number",
    () => requireNumber(undefined, ["level"]),
    "level: is required and is missing; add it: a number",
  ],
  [
    "infinity",
    () => requireNumber(Infinity, ["level"]),
    "level: is not a finite number (received Infinity); pass a finite number",
  ],
  [
    "text for an object",
    () => requireObject("", ["control"]),
    'control: must be an object (received ""); write an object',
  ],
  [
    "a list for an object",
    () => requireObject([], ["control"]),
    "control: must be an object (received list); write an object",
  ],
  [
    "an object for a list",
    () => requireList({}, ["values"]),
    "values: must be a list (received object); write a list",
  ],
  [
    "text for a list",
    () => requireList("abc", ["values"]),
    'values: must be a list (received "abc"); write a list',
  ],
  [
    "a typed array for an array",
    () => requireArray(new Float64Array(1), ["table"]),
    "table: must be a list (received object); write a list",
  ],
  [
    "an object without the method",
    () => requireMethod({}, ["random"], "next"),
    "random.next: is required and is missing; add it: a function",
  ],
  [
    "a misspelt word",
    () => requireWord("grater", ["alternative"], ["greater", "less"]),
    'alternative: is not one of the names that can stand here (received "grater"); did you mean "greater"? (there are: greater, less)',
  ],
  [
    "no word",
    () => requireWord(undefined, ["alternative"], ["greater", "less"]),
    "alternative: is required and is missing; add one of: greater, less",
  ],
])("refuses %s in a sentence", (_, refused, message) => {
  expect(refused).toThrow(message);
});

it("accepts what is right", () => {
  requireNumber(0.5, ["level"], { above: 0, below: 1 });
  requireObject(Object.create(null), ["control"]);
  requireList(new Float64Array(2), ["values"]);
  requireList({ length: 0 }, ["values"]);
  requireMethod({ next: () => 0.5 }, ["random"], "next");
  requireWord("less", ["alternative"], ["greater", "less"]);
});
