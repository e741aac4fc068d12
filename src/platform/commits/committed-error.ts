import type { AppError } from '../../kernel/errors.ts';

/**
 * Thrown by `run` of a committed operation that must answer an error and still keep what it wrote, such as a failed
 * login and its history. The transaction commits, the caller gets the error, and a repeat with the same key gets it again.
 */
export class CommittedError extends Error {
  readonly answer: AppError;

  constructor(answer: AppError) {
    super(answer.message);
    this.name = 'CommittedError';
    this.answer = answer;
  }
}
