/** A name in characters that every store can hold and distinguish: lone surrogates and NUL are written as JSON writes them. */
export const nameText = (name: string): string => JSON.stringify(name).slice(1, -1);
