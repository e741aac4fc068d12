/** What the bookings of this visit were said to cost when they were made, in minor units, by their ids. */
export const quotedTotals = new Map<string, number>();
