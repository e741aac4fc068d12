import { AppError } from '../../../kernel/errors.ts';

/** For what is told in a room whose owner may be gone: where there is no room, there is nobody to tell. */
export const passOverGoneRoom = (error: unknown): void => {
  if (!(error instanceof AppError && error.code === 'NOT_FOUND')) throw error;
};
