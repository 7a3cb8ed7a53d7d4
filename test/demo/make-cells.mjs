// Makes docs/examples/hillstrom/cells.json, the aggregated facts that `npm run demo` analyzes, from the raw file,
// which is not in the repository.
// usage: npm run demo:cells -- path/to/hillstrom.csv.gz
import { readFile, writeFile } from "node:fs/promises";
import { fromFile } from "essai/engines";
import { parseExperiment } from "essai/schema";

const [file] = process.argv.slice(2);
if (!file) {
  console.error("usage: npm run demo:cells -- path/to/hillstrom.csv.gz");
  process.exit(1);
}
const folder = new URL("../../docs/examples/hillstrom/", import.meta.url);
const { definition, data } = parseExperiment(
  JSON.parse(await readFile(new URL("experiment.json", folder), "utf8")),
);
const dimensions = ["channel", "zip_code", "newbie", "mens", "womens"];
// The parser reads in the file's order, so the digits are the same on every machine.
const source = fromFile(file, data, { engine: "csv" });
const { cells, ...rest } = await source.read({ definition, metrics: definition.metrics, dimensions });
const head = JSON.stringify(rest).slice(1, -1);
const lines = cells.map((cell) => JSON.stringify(cell)).join(",\n");
await writeFile(new URL("cells.json", folder), `{${head},"cells":[\n${lines}\n]}\n`);
console.log(`${cells.length} cells, ${cells.reduce((sum, { units }) => sum + units, 0)} units`);
