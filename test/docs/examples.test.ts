import * as main from "essai";
import * as analysis from "essai/analysis";
import * as bandits from "essai/bandits";
import * as designs from "essai/designs";
import * as distributions from "essai/distributions";
import * as errors from "essai/errors/fr";
import * as ope from "essai/ope";
import * as programme from "essai/programme";
import * as random from "essai/random";
import * as report from "essai/report";
import * as schema from "essai/schema";
import * as segments from "essai/segments";
import * as threads from "essai/segments/node";
import * as stats from "essai/stats";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { checker, program, publicNames, publicOptions } from "../boundaries/public-surface.js";
import { differences } from "./shown-value.js";

/** What an example may use: a name means one thing, whichever entry offers it (test/boundaries/exports.test.ts). */
const scope: Readonly<Record<string, unknown>> = {
  ...main,
  ...designs,
  ...random,
  ...stats,
  ...distributions,
  ...errors,
  ...bandits,
  ...ope,
  ...analysis,
  ...programme,
  ...report,
  ...segments,
  ...threads,
  ...schema,
};

interface Example {
  readonly name: string;
  readonly entry: string;
  readonly code: string;
}

const seen = new Set<ts.Symbol>();
const examples: Example[] = publicNames.flatMap(({ name, entry, symbol }) => {
  if (seen.has(symbol)) return [];
  seen.add(symbol);
  return symbol
    .getJsDocTags(checker)
    .filter((tag) => tag.name === "example")
    .map((tag) => ({ name, entry, code: ts.displayPartsToString(tag.text) }));
});

/** A statement of an example, and the value that is written behind it, if one is. */
interface Step {
  readonly code: string;
  readonly shown?: string;
}

/** Cuts an example into statements; `expression; // value` (or the comment on the lines below) shows a value. */
function stepsOf(code: string): Step[] {
  const source = ts.createSourceFile("example.ts", code, ts.ScriptTarget.ES2022, true);
  return source.statements.map((statement, i) => {
    const next = source.statements[i + 1]?.getStart() ?? code.length;
    const comment = code
      .slice(statement.end, next)
      .split("\n")
      .map((line) => line.replace(/^\s*\/\/ ?/, "").trim())
      .join(" ")
      .trim();
    const text = statement.getText();
    return ts.isExpressionStatement(statement) && comment !== ""
      ? { code: text, shown: comment }
      : { code: text };
  });
}

/** Runs an example; what it shows beside what it gives. */
async function run(code: string): Promise<{ readonly shown: string; readonly value: unknown }[]> {
  const given: unknown[] = [];
  const steps = stepsOf(code);
  const body = steps
    .map((step) => (step.shown === undefined ? step.code : `show(${step.code.replace(/;$/, "")});`))
    .join("\n");
  const { outputText } = ts.transpileModule(body, { compilerOptions: { target: ts.ScriptTarget.ES2022 } });
  const used = Object.keys(scope).filter((name) => new RegExp(`\\b${name}\\b`).test(body));
  const show = (value: unknown) => given.push(value);
  const started = new Function("show", ...used, `return (async () => {${outputText}})();`);
  await started(show, ...used.map((name) => scope[name]));
  return steps
    .flatMap(({ shown }) => (shown === undefined ? [] : [shown]))
    .map((shown, i) => ({ shown, value: given[i] }));
}

describe("examples in docstrings", () => {
  it("stand at every function of essai/stats and essai/distributions", () => {
    const shown = new Set(examples.map(({ name }) => name));
    const wanted = publicNames.filter(
      ({ entry, value }) => value && /^essai\/(stats|distributions)$/.test(entry),
    );
    expect(wanted.length).toBeGreaterThan(100);
    expect(wanted.map(({ name }) => name).filter((name) => !shown.has(name))).toEqual([]);
  });

  it.each(examples.map((example) => [example.name, example] as const))("%s", async (_, { code }) => {
    const results = await run(code);
    expect(results.length, "an example shows a value").toBeGreaterThan(0);
    expect(results.flatMap(({ shown, value }) => differences(shown, value))).toEqual([]);
  });

  it("compile as a user's TypeScript would", () => {
    const files = new Map(
      examples.map(({ name, code }) => {
        const used = new Map(
          publicNames
            .filter((each) => each.value && new RegExp(`\\b${each.name}\\b`).test(code))
            .map((each) => [each.name, each.entry]),
        );
        const lines = [...used].map(([each, entry]) => `import { ${each} } from "${entry}";`);
        return [
          `${program.getCurrentDirectory()}/test/docs/example-${name}.ts`,
          `${lines.join("\n")}\nexport {};\n${code}`,
        ];
      }),
    );
    const host = ts.createCompilerHost(publicOptions);
    const { fileExists, readFile, getSourceFile } = host;
    host.fileExists = (file) => files.has(file) || fileExists(file);
    host.readFile = (file) => files.get(file) ?? readFile(file);
    host.getSourceFile = (file, version, ...rest) => {
      const text = files.get(file);
      if (text !== undefined) return ts.createSourceFile(file, text, version);
      return program.getSourceFile(file) ?? getSourceFile(file, version, ...rest);
    };
    const options = { ...publicOptions, noUnusedLocals: false };
    const compiled = ts.createProgram([...files.keys()], options, host);
    const problems = [...files.keys()].flatMap((file) => {
      const source = compiled.getSourceFile(file);
      return [...compiled.getSyntacticDiagnostics(source), ...compiled.getSemanticDiagnostics(source)].map(
        ({ messageText }) =>
          `${file.replace(/.*example-/, "")}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
      );
    });
    expect(problems).toEqual([]);
  });
});

describe("the check of shown values", () => {
  it.each([
    ["0.0235", 0.02351],
    ["[1, -2.5]", [1, -2.5]],
    ['{ n: 3, names: ["a"] }', { n: 3, names: ["a"] }],
    ["1e-12", 1.04e-12],
    ["-Infinity", -Infinity],
    ["null", null],
  ])("%s may stand for %o", (shown, value) => {
    expect(differences(shown, value)).toEqual([]);
  });

  it.each([
    ["0.0235", 0.0236],
    ["0.0235", "0.0235"],
    ["14751", 14752],
    ["[1, 2]", [1, 2, 3]],
    ["{ n: 3 }", { n: 3, mean: 1 }],
    ["undefined", null],
    ["about 3", 3],
  ])("%s may not stand for %o", (shown, value) => {
    expect(differences(shown, value)).not.toEqual([]);
  });
});
