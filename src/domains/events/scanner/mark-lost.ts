import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import { canManage } from '../door/policy.ts';
import { markLost } from './contract.ts';
import { endScanner } from './end-scanner.steps.ts';
import { holdScanner } from './subject.steps.ts';

/** Notes that a device is lost. */
export const markScannerLost = () =>
  commit(markLost, {
    load: (input, { tx, actor }) => holdScanner(tx, input, actor),
    allow: (_actor, { keeper }) => canManage(keeper),
    run: (_input, subject, context) => {
      const { status } = subject.scanner;
      if (status !== 'ACTIVE') throw new AppError('CONFLICT', `The device is ${status}.`);
      return endScanner(context, subject, 'LOST');
    },
  });
