import { describe, expect, test } from 'vitest';
import { canAnswerDispute } from '../../../src/domains/payments/dispute/policy.ts';
import { canSeeInvoice } from '../../../src/domains/payments/invoice/policy.ts';
import { canSeeAccount } from '../../../src/domains/payments/ledger/policy.ts';
import { canSeePayment, isPayer } from '../../../src/domains/payments/payment/policy.ts';
import { canListPayouts, canSeePayout } from '../../../src/domains/payments/payout/policy.ts';
import { canListAccounts, isOwner, isOwnUsable } from '../../../src/domains/payments/payout-account/policy.ts';
import { canRefund, canSeeRefund } from '../../../src/domains/payments/refund/policy.ts';

const ACTORS = {
  payer: { userId: 'payer', sessionId: 's', role: 'USER' },
  host: { userId: 'host', sessionId: 's', role: 'HOST' },
  other: { userId: 'other', sessionId: 's', role: 'USER' },
  support: { userId: 'support', sessionId: 's', role: 'SUPPORT' },
};
type Name = keyof typeof ACTORS;
type Actor = (typeof ACTORS)[Name];
const names = Object.keys(ACTORS) as Name[];
const who = (may: (actor: Actor) => boolean): Name[] => names.filter((name) => may(ACTORS[name]));

describe('of money is known', () => {
  const parties = { payerId: 'payer', hostId: 'host' };

  test.each<[string, (actor: Actor) => boolean, Name[]]>([
    ['a payment: its payer and staff', (actor) => canSeePayment(actor, { userId: 'payer' }), ['payer', 'support']],
    ['what cancels a payment: its payer', (actor) => isPayer(actor, { userId: 'payer' }), ['payer']],
    ['a refund: payer, host and staff', (actor) => canSeeRefund(actor, parties), ['payer', 'host', 'support']],
    ['a refund without a host', (actor) => canSeeRefund(actor, { ...parties, hostId: null }), ['payer', 'support']],
    ['who refunds: host and staff', (actor) => canRefund(actor, parties), ['host', 'support']],
    ['a dispute: host and staff', (actor) => canAnswerDispute(actor, parties), ['host', 'support']],
    [
      'an invoice: buyer, seller and staff',
      (actor) => canSeeInvoice(actor, { userId: 'payer', issuerId: 'host' }),
      ['payer', 'host', 'support'],
    ],
    [
      'an invoice of the platform: buyer and staff',
      (actor) => canSeeInvoice(actor, { userId: 'payer', issuerId: null }),
      ['payer', 'support'],
    ],
    [
      'an account of the books: its owner and staff',
      (actor) => canSeeAccount(actor, { ownerId: 'host' }),
      ['host', 'support'],
    ],
    ['an account of the platform: staff', (actor) => canSeeAccount(actor, { ownerId: null }), ['support']],
    ['a payout: its host and staff', (actor) => canSeePayout(actor, { hostId: 'host' }), ['host', 'support']],
    [
      'a list of payouts: its host and staff',
      (actor) => canListPayouts(actor, true, { hostId: 'host' }),
      ['host', 'support'],
    ],
    ['own payouts: everybody', (actor) => canListPayouts(actor, true, {}), names],
    ['all payouts: staff', (actor) => canListPayouts(actor, true, { all: true }), ['support']],
    [
      'a list of accounts: their owner and staff',
      (actor) => canListAccounts(actor, true, { userId: 'host' }),
      ['host', 'support'],
    ],
    ['own accounts: everybody', (actor) => canListAccounts(actor, true, {}), names],
    ['an account that is paid out to: its owner', (actor) => isOwner(actor, { userId: 'host' }), ['host']],
    ['one in use', (actor) => isOwnUsable(actor, { userId: 'host', disabledAt: null }), ['host']],
    ['one out of use: nobody', (actor) => isOwnUsable(actor, { userId: 'host', disabledAt: new Date() }), []],
  ])('%s', (_what, may, expected) => {
    expect(who(may)).toEqual(expected);
  });
});
