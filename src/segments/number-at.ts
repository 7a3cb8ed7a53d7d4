// A number at a place that is known to be in the list. One function per kind of list: what reads several kinds is ten times slower.

export const floatAt = (list: Float64Array, place: number): number => list[place] as number;
export const byteAt = (list: Uint8Array, place: number): number => list[place] as number;
export const placeAt = (list: Int32Array, place: number): number => list[place] as number;
export const shortAt = (list: Float32Array, place: number): number => list[place] as number;
