/** What of a form is not as it was, to be sent alone: what others changed meanwhile stays. */
export const changesOf = <Values extends object>(before: Values, after: Values): Partial<Values> =>
  // Safe: the entries are those of `after`.
  Object.fromEntries(
    Object.entries(after).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof Values]),
    ),
  ) as Partial<Values>;
