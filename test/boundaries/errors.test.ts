import ts from "typescript";
import { describe, expect, it } from "vitest";
import { bareErrors } from "./ceilings.js";
import { parse, parsedFiles } from "./source-files.js";

/** Codes whose sentence says little without what was expected or is known. */
const needing = new Set([
  "out_of_range",
  "wrong_length",
  "wrong_type",
  "too_many",
  "unknown_key",
  "unknown_name",
]);

/** The code of `{ out_of_range }`, where a call reports one. */
function codeOf({ expression, arguments: given = [] as never }: ts.CallExpression | ts.NewExpression): {
  readonly codes: readonly string[];
  readonly parameters: ts.Expression | undefined;
} {
  const name = ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();
  if (!/^(ExperimentError|problem|report)$/.test(name)) return { codes: [], parameters: undefined };
  const [entry] = given;
  const codes =
    entry && ts.isObjectLiteralExpression(entry)
      ? entry.properties.flatMap((each) => (ts.isShorthandPropertyAssignment(each) ? [each.name.text] : []))
      : [];
  return { codes, parameters: given[3] };
}

interface Found {
  /** Codes that need parameters and have none. */
  readonly bare: readonly string[];
  /** Prose of ours where only another program's words belong. */
  readonly prose: readonly string[];
}

function lookThrough(file: ts.SourceFile): Found {
  const [bare, prose]: [string[], string[]] = [[], []];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const { codes, parameters } = codeOf(node);
      if (!parameters) bare.push(...codes.filter((code) => needing.has(code)));
    }
    if (ts.isPropertyAssignment(node) && node.name.getText() === "detail") {
      const value = node.initializer;
      if (ts.isStringLiteralLike(value) || ts.isTemplateExpression(value)) prose.push(value.getText());
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return { bare, prose };
}

const files = parsedFiles().filter(({ fileName }) => !fileName.startsWith("src/errors/"));

describe("errors say what they know", () => {
  it("every range, type, length and name is stated, but where a page counts bytes", () => {
    const found = Object.fromEntries(
      files.flatMap((file) => {
        const { length } = lookThrough(file).bare;
        return length > 0 ? [[file.fileName, length]] : [];
      }),
    );
    expect(found).toEqual(bareErrors);
  });

  it("prose stands in src/errors, where it has a French twin", () => {
    expect(
      files.flatMap((file) => lookThrough(file).prose.map((text) => `${file.fileName}: ${text}`)),
    ).toEqual([]);
  });

  it("the check would notice", () => {
    const text = `
      throw new ExperimentError({ out_of_range }, ["a"], 1);
      checks.report({ wrong_type }, ["a"], 1);
      problem({ out_of_range }, ["a"], 1, { expected: { atLeast: 2 } });
      problem({ empty_data }, ["a"], 1);
      problem({ unknown_key }, ["a"], 1, { detail: "tests: a, b" });
      problem({ query_failed }, ["a"], 1, { detail: error.message });`;
    expect(lookThrough(parse("src/x.ts", text))).toEqual({
      bare: ["out_of_range", "wrong_type"],
      prose: ['"tests: a, b"'],
    });
  });
});
