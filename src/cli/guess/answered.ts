import type { Problem } from "../../errors/index.js";
import { inLanguage } from "../../errors/index.js";
import type { Told, Unclear } from "../../guess/index.js";
import type { Voice } from "../../report/index.js";
import type { Io } from "../io.js";
import type { GuessWords } from "./guess-words.js";

/** What an answer to a question with candidates says. */
const picks: Readonly<Partial<Record<Unclear["what"], (names: readonly string[]) => Told>>> = {
  variant: ([variant = ""]) => ({ variant }),
  control: ([control = ""]) => ({ control }),
  outcomes: (outcomes) => ({ outcomes }),
};

/** What the nearest answer adds to what was told. */
const added = ({ answer }: Unclear, told: (key: string) => boolean) =>
  Object.entries(answer)
    .filter(([key]) => told(key))
    .map(([key, value]) => `${key} ${JSON.stringify(value)}`)
    .join(", ");

/**
 * Asks the person at the terminal what a table leaves open.
 * @returns what is told now; undefined without a terminal or an answer
 */
export async function answered(
  open: Unclear,
  problem: Problem,
  words: GuessWords,
  voice: Voice,
  io: Io,
): Promise<Told | undefined> {
  if (!io.ask) return undefined;
  const { candidates, what, answer } = open;
  const [question = ""] = inLanguage(problem, voice.words.errors).message.split(/ ?; /);
  io.err(`${question}\n`);
  const pick = picks[what];
  if (!pick || candidates.length === 0) {
    const keys = what === "shares" ? ["shares"] : ["decimal", "thousands", "missing", "yes", "no"];
    const given = await io.ask(words.agree(added(open, (key) => keys.includes(key))));
    return /^[yo]/i.test(given.trim()) ? answer : undefined;
  }
  for (const [i, name] of candidates.entries()) io.err(`  ${i + 1} ${name}\n`);
  const given = (await io.ask(words.which)).split(",").map((each) => each.trim());
  const names = given.flatMap((each) => {
    const name = candidates.includes(each) ? each : candidates[Number(each) - 1];
    return name === undefined ? [] : [name];
  });
  return names.length === given.length ? { ...answer, ...pick(names) } : undefined;
}
