import { AppError } from '../../kernel/errors.ts';

/** An INVALID_INPUT that names one field in dotted form and the reason. */
export const invalidField = (path: string, message: string): AppError =>
  new AppError('INVALID_INPUT', `${path}: ${message}`, { issues: [{ path, message }] });
