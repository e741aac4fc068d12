import type { Mutation } from '../mutation.ts';

const ONCE = 'test/domains/payments/payment/once.test.ts';
const DISPUTES = 'test/domains/events/booking/disputes.test.ts';

/** Money that a payer’s bank asks for: gone until that is decided, for tickets, refunds and earnings alike. */
export const disputes: readonly Mutation[] = [
  {
    id: 'releases-while-disputed',
    breaks: 'Earnings that are disputed or on their way back are not released.',
    file: 'src/domains/payments/earning/release.writes.ts',
    from: '  if (await isContested(tx, paymentId)) return false;\n',
    to: '',
    tests: [ONCE],
    named: 'what is disputed is not released to its host, by whichever of the two checks comes first',
  },
  {
    id: 'refund-beside-a-dispute',
    breaks: 'What a payer’s bank has asked for does not go back a second time.',
    file: 'src/domains/payments/payment/left.rules.ts',
    from: 'capturedAmount - refundedAmount - disputedAmount;',
    to: 'capturedAmount - refundedAmount - (disputedAmount - disputedAmount);',
    tests: [DISPUTES],
    named: 'before a host cancels the event: the bank pays, not we',
  },
  {
    id: 'disputed-tickets-let-in',
    breaks: 'While a bank wants back what was paid for a ticket its code does not let in.',
    file: 'src/domains/events/booking/on-dispute.ts',
    from: "  await revokeTickets(tx, issued, { eventId: stock.event.id, reason: 'REFUNDED', now: stock.now });\n",
    to: '',
    tests: [DISPUTES],
    named: 'suspends its tickets, and a dispute that is won gives them new codes',
  },
  {
    id: 'disputed-tickets-get-codes',
    breaks: 'Nobody is given a code of a ticket whose payment is disputed.',
    file: 'src/domains/events/booking/refuse-disputed.ts',
    from: "=== 'NOTHING') return;",
    to: "!== 'LOST') return;",
    tests: [DISPUTES],
    named: 'suspends its tickets, and a dispute that is won gives them new codes',
  },
  {
    id: 'lost-disputes-keep-their-seats',
    breaks: 'A booking whose money its bank has taken is cancelled, and its seats are free.',
    file: 'src/domains/events/booking/on-dispute.ts',
    from: "if (taken === 'LOST') {",
    to: "if (taken === 'LOST' && issued.length === 0) {",
    tests: [DISPUTES],
    named: 'and lost cancels the booking and frees its seats, and nothing goes back a second time',
  },
  {
    id: 'won-disputes-forget-who-waits',
    breaks: 'What was owed while a bank decided goes back when the dispute is won.',
    file: 'src/domains/payments/dispute/move.writes.ts',
    from: '  await askAgainForAll(applying, payment);\n',
    to: '',
    tests: [DISPUTES],
    named: 'before its buyer cancels: nothing goes back until the dispute is won',
  },
  {
    id: 'won-disputes-buy-nothing',
    breaks: 'Money that was disputed before it bought anything buys what it was for when the dispute is won.',
    file: 'src/domains/payments/dispute/move.writes.ts',
    from: "if (status !== 'LOST' && payment.purpose === 'BOOKING') await",
    to: "if (status === 'LOST' && payment.purpose === 'BOOKING') await",
    tests: [DISPUTES],
    named: 'before it bought anything buys nothing, and what it was for when it is won',
  },
  {
    id: 'owed-refunds-take-what-is-disputed',
    breaks: 'A refund that is owed waits while a bank decides about the same money.',
    file: 'src/domains/payments/payment/disputed.reads.ts',
    from: "status: { in: ['OPENED', 'EVIDENCE_SUBMITTED'] } },\n    _sum",
    to: "status: { in: ['EVIDENCE_SUBMITTED'] } },\n    _sum",
    tests: [DISPUTES],
    named: 'before a host cancels the event: the bank pays, not we',
  },
];
