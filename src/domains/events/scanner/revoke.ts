import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import { canManage } from '../door/policy.ts';
import { revoke } from './contract.ts';
import { endScanner } from './end-scanner.steps.ts';
import { holdScanner } from './subject.steps.ts';

/** Ends a device's work for good. */
export const revokeScanner = () =>
  commit(revoke, {
    load: (input, { tx, actor }) => holdScanner(tx, input, actor),
    allow: (_actor, { keeper }) => canManage(keeper),
    run: (_input, subject, context) => {
      if (subject.scanner.status === 'REVOKED') throw new AppError('CONFLICT', 'The device was revoked before.');
      return endScanner(context, subject, 'REVOKED');
    },
  });
