/** Numbers that one feature may take; all of a model's together take at most twice as many. Learning holds their square. */
export const MOST_PLACES = 4_096;
