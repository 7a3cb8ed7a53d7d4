import { describe, expect, it } from "vitest";
import * as table from "../../src/core/errors.js";

const page = `# Errors

Every mistake of a caller throws an \`ExperimentError\` with \`code\`, \`path\` (where in the input) and \`received\`;
the message is derived from them and ends with the fix. A validation that finds several problems lists all of them in
\`problems\`. This page is generated from \`src/core/errors.ts\` (\`npm run docs:errors\`).

| code | what is wrong | what to do |
|---|---|---|
${Object.entries(table)
  .map(([code, [problem, fix]]) => `| \`${code}\` | ${problem} | ${fix} |`)
  .join("\n")}
`;

describe("the error table", () => {
  it("is the page docs/errors.md", async () => {
    await expect(page).toMatchFileSnapshot("../../docs/errors.md");
  });

  it.each(Object.entries(table))("%s: code, problem and fix read as one sentence", (code, [problem, fix]) => {
    expect(code).toMatch(/^[a-z]+(_[a-z0-9]+)*$/);
    expect(problem).toMatch(/^[^A-Z].*[^.]$/);
    expect(fix).toMatch(/^[^A-Z].*[^.]$/);
  });
});
