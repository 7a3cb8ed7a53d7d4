import type { BanditState } from "../../bandits/index.js";
import { bad_arguments, ExperimentError } from "../../errors/index.js";
import { readState } from "../read-bandit.js";

/** A policy as the command line can name it. */
export type NamedPolicy = string | Readonly<Record<string, number>> | BanditState;

const EXAMPLES = "uniform | ACTION | A=0.2,B=0.8 | STATE.json";

/**
 * Reads `--policy`: a bandit's state where it names a JSON file, shares where it has them, else the action that is always
 * played. `uniform` is for the caller to spread over the actions.
 * @throws ExperimentError `bad_arguments` at ["--policy"]; whatever keeps a file from being a state
 */
export async function policyOption(given: string): Promise<NamedPolicy> {
  if (/\.json(\.gz)?$/i.test(given)) return readState(given, "--policy");
  if (!given.includes("=")) return given;
  const parts = given.split(",").map((part) => {
    const at = part.lastIndexOf("=");
    return [part.slice(0, at), Number(part.slice(at + 1) || Number.NaN)] as const;
  });
  // A combination is called by its levels: channel=push,message=story.
  if (parts.every(([name, share]) => name !== "" && Number.isNaN(share))) return given;
  if (parts.some(([name, share]) => name === "" || !(share >= 0)))
    throw new ExperimentError({ bad_arguments }, ["--policy"], given, { example: EXAMPLES });
  return Object.fromEntries(parts);
}
