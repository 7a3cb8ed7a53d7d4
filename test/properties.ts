import fc from "fast-check";

/**
 * fast-check with one seed for every property, so that a run of the tests says the same twice. `npm run soak` runs
 * them again and again with fresh seeds.
 */
fc.configureGlobal({ seed: Number(process.env.ESSAI_PROPERTY_SEED ?? 20261121) });

export { fc };
