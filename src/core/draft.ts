/** A value that is still being put together: its fields can be set. */
export type Draft<T> = { -readonly [K in keyof T]: T[K] };
