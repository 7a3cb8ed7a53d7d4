import { async_learner, ExperimentError, refuseType } from "../../errors/index.js";

/** Nothing that a promise is: a function that returns one is refused by its type. */
export type NotAPromise<T> = T extends PromiseLike<unknown> ? never : unknown;

const plain = "[object Function]";

/**
 * A learner that has learned when it returns.
 * @throws ExperimentError `wrong_type` for what is not a function; `async_learner` for an async function or a generator,
 *         before it is called, and for whatever else returns a promise, after it
 */
export function syncLearner<O, R>(learn: (outcomes: O) => R, path: readonly string[]): (outcomes: O) => R {
  if (typeof learn !== "function") refuseType(learn, path, "function");
  const refuse = (): never => {
    throw new ExperimentError({ async_learner }, path);
  };
  if (Object.prototype.toString.call(learn) !== plain) refuse();
  return (outcomes) => {
    const learned = learn(outcomes);
    const { then } = Object(learned);
    if (typeof then !== "function") return learned;
    // Its own failure has nobody else to hear of it.
    then.call(
      learned,
      () => undefined,
      () => undefined,
    );
    return refuse();
  };
}
