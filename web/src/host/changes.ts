/** Gives the fields of a form that were changed. Only these are sent, so that changes by others stay. */
export const changesOf = <Values extends object>(before: Values, after: Values): Partial<Values> =>
  // Safe: the entries are those of `after`.
  Object.fromEntries(
    Object.entries(after).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof Values]),
    ),
  ) as Partial<Values>;
