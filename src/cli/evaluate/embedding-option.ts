import { ExperimentError, missing_column, nearName } from "../../errors/index.js";

type Levels = Readonly<Record<string, string>>;

/**
 * What of an action reaches the reward, as the command line names it.
 * @param factors  names of `--embedding`
 * @param levels   of every action that the log played
 * @returns the levels of those factors as one text; of an action that the log never played its name
 * @throws ExperimentError `missing_column` at ["--embedding"] for a factor that the log's actions do not have
 */
export function embeddingOption(
  factors: readonly string[],
  levels: ReadonlyMap<string, Levels>,
): (action: string) => string {
  const known = [...new Set([...levels.values()].flatMap((each) => Object.keys(each)))];
  for (const factor of factors)
    if (!known.includes(factor))
      throw new ExperimentError({ missing_column }, ["--embedding"], factor, nearName(factor, known));
  return (action) => {
    const own = levels.get(action);
    return own ? JSON.stringify(factors.map((factor) => own[factor] ?? null)) : action;
  };
}
