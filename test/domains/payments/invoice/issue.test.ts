import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { creditReturns } from '../../../../src/domains/payments/invoice/credit.writes.ts';
import { issueInvoice } from '../../../../src/domains/payments/invoice/issue.writes.ts';
import { presentInvoices } from '../../../../src/domains/payments/invoice/present.ts';
import { renderInvoice } from '../../../../src/domains/payments/invoice/render.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { createSealing } from '../../../../src/platform/sealing.ts';
import { createSubjectKeys } from '../../../../src/platform/subject-keys/subject-keys.ts';
import { type Books, openBooks, refusalOf } from '../support/books.ts';
import { Crash, crashing } from '../support/crash.ts';

const now = new Date('2026-11-22T10:00:00Z');
const secret = randomBytes(32).toString('base64');
const keys = createSubjectKeys(secret, createSealing(secret));

let books: Books;
let hostId: string;
let guestId: string;

beforeAll(async () => {
  books = await openBooks({ people: 5, poolSize: 12 });
  [hostId = '', guestId = ''] = books.people;
  const data = books.people.map((userId, place) => ({ userId, firstName: `Person${place}`, lastName: 'Lovelace' }));
  await books.database.profile.createMany({ data });
});
afterAll(() => books.close());

const SNAPSHOT_LINE = {
  ...{ ticketTypeId: newId(), description: 'Early bird', quantity: 2, unitPriceMinor: 575, discountMinor: 0 },
  ...{ netMinor: 1_000, taxMinor: 150, feeMinor: 50, commissionMinor: 50, totalMinor: 1_200 },
  tax: { id: newId(), name: 'VAT', rateBasisPoints: 1_500, isInclusive: true },
};

const pay = async (seller = hostId): Promise<string> => {
  const id = newId();
  const snapshot = { hostId: seller, totalMinor: 1_200, feeMinor: 50, lines: [SNAPSHOT_LINE] };
  await books.database.payment.create({
    data: {
      ...{ id, userId: guestId, amount: 1_200n, taxAmount: 150n, commissionAmount: 50n, status: 'COMPLETED' },
      commissionSnapshot: snapshot,
    },
  });
  return id;
};

const refund = async (paymentId: string, amount: bigint, taxAmount: bigint): Promise<void> => {
  const data = { id: newId(), paymentId, amount, taxAmount, status: 'SETTLED', settledAt: now } as const;
  await books.database.refund.create({ data });
};

const issue = (paymentId: string) => books.inTx((tx) => issueInvoice(tx, { keys, now }, paymentId));
const credit = (paymentId: string) => books.inTx((tx) => creditReturns(tx, { paymentId, now }));
const find = (where: object) =>
  books.database.invoice.findMany({ where, orderBy: { number: 'asc' }, include: { corrects: true } });

test('numbers have no gaps, whoever issues at once and wherever a process dies', async () => {
  const seller = books.people[2] ?? '';
  const payments = await Promise.all(Array.from({ length: 30 }, () => pay(seller)));
  let died = 0;
  const issueAndDie = async (paymentId: string, place: number): Promise<void> => {
    try {
      const beforeStatement = place % 3 === 0 ? 1 + (place % 7) : 100;
      await books.inTx((tx) => issueInvoice(crashing(tx, beforeStatement), { keys, now }, paymentId));
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      died += 1;
    }
  };
  // Each twice at once; some die and come again.
  await Promise.all([...payments, ...payments].map(issueAndDie));
  await Promise.all(payments.map(issue));
  const issued = await find({ issuerId: seller });
  expect(issued.map(({ number }) => number)).toEqual(Array.from({ length: 30 }, (_, place) => place + 1));
  expect(new Set(issued.map(({ paymentId }) => paymentId)).size).toBe(30);
  expect(died).toBeGreaterThan(5);
}, 60_000);

test('an invoice says what was bought, from whom, and for whom', async () => {
  const paymentId = await pay();
  const id = await issue(paymentId);
  expect(await issue(paymentId)).toBe(id);
  const [stored] = await find({ id: id ?? '' });
  if (!stored) throw new Error('nothing was issued');
  expect(stored.billingDetails).not.toContain('Lovelace');
  const [shown] = await presentInvoices({ database: books.database, subjectKeys: keys }, [stored]);
  if (!shown) throw new Error('nothing is shown');
  expect(shown).toMatchObject({
    number: 'INV-2026-000001',
    kind: 'TICKETS',
    status: 'PAID',
    seller: { userId: hostId, name: 'Person0 Lovelace' },
    buyer: { userId: guestId, name: 'Person1 Lovelace' },
    total: { amountMinor: 1_200, currency: 'BDT' },
    tax: { amountMinor: 150, currency: 'BDT' },
    lines: [
      { description: 'Early bird', quantity: 2, total: { amountMinor: 1_150 } },
      { description: 'Booking fee', total: { amountMinor: 50 } },
    ],
  });
  const text = renderInvoice(shown);
  expect(text).toContain('2 x Early bird (VAT 15 %)');
  expect(text).toMatch(/Total +12\.00 BDT/);
  expect(text.split('\n').every((row) => row.length <= 72)).toBe(true);
});

test('credit notes tell of each refund once, and of all of it together', async () => {
  const paymentId = await pay();
  await issue(paymentId);
  await refund(paymentId, 401n, 50n);
  await Promise.all([credit(paymentId), credit(paymentId)]);
  await refund(paymentId, 799n, 100n);
  await Promise.all([credit(paymentId), credit(paymentId)]);
  const [invoice] = await find({ paymentId, kind: 'TICKETS' });
  const notes = await find({ paymentId, kind: 'CREDIT_NOTE' });
  expect(notes.map(({ totalAmount, taxAmount }) => [totalAmount, taxAmount])).toEqual([
    [-401n, -50n],
    [-799n, -100n],
  ]);
  expect(notes.map(({ correctsId }) => correctsId)).toEqual([invoice?.id, invoice?.id]);
  expect(invoice?.status).toBe('CREDITED');
});

test('a refund that is told of before the invoice is issued is credited with it', async () => {
  const paymentId = await pay();
  await refund(paymentId, 1_200n, 150n);
  expect(await credit(paymentId)).toBe(0);
  await issue(paymentId);
  expect(await find({ paymentId })).toHaveLength(2);
});

test('credit that was bought has no invoice', async () => {
  const id = newId();
  const data = { id, userId: guestId, amount: 100n, status: 'COMPLETED', purpose: 'WALLET_TOP_UP' } as const;
  await books.database.payment.create({ data });
  expect(await issue(id)).toBeNull();
});

test('what was issued cannot be changed or deleted, but for its status', async () => {
  const id = (await issue(await pay())) ?? '';
  const { invoice } = books.database;
  expect(await refusalOf(invoice.update({ where: { id }, data: { currency: 'EUR' } }))).toContain('is issued');
  expect(await refusalOf(invoice.update({ where: { id }, data: { lines: [] } }))).toContain('is issued');
  expect(await refusalOf(invoice.delete({ where: { id } }))).toMatch(/append-only|invoices_kept/);
  await invoice.update({ where: { id }, data: { status: 'CREDITED' } });
});

test('who was erased is named no more, and gets invoices all the same', async () => {
  const userId = books.people[4] ?? '';
  const kept = guestId;
  guestId = userId;
  const before = (await issue(await pay())) ?? '';
  await books.inTx((tx) => keys.eraseSubject(tx, userId));
  const after = (await issue(await pay())) ?? '';
  guestId = kept;
  const fresh = createSubjectKeys(secret, createSealing(secret));
  const shown = await presentInvoices({ database: books.database, subjectKeys: fresh }, await find({ id: before }));
  expect(shown[0]?.buyer.name).toBe('A person who has left');
  const [issued] = await find({ id: after });
  expect(issued?.billingDetails).toBeNull();
});
