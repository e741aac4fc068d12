import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { bookCapture } from '../../../../src/domains/payments/ledger/book.steps.ts';
import { journalCapture } from '../../../../src/domains/payments/ledger/journals/capture.steps.ts';
import {
  journalDisputeLost,
  journalDisputeOpened,
  journalDisputeWon,
  journalSubscriptionDisputeOpened,
  journalTopUpDisputeOpened,
} from '../../../../src/domains/payments/ledger/journals/dispute.steps.ts';
import {
  journalPayoutPaid,
  journalPayoutReturned,
  journalPayoutSubmitted,
} from '../../../../src/domains/payments/ledger/journals/payout.steps.ts';
import { journalProviderFee } from '../../../../src/domains/payments/ledger/journals/provider-fee.steps.ts';
import { journalRefund } from '../../../../src/domains/payments/ledger/journals/refund.steps.ts';
import { journalRelease } from '../../../../src/domains/payments/ledger/journals/release.steps.ts';
import { postCorrection, reverseJournal } from '../../../../src/domains/payments/ledger/journals/reversal.steps.ts';
import { journalSettlement } from '../../../../src/domains/payments/ledger/journals/settlement.steps.ts';
import {
  journalSubscriptionEarned,
  journalSubscriptionPaid,
  journalSubscriptionRefund,
} from '../../../../src/domains/payments/ledger/journals/subscription.steps.ts';
import {
  journalTopUp,
  journalTopUpRefund,
  journalWalletSpend,
} from '../../../../src/domains/payments/ledger/journals/wallet.steps.ts';
import type { LedgerAccountKind } from '../../../../src/generated/prisma/enums.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { type Books, openBooks, paidPayment, refusalOf } from '../support/books.ts';
import { expectTrueBooks } from '../support/invariants.ts';

const at = new Date('2026-11-22T10:00:00Z');
const currency = 'BDT';
const shares = { amountMinor: 1_000n, commissionMinor: 50n, taxMinor: 150n };

let books: Books;
/** A host of its own for every test. */
let hostId: string;
let guestId: string;
let person = 0;

beforeAll(async () => {
  books = await openBooks({ people: 60 });
});
afterAll(() => books.close());
afterEach(() => expectTrueBooks(books.sql));

const newPeople = (): void => {
  hostId = books.people[person++] ?? '';
  guestId = books.people[person++] ?? '';
};

/** Balances of the host and the guest. */
const holdings = async () => ({
  pending: await books.balance('HOST_PENDING', hostId),
  available: await books.balance('HOST_AVAILABLE', hostId),
  owed: await books.balance('HOST_RECEIVABLE', hostId),
  wallet: await books.balance('ATTENDEE_WALLET', guestId),
});

/** What work moved on the platform's accounts. */
const movedBy = async (work: () => Promise<unknown>): Promise<Partial<Record<LedgerAccountKind, bigint>>> => {
  const kinds = [
    'PSP_CLEARING',
    'PLATFORM_COMMISSION',
    'TAX_PAYABLE',
    'PSP_FEE_EXPENSE',
    'PROMO_EXPENSE',
    'BANK',
  ] as const;
  const more = ['DISPUTE_RESERVE', 'PAYOUT_IN_TRANSIT', 'SUBSCRIPTION_DEFERRED', 'SUSPENSE'] as const;
  const read = () => Promise.all([...kinds, ...more].map(async (kind) => [kind, await books.balance(kind)] as const));
  const before = new Map(await read());
  await work();
  const moves = (await read()).map(([kind, balance]) => [kind, balance - (before.get(kind) ?? 0n)] as const);
  return Object.fromEntries(moves.filter(([, move]) => move !== 0n));
};

const captured = async (parts = shares): Promise<string> => {
  newPeople();
  const paymentId = await paidPayment(books, guestId, parts);
  await books.inTx((tx) => journalCapture(tx, { paymentId, hostId, currency, at, ...parts }));
  return paymentId;
};

const release = (paymentId: string) => books.inTx((tx) => journalRelease(tx, { hostId, currency, paymentId, at }));

const refunded = async (
  paymentId: string,
  parts: typeof shares,
  to: 'PROVIDER' | { walletOf: string } = 'PROVIDER',
) => {
  const refundId = newId();
  await books.database.refund.create({ data: { id: refundId, paymentId, amount: parts.amountMinor } });
  await books.inTx((tx) => journalRefund(tx, { refundId, paymentId, hostId, currency, to, at, ...parts }));
  return refundId;
};

const disputed = async (
  paymentId: string,
): Promise<{ disputeId: string; paymentId: string; hostId: string; currency: string; at: Date }> => {
  const disputeId = newId();
  await books.database.dispute.create({
    data: { id: disputeId, paymentId, providerDisputeId: disputeId, reason: 'FRAUDULENT', amount: shares.amountMinor },
  });
  const dispute = { disputeId, paymentId, hostId, currency, at };
  await books.inTx((tx) => journalDisputeOpened(tx, { ...dispute, ...shares }));
  return dispute;
};

describe('a booking', () => {
  test('its capture parts the money', async () => {
    const moved = await movedBy(() => captured());
    expect(moved).toEqual({ PSP_CLEARING: -1_000n, PLATFORM_COMMISSION: 50n, TAX_PAYABLE: 150n });
    expect(await holdings()).toMatchObject({ pending: 800n, available: 0n });
  });

  test('booked twice is booked once', async () => {
    const paymentId = await captured();
    const again = await books.inTx((tx) => journalCapture(tx, { paymentId, hostId, currency, at, ...shares }));
    expect(again.posted).toBe(false);
    expect(await holdings()).toMatchObject({ pending: 800n });
  });

  test('what the provider keeps is a journal of its own', async () => {
    const paymentId = await captured();
    const fee = { paymentId, feeMinor: 29n, currency, at };
    expect(await movedBy(() => books.inTx((tx) => journalProviderFee(tx, fee)))).toEqual({
      PSP_FEE_EXPENSE: -29n,
      PSP_CLEARING: 29n,
    });
  });

  test('a promo code of the platform is the platform’s expense, and goes back with a refund', async () => {
    newPeople();
    const paymentId = await paidPayment(books, guestId, shares);
    const topUp = { paymentId: newId(), userId: guestId, amountMinor: 2_000n, currency, at };
    await books.inTx((tx) => journalTopUp(tx, topUp));
    const payment = { id: paymentId, userId: guestId, purpose: 'BOOKING', method: 'WALLET', currency, hostId } as const;
    const capture = { ...shares, platformDiscountMinor: 200n, at };
    const book = () => books.inTx((tx) => bookCapture(tx, payment, capture));
    expect(await movedBy(book)).toEqual({ PROMO_EXPENSE: -200n, PLATFORM_COMMISSION: 50n, TAX_PAYABLE: 150n });
    expect(await movedBy(book)).toEqual({});
    expect(await release(paymentId)).toMatchObject({ releasedMinor: 1_000n });
    const back = { ...shares, promoMinor: 200n };
    expect(await movedBy(() => refunded(paymentId, back, { walletOf: guestId }))).toEqual({
      PROMO_EXPENSE: 200n,
      PLATFORM_COMMISSION: -50n,
      TAX_PAYABLE: -150n,
    });
    expect(await holdings()).toEqual({ pending: 0n, available: 0n, owed: 0n, wallet: 2_000n });
  });

  test('is released once', async () => {
    const paymentId = await captured();
    const first = await release(paymentId);
    expect(first).toMatchObject({ releasedMinor: 800n, recoveredMinor: 0n });
    expect(await release(paymentId)).toEqual(first);
    expect(await holdings()).toMatchObject({ pending: 0n, available: 800n });
  });
});

describe('a refund', () => {
  test('before the release comes out of what the payment has pending', async () => {
    const paymentId = await captured();
    const moved = await movedBy(() => refunded(paymentId, shares));
    expect(moved).toEqual({ PSP_CLEARING: 1_000n, PLATFORM_COMMISSION: -50n, TAX_PAYABLE: -150n });
    expect(await holdings()).toMatchObject({ pending: 0n, available: 0n, owed: 0n });
    expect(await release(paymentId)).toBeNull();
  });

  test('never takes what another payment of the host has pending', async () => {
    const paymentId = await captured();
    const second = await paidPayment(books, guestId, shares);
    await books.inTx((tx) => journalCapture(tx, { paymentId: second, hostId, currency, at, ...shares }));
    await release(paymentId);
    await refunded(paymentId, shares);
    expect(await holdings()).toMatchObject({ pending: 800n, available: 0n, owed: 0n });
  });

  test('after the release comes out of what is available', async () => {
    const paymentId = await captured();
    await release(paymentId);
    await refunded(paymentId, { amountMinor: 500n, commissionMinor: 25n, taxMinor: 75n });
    expect(await holdings()).toMatchObject({ pending: 0n, available: 400n, owed: 0n });
  });

  test('after the payout is owed, and recovered from the next release before anything is payable', async () => {
    const paymentId = await captured();
    await release(paymentId);
    const payout = { payoutId: newId(), attempt: 1, hostId, amountMinor: 700n, currency, at };
    await books.inTx((tx) => journalPayoutSubmitted(tx, payout));
    await refunded(paymentId, shares);
    expect(await holdings()).toMatchObject({ pending: 0n, available: 0n, owed: -700n });
    const next = await paidPayment(books, guestId, shares);
    await books.inTx((tx) => journalCapture(tx, { paymentId: next, hostId, currency, at, ...shares }));
    expect(await release(next)).toMatchObject({ releasedMinor: 800n, recoveredMinor: 700n });
    expect(await holdings()).toMatchObject({ available: 100n, owed: 0n });
  });

  test('into a wallet makes credit', async () => {
    const paymentId = await captured();
    const moved = await movedBy(() => refunded(paymentId, shares, { walletOf: guestId }));
    expect(moved).toEqual({ PLATFORM_COMMISSION: -50n, TAX_PAYABLE: -150n });
    expect(await holdings()).toMatchObject({ wallet: 1_000n, pending: 0n });
  });
});

describe('a dispute', () => {
  test('sets everybody’s part aside, and lost it is gone', async () => {
    const paymentId = await captured();
    const opened = await movedBy(() => disputed(paymentId));
    expect(opened).toEqual({ DISPUTE_RESERVE: 1_000n, PLATFORM_COMMISSION: -50n, TAX_PAYABLE: -150n });
    expect(await release(paymentId)).toBeNull();
  });

  test('lost, the provider has taken it', async () => {
    const dispute = await disputed(await captured());
    const moved = await movedBy(() => books.inTx((tx) => journalDisputeLost(tx, dispute)));
    expect(moved).toEqual({ DISPUTE_RESERVE: -1_000n, PSP_CLEARING: 1_000n });
    expect(await holdings()).toMatchObject({ pending: 0n, available: 0n, owed: 0n });
  });

  test('won before the release, it waits for the event again', async () => {
    const paymentId = await captured();
    const dispute = await disputed(paymentId);
    const moved = await movedBy(() => books.inTx((tx) => journalDisputeWon(tx, dispute)));
    expect(moved).toEqual({ DISPUTE_RESERVE: -1_000n, PLATFORM_COMMISSION: 50n, TAX_PAYABLE: 150n });
    expect(await holdings()).toMatchObject({ pending: 800n });
    expect(await release(paymentId)).toMatchObject({ releasedMinor: 800n });
  });

  test('won after the payout, it pays back what the host owes', async () => {
    const paymentId = await captured();
    await release(paymentId);
    await books.inTx((tx) =>
      journalPayoutSubmitted(tx, { payoutId: newId(), attempt: 1, hostId, amountMinor: 800n, currency, at }),
    );
    const dispute = await disputed(paymentId);
    expect(await holdings()).toMatchObject({ available: 0n, owed: -800n });
    await books.inTx((tx) => journalDisputeWon(tx, dispute));
    expect(await holdings()).toMatchObject({ available: 0n, owed: 0n, pending: 0n });
  });

  test('that was never booked cannot end', async () => {
    const nobody = { disputeId: newId(), paymentId: newId(), hostId, currency, at };
    expect(await refusalOf(books.inTx((tx) => journalDisputeLost(tx, nobody)))).toMatch(/was not booked/);
  });

  test('of a top-up takes what credit is left', async () => {
    newPeople();
    const paymentId = await paidPayment(books, guestId, { amountMinor: 100n });
    await books.inTx((tx) => journalTopUp(tx, { paymentId, userId: guestId, amountMinor: 100n, currency, at }));
    const spend = { paymentId: newId(), userId: guestId, hostId, amountMinor: 70n, commissionMinor: 0n, taxMinor: 0n };
    await books.inTx((tx) => journalWalletSpend(tx, { ...spend, currency, at }));
    const dispute = { disputeId: newId(), paymentId, hostId: null, currency, at };
    const open = { ...dispute, userId: guestId, amountMinor: 100n, commissionMinor: 0n, taxMinor: 0n };
    expect(await movedBy(() => books.inTx((tx) => journalTopUpDisputeOpened(tx, open)))).toEqual({
      DISPUTE_RESERVE: 100n,
      SUSPENSE: -70n,
    });
    await books.inTx((tx) => journalDisputeWon(tx, dispute));
    expect(await holdings()).toMatchObject({ wallet: 30n });
  });
});

describe('a payout', () => {
  const submitted = async () => {
    await release(await captured());
    const payout = { payoutId: newId(), attempt: 1, hostId, amountMinor: 800n, currency, at };
    await books.inTx((tx) => journalPayoutSubmitted(tx, payout));
    return payout;
  };

  test('goes through transit to the bank', async () => {
    const payout = await submitted();
    expect(await movedBy(() => books.inTx((tx) => journalPayoutPaid(tx, payout)))).toEqual({
      PAYOUT_IN_TRANSIT: -800n,
      BANK: 800n,
    });
  });

  test.each([false, true])('comes back, paid before: %s', async (wasPaid) => {
    const payout = await submitted();
    if (wasPaid) await books.inTx((tx) => journalPayoutPaid(tx, payout));
    const moved = await movedBy(() => books.inTx((tx) => journalPayoutReturned(tx, payout)));
    expect(moved).toEqual(wasPaid ? { BANK: -800n } : { PAYOUT_IN_TRANSIT: -800n });
    expect(await holdings()).toMatchObject({ available: 800n });
    await books.inTx((tx) => journalPayoutSubmitted(tx, { ...payout, attempt: 2 }));
    expect(await holdings()).toMatchObject({ available: 0n });
  });

  test('of more than is available is refused by the database', async () => {
    await release(await captured());
    const payout = { payoutId: newId(), attempt: 1, hostId, amountMinor: 801n, currency, at };
    const refusal = await refusalOf(books.inTx((tx) => journalPayoutSubmitted(tx, payout)));
    expect(refusal).toContain('ledger_accounts_not_negative');
  });
});

describe('the platform’s own', () => {
  test('a plan is income as its time passes, and what is left of it goes back', async () => {
    newPeople();
    const paid = { paymentId: newId(), amountMinor: 1_150n, taxMinor: 150n, currency, at };
    await books.inTx((tx) => journalSubscriptionPaid(tx, paid));
    const period = { subscriptionId: newId(), periodEnd: at, earnedMinor: 400n, currency, at };
    const earn = () => books.inTx((tx) => journalSubscriptionEarned(tx, period));
    expect(await movedBy(earn)).toEqual({ SUBSCRIPTION_DEFERRED: -400n, PLATFORM_COMMISSION: 400n });
    expect((await earn()).posted).toBe(false);
    const back = { refundId: newId(), amountMinor: 690n, taxMinor: 90n, currency, at };
    expect(await movedBy(() => books.inTx((tx) => journalSubscriptionRefund(tx, back)))).toEqual({
      SUBSCRIPTION_DEFERRED: -600n,
      TAX_PAYABLE: -90n,
      PSP_CLEARING: 690n,
    });
  });

  test('bears the dispute of a plan', async () => {
    const dispute = { disputeId: newId(), paymentId: newId(), hostId: null, currency, at };
    const open = { ...dispute, amountMinor: 115n, commissionMinor: 0n, taxMinor: 15n };
    expect(await movedBy(() => books.inTx((tx) => journalSubscriptionDisputeOpened(tx, open)))).toEqual({
      DISPUTE_RESERVE: 115n,
      PLATFORM_COMMISSION: -100n,
      TAX_PAYABLE: -15n,
    });
  });

  test('a settlement moves what the provider owes to the bank', async () => {
    const settlement = { reference: newId(), amountMinor: 500n, currency, at };
    expect(await movedBy(() => books.inTx((tx) => journalSettlement(tx, settlement)))).toEqual({
      BANK: -500n,
      PSP_CLEARING: 500n,
    });
  });

  test('a top-up goes back as far as it is not spent; the rest is ours to look into', async () => {
    newPeople();
    const topUp = { paymentId: newId(), userId: guestId, amountMinor: 100n, currency, at };
    await books.inTx((tx) => journalTopUp(tx, topUp));
    const back = { refundId: newId(), userId: guestId, amountMinor: 60n, currency, at };
    expect(await movedBy(() => books.inTx((tx) => journalTopUpRefund(tx, back)))).toEqual({ PSP_CLEARING: 60n });
    const tooMuch = { ...back, refundId: newId() };
    expect(await movedBy(() => books.inTx((tx) => journalTopUpRefund(tx, tooMuch)))).toEqual({
      PSP_CLEARING: 60n,
      SUSPENSE: -20n,
    });
    expect(await books.balance('ATTENDEE_WALLET', guestId)).toBe(0n);
  });
});

describe('a correction', () => {
  test('is the opposite, once, and then what is right, once', async () => {
    const paymentId = await captured();
    const { id: journalId } = await books.database.transaction.findFirstOrThrow({ where: { sourceId: paymentId } });
    const correction = { journalId, description: 'The commission was wrong', createdById: hostId, at };
    const undone = await movedBy(() => books.inTx((tx) => reverseJournal(tx, correction)));
    expect(undone).toEqual({ PSP_CLEARING: 1_000n, PLATFORM_COMMISSION: -50n, TAX_PAYABLE: -150n });
    expect((await books.inTx((tx) => reverseJournal(tx, correction))).posted).toBe(false);
    const entries = [
      { account: { kind: 'PSP_CLEARING' } as const, amountMinor: -1_000n, currency },
      { account: { kind: 'HOST_PENDING', ownerId: hostId } as const, amountMinor: 1_000n, currency },
    ];
    await books.inTx((tx) => postCorrection(tx, { ...correction, entries }));
    expect((await books.inTx((tx) => postCorrection(tx, { ...correction, entries }))).posted).toBe(false);
    expect(await release(paymentId)).toMatchObject({ releasedMinor: 1_000n });
  });

  test('cannot itself be taken back, and needs a journal', async () => {
    const paymentId = await captured();
    const { id } = await books.database.transaction.findFirstOrThrow({ where: { sourceId: paymentId } });
    const correction = { description: 'x', createdById: hostId, at };
    const { journalId } = await books.inTx((tx) => reverseJournal(tx, { ...correction, journalId: id }));
    expect(await refusalOf(books.inTx((tx) => reverseJournal(tx, { ...correction, journalId })))).toMatch(
      /not taken back/,
    );
    expect(await refusalOf(books.inTx((tx) => reverseJournal(tx, { ...correction, journalId: newId() })))).toMatch(
      /no such/,
    );
  });
});
