import { ExperimentError, no_eligible_action } from "../../errors/index.js";

/**
 * Probabilities with some of them raised to at least a level each and the rest scaled down to make room.
 * @param lowest  smallest probability of each action; their sum is at most 1
 */
export function raise(probabilities: readonly number[], lowest: readonly number[]): number[] {
  const raised = new Set<number>();
  // Scaling the rest down can bring another below its level, at most once an action.
  for (;;) {
    const held = [...raised].reduce((sum, i) => sum + lowest[i]!, 0);
    const rest = probabilities.reduce((sum, p, i) => (raised.has(i) ? sum : sum + p), 0);
    const scaled = probabilities.map((p, i) => {
      if (raised.has(i)) return lowest[i]!;
      return rest > 0 ? (p / rest) * (1 - held) : (1 - held) / (probabilities.length - raised.size);
    });
    const below = scaled.findIndex((p, i) => !raised.has(i) && p < lowest[i]! - 1e-15);
    if (below < 0) return scaled;
    raised.add(below);
  }
}

/**
 * Probabilities with some of them cut to at most a level each and the rest scaled up to fill the room.
 * @param highest  largest probability of each action; if they sum to less than 1, all are raised in proportion, and
 *                 what may not be chosen at all stays at 0
 * @throws ExperimentError `no_eligible_action` at ["caps"] when all are 0
 */
export function lower(probabilities: readonly number[], highest: readonly number[]): number[] {
  const room = highest.reduce((sum, level) => sum + level, 0);
  if (room === 0) throw new ExperimentError({ no_eligible_action }, ["caps"], highest);
  if (room <= 1) return highest.map((level) => level / room);
  const cut = new Set<number>();
  for (;;) {
    const held = [...cut].reduce((sum, i) => sum + highest[i]!, 0);
    const open = probabilities.flatMap((p, i) => (cut.has(i) ? [] : [p]));
    const rest = open.reduce((sum, p) => sum + p, 0);
    // Where nothing is left to scale, the room is shared by what the others may take.
    const scaled = probabilities.map((p, i) => {
      if (cut.has(i)) return highest[i]!;
      return rest > 0 ? (p / rest) * (1 - held) : ((1 - held) * highest[i]!) / (room - held);
    });
    const above = scaled.findIndex((p, i) => !cut.has(i) && p > highest[i]! + 1e-15);
    if (above < 0) return scaled;
    cut.add(above);
  }
}
