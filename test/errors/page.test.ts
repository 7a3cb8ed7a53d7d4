import { describe, expect, it } from "vitest";
import * as table from "../../src/errors/en/index.js";
import type { Sentences } from "../../src/errors/index.js";

/** The sentences of a code when nothing is known of its case. */
const bare = (sentences: Sentences) =>
  typeof sentences === "function" ? sentences({ path: [], received: undefined }) : sentences;

const rows = Object.entries(table).map(([code, sentences]) => [code, ...bare(sentences)] as const);

const page = `# Errors

Every mistake of a caller throws an \`ExperimentError\` with \`code\`, \`path\` (where in the input), \`received\` and what
is known of the case: \`expected\` (type, bounds, length), \`known\` names and the one that is \`near\`, the \`other\` party
of a clash, an \`example\`, the \`row\` of a table and how many \`times\` it was found. The message is derived from them and
ends with the fix; the table below has the sentences where nothing more is known. A validation that finds several
problems lists all of them in \`problems\`. \`inFrench\` of \`essai/errors/fr\` says any of them in French, and so
does the command line with \`--lang fr\`. This page is generated from \`src/errors/en\` (\`npm run docs:errors\`).

| code | what is wrong | what to do |
|---|---|---|
${rows.map(([code, problem, fix]) => `| \`${code}\` | ${problem} | ${fix} |`).join("\n")}
`;

describe("the error table", () => {
  it("is the page docs/errors.md", async () => {
    await expect(page).toMatchFileSnapshot("../../docs/errors.md");
  });

  it.each(rows)("%s: code, problem and fix read as one sentence", (code, problem, fix) => {
    expect(code).toMatch(/^[a-z]+(_[a-z0-9]+)*$/);
    expect(problem).toMatch(/^[^A-Z].*[^.]$/);
    expect(fix).toMatch(/^[^A-Z].*[^.]$/);
    expect(`${problem} ${fix}`).not.toMatch(/undefined|NaN|docstring|see the docs/);
  });
});
