import type { Mutation } from '../mutation.ts';

const PAYOUTS = 'test/domains/payments/payout/payouts.test.ts';
const SUBMIT = 'test/domains/payments/payout/submit.test.ts';

/** Payouts: each once, to an account that was verified, of what is available. */
export const payouts: readonly Mutation[] = [
  {
    id: 'payout-same-attempt',
    breaks: 'A payout that is sent anew has a new key at its provider.',
    file: 'src/domains/payments/payout/submitting.writes.ts',
    from: 'attempt: attempt + 1, updatedAt',
    to: 'attempt, updatedAt',
    tests: [PAYOUTS],
    named: 'that the provider proves not to have is sent anew, under a new key and not before',
  },
  {
    id: 'payout-absent-at-once',
    breaks: 'A payout is sent anew only when the call that may still take effect has long ended.',
    file: 'src/domains/payments/payout/reconcile.job.ts',
    from: 'const ABSENT_AFTER_MS = 5 * 60_000;',
    to: 'const ABSENT_AFTER_MS = 0;',
    tests: [PAYOUTS],
    named: 'that the provider proves not to have is sent anew, under a new key and not before',
  },
  {
    id: 'payout-called-late',
    breaks: 'A process that slept between its commit and its call does not call any more.',
    file: 'src/domains/payments/payout/submit.job.ts',
    from: 'const CALL_WITHIN_MS = 30_000;',
    to: 'const CALL_WITHIN_MS = 30_000_000;',
    tests: [SUBMIT],
    named: 'a worker that slept between its commit and its call sends nothing, and what came of it is asked',
  },
  {
    id: 'payout-of-what-is-gone',
    breaks: 'A payout leaves only when what it pays is still available.',
    file: 'src/domains/payments/payout/submitting.writes.ts',
    from: '  if (!(await isFunded(applying, payout))) return null;\n',
    to: '',
    tests: [SUBMIT],
    named: 'what went back since a payout was asked for leaves with no payout, and the host is told by its end',
  },
  {
    id: 'payout-to-a-new-account-at-once',
    breaks: 'Nothing is paid to an account that was changed within three days.',
    file: 'src/domains/payments/payout-account/gate.rules.ts',
    from: 'if (now < from) {',
    to: 'if (from < new Date(0)) {',
    tests: [PAYOUTS],
    named: 'within 72 hours after the account was changed, also when the payout was made before',
  },
  {
    id: 'payout-returned-stays-paid',
    breaks: 'What a bank returned may be paid once more.',
    file: 'src/domains/payments/payout/end.writes.ts',
    from: '  await freeItems({ tx }, payout.id);\n  await record(payoutReturned, told(payout));',
    to: '  await record(payoutReturned, told(payout));',
    tests: [PAYOUTS],
    named: 'that came back is not sent again by itself, until its host asks and it arrives',
  },
];
