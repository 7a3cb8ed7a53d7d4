import type { BanditStore } from "../bandit-store.js";

/** A store under whose names bandits are known by other ones, so that two of one experiment are apart. */
export const renamed = (store: BanditStore, name: (bandit: string) => string): BanditStore => ({
  read: (bandit, source) => store.read(name(bandit), source),
  replace: (bandit, change) => store.replace(name(bandit), change),
});
