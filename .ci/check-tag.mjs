// node .ci/check-tag.mjs TAG: whether a release may have this tag. It is v and the version of package.json, and the
// changelog has that version, with a day.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const top = fileURLToPath(new URL("..", import.meta.url));
const { version } = JSON.parse(readFileSync(join(top, "package.json"), "utf8"));
const tag = process.argv[2];

const problems = [];
if (tag !== `v${version}`) problems.push(`tag ${tag}, but package.json has version ${version}`);
const headings = readFileSync(join(top, "CHANGELOG.md"), "utf8").split("\n");
if (!headings.some((line) => line.startsWith(`## ${version} — `) && /— \d{4}-\d{2}-\d{2}$/.test(line)))
  problems.push(`CHANGELOG.md has no heading "## ${version} — <day>"`);

for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
