import type { Rejection } from '../shapes/contract.ts';

/** The upload is at fault: another attempt would end the same. */
export class Refused extends Error {
  readonly reason: Rejection;

  constructor(reason: Rejection) {
    super(`the upload was refused: ${reason}`);
    this.name = 'Refused';
    this.reason = reason;
  }
}
