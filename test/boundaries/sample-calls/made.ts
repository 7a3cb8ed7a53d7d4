/** What a function of the library made, handed on whole: its parts are not the caller's to write. */
export const made = <T extends object>(value: T): T => Object.assign(Object.create({}) as object, value) as T;
