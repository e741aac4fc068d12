import { AppError } from '../../../kernel/errors.ts';

/** What could not be read because Redis is away is asked again later. */
export const orOverloaded = async <T>(reading: Promise<T>): Promise<T> => {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('OVERLOADED', 'It cannot be told at the moment who is here.', { retryAfterMs: 1_000 });
  }
};
