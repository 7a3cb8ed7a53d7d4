import { StringDecoder } from "node:string_decoder";
import { limits } from "../../core/limits.js";
import { overLimit } from "../../errors/index.js";
import { checkFile, openFile } from "./file-format.js";

/**
 * @param path  what the file is called in messages
 * @returns the lines of a local file, unpacked where its name ends in .gz, without their ends
 * @throws ExperimentError `missing_file`, `irregular_file`; `over_limit` for a line that is too long, or too much that is
 *         packed
 */
export async function* fileLines(file: string, path: readonly string[]): AsyncGenerator<string> {
  await checkFile(file, path);
  const decoder = new StringDecoder("utf8");
  let rest = "";
  for await (const chunk of openFile(file, path).plain) {
    const lines = (rest + decoder.write(chunk)).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield line.replace(/\r$/, "");
    if (rest.length > limits.rowBytes.most) throw overLimit("rowBytes", [...path, "file"], file);
  }
  rest += decoder.end();
  if (rest !== "") yield rest;
}
