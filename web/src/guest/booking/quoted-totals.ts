/** The price that each booking of this visit was quoted when it was made, in minor units, by its id. */
export const quotedTotals = new Map<string, number>();
