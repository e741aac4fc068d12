/** An instant as the wire carries it. */
export const toTime = (date: Date): string => date.toISOString();

export const toTimeOrNull = (date: Date | null): string | null => date?.toISOString() ?? null;

/** An instant as a client gave it; absent stays absent, null stays null. */
export const toDate = <T extends string | null | undefined>(instant: T): Date | Extract<T, null | undefined> =>
  // Safe: what is not a string is exactly what the type says is left.
  typeof instant === 'string' ? new Date(instant) : (instant as Extract<T, null | undefined>);

/** The fields that are present, as Prisma wants them: what is absent may not be there as undefined. */
export const presentFields = <T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  // Safe: exactly the undefined fields are taken out.
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
