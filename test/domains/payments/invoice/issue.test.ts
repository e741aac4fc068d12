import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dropBilling, keepBilling } from '../../../../src/domains/payments/billing/billing.writes.ts';
import { creditReturns } from '../../../../src/domains/payments/invoice/credit.writes.ts';
import { issueInvoices } from '../../../../src/domains/payments/invoice/issue.writes.ts';
import { presentInvoices } from '../../../../src/domains/payments/invoice/present.ts';
import { renderInvoice } from '../../../../src/domains/payments/invoice/render.rules.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { createSealing } from '../../../../src/platform/sealing.ts';
import { createSubjectKeys } from '../../../../src/platform/subject-keys/subject-keys.ts';
import { until } from '../../../support/until.ts';
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

/** @param fee what the guest pays on top; without one the host bears the commission */
const pay = async (seller = hostId, fee = 50): Promise<string> => {
  const id = newId();
  const totalMinor = 1_150 + fee;
  const lines = [{ ...SNAPSHOT_LINE, feeMinor: fee, totalMinor }];
  const snapshot = { hostId: seller, totalMinor, feeMinor: fee, lines };
  await books.database.payment.create({
    data: {
      ...{
        id,
        userId: guestId,
        amount: BigInt(totalMinor),
        taxAmount: 150n,
        commissionAmount: 50n,
        status: 'COMPLETED',
      },
      commissionSnapshot: snapshot,
    },
  });
  return id;
};

const refund = async (paymentId: string, amount: bigint, taxAmount: bigint): Promise<void> => {
  const data = { id: newId(), paymentId, amount, taxAmount, status: 'SETTLED', settledAt: now } as const;
  await books.database.refund.create({ data });
};

const issue = (paymentId: string) => books.inTx((tx) => issueInvoices(tx, { keys, now }, paymentId));
const credit = (paymentId: string) => books.inTx((tx) => creditReturns(tx, { paymentId, now }));
const find = (where: object) =>
  books.database.invoice.findMany({
    where,
    orderBy: { number: 'asc' },
    include: { corrects: { include: { corrects: true } } },
  });
const show = async (where: object, subjectKeys = keys) =>
  presentInvoices({ database: books.database, subjectKeys }, await find(where));

test('numbers have no gaps, whoever issues at once and wherever a process dies', async () => {
  const seller = books.people[2] ?? '';
  const payments = await Promise.all(Array.from({ length: 30 }, () => pay(seller)));
  let died = 0;
  const issueAndDie = async (paymentId: string, place: number): Promise<void> => {
    try {
      const beforeStatement = place % 3 === 0 ? 1 + (place % 7) : 100;
      await books.inTx((tx) => issueInvoices(crashing(tx, beforeStatement), { keys, now }, paymentId));
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
    seller: { userId: hostId, name: 'Person0 Lovelace', details: null },
    buyer: { userId: guestId, name: 'Person1 Lovelace', details: null },
    total: { amountMinor: 1_150, currency: 'BDT' },
    tax: { amountMinor: 150, currency: 'BDT' },
    lines: [{ description: 'Early bird', quantity: 2, total: { amountMinor: 1_150 } }],
  });
  const [fee, ...more] = await show({ paymentId, kind: { not: 'TICKETS' } });
  expect(more).toEqual([]);
  expect(fee).toMatchObject({
    kind: 'FEE',
    seller: { userId: null, name: 'Rally', details: null },
    buyer: { userId: guestId, name: 'Person1 Lovelace' },
    lines: [{ description: 'Booking fee', total: { amountMinor: 50 } }],
  });
  const text = renderInvoice(shown);
  expect(text).toContain('2 x Early bird (VAT 15 %)');
  expect(text).toMatch(/Total +11\.50 BDT/);
  expect(text.split('\n').every((row) => row.length <= 72)).toBe(true);
});

test('credit notes tell of each refund once, and of all of it together', async () => {
  const paymentId = await pay();
  await issue(paymentId);
  await refund(paymentId, 401n, 50n);
  await Promise.all([credit(paymentId), credit(paymentId)]);
  await refund(paymentId, 799n, 100n);
  await Promise.all([credit(paymentId), credit(paymentId)]);
  for (const [kind, expected] of [
    [
      'TICKETS',
      [
        [-385n, -50n],
        [-765n, -100n],
      ],
    ],
    [
      'FEE',
      [
        [-16n, 0n],
        [-34n, 0n],
      ],
    ],
  ] as const) {
    const [invoice] = await find({ paymentId, kind });
    const notes = await find({ paymentId, correctsId: invoice?.id ?? '' });
    expect(notes.map(({ totalAmount, taxAmount }) => [totalAmount, taxAmount])).toEqual(expected);
    expect(notes.map(({ issuerId }) => issuerId)).toEqual([invoice?.issuerId, invoice?.issuerId]);
    expect(invoice?.status).toBe('CREDITED');
  }
});

test('a refund that is told of before the invoice is issued is credited with it', async () => {
  const paymentId = await pay();
  await refund(paymentId, 1_200n, 150n);
  expect(await credit(paymentId)).toBe(0);
  await issue(paymentId);
  expect(await find({ paymentId })).toHaveLength(4);
});

test('a refund that settles while the invoice is being issued waits for it, and is credited', async () => {
  const paymentId = await pay();
  const waiting = async (): Promise<boolean> => {
    const { rows } = await books.sql.query(
      "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
    );
    return rows.length > 0;
  };
  let crediting: Promise<number> = Promise.resolve(0);
  let isDone = false;
  await books.inTx(async (tx) => {
    await issueInvoices(tx, { keys, now }, paymentId);
    await refund(paymentId, 1_200n, 150n);
    crediting = credit(paymentId).finally(() => {
      isDone = true;
    });
    await until(async () => isDone || (await waiting()), { what: 'the credit to wait' });
  });
  expect(await crediting).toBe(2);
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
  // A status goes on, and what is encrypted is encrypted anew.
  await invoice.update({ where: { id }, data: { status: 'CREDITED', sellerDetails: null, billingDetails: null } });
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
  const [shown] = await show({ id: before }, fresh);
  expect(shown?.buyer).toEqual({ userId, name: 'A person who has left', details: null });
  expect(shown?.seller.name).toBe('Person0 Lovelace');
  const [issued] = await find({ id: after });
  expect(issued?.billingDetails).toBeNull();
});

const DETAILS = {
  ...{ legalName: 'Lovelace Events Ltd', addressLines: ['12 St James’s Square', 'Floor 2'], postalCode: 'SW1Y 4JH' },
  ...{ city: 'London', country: 'GB', taxNumber: 'GB 123 4567 89' },
};

const give = (userId: string, changes: object = {}) =>
  books.inTx((tx) => keepBilling(tx, keys, { userId, billing: { ...DETAILS, ...changes }, now }));

test('an invoice and its credit notes keep seller and buyer as they were when it was issued', async () => {
  const [, , , seller = ''] = books.people;
  await give(seller);
  await give(guestId, { legalName: 'Person1 at work', taxNumber: null });
  const paymentId = await pay(seller);
  await issue(paymentId);
  await give(seller, { legalName: 'Another Ltd', city: 'Leeds' });
  await books.inTx((tx) => dropBilling(tx, guestId));
  await books.database.profile.update({ where: { userId: guestId }, data: { firstName: 'Renamed' } });
  await refund(paymentId, 401n, 50n);
  await credit(paymentId);
  const shown = await show({ paymentId });
  expect(shown).toHaveLength(4);
  for (const { seller: from, buyer: to } of shown) {
    if (from.userId !== null) expect(from).toEqual({ userId: seller, name: DETAILS.legalName, details: DETAILS });
    expect([to.name, to.details]).toEqual([
      'Person1 at work',
      { ...DETAILS, legalName: 'Person1 at work', taxNumber: null },
    ]);
  }
  const stored = JSON.stringify(await find({ paymentId, kind: 'TICKETS' }), (_, value) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  expect(stored).not.toMatch(/Lovelace|London|at work/);
  const row = await books.database.billingDetails.findUniqueOrThrow({ where: { userId: seller } });
  expect(row.details).not.toContain('Another');
  const text = shown.map(renderInvoice).join('');
  expect(text).toContain('SW1Y 4JH London, GB');
  expect(text).toContain('Tax number GB 123 4567 89');
  await books.database.profile.update({ where: { userId: guestId }, data: { firstName: 'Person1' } });
});

test('the platform stands on what it sells as the setting said on that day', async () => {
  const key = 'invoices.seller';
  const value = { ...DETAILS, legalName: 'Rally Ltd' };
  await books.database.systemSetting.create({ data: { key, kind: 'JSON', value, description: 'Who sells' } });
  const paymentId = await pay();
  await issue(paymentId);
  await books.database.systemSetting.delete({ where: { key } });
  const [fee] = await show({ paymentId, kind: 'FEE' });
  expect(fee?.seller).toEqual({ userId: null, name: 'Rally Ltd', details: value });
});

test('a host who bears the commission buys it from the platform, and what goes back of it is credited to them', async () => {
  const paymentId = await pay(hostId, 0);
  await Promise.all([issue(paymentId), issue(paymentId)]);
  expect(await find({ paymentId })).toHaveLength(2);
  const [commission] = await find({ paymentId, kind: 'COMMISSION' });
  expect(commission).toMatchObject({ userId: hostId, issuerId: null, totalAmount: 50n });
  expect(await find({ paymentId, kind: 'TICKETS' })).toMatchObject([{ totalAmount: 1_150n, issuerId: hostId }]);
  await refund(paymentId, 575n, 75n);
  await refund(paymentId, 575n, 75n);
  await Promise.all([credit(paymentId), credit(paymentId)]);
  const notes = await find({ correctsId: commission?.id ?? '' });
  expect(notes.map(({ totalAmount, userId }) => [totalAmount, userId])).toEqual([
    [-25n, hostId],
    [-25n, hostId],
  ]);
  expect(await find({ id: commission?.id ?? '' })).toMatchObject([{ status: 'CREDITED' }]);
});

test('what was issued before the fee had its own invoice is credited with the fee, on one note', async () => {
  const paymentId = await pay();
  const fee = { description: 'Booking fee', quantity: 1, netMinor: 50, taxMinor: 0, totalMinor: 50, tax: null };
  const { description, quantity, netMinor, taxMinor, tax } = SNAPSHOT_LINE;
  const lines = [{ description, quantity, netMinor, taxMinor, totalMinor: netMinor + taxMinor, tax }, fee];
  await books.database.invoice.create({
    data: {
      ...{ id: newId(), kind: 'TICKETS', series: `INV-2025-${hostId}`, number: 1, status: 'PAID', issuedAt: now },
      ...{
        userId: guestId,
        issuerId: hostId,
        paymentId,
        lines,
        netAmount: 1_050n,
        taxAmount: 150n,
        totalAmount: 1_200n,
      },
    },
  });
  await issue(paymentId);
  await refund(paymentId, 1_200n, 150n);
  await Promise.all([credit(paymentId), credit(paymentId)]);
  const all = await find({ paymentId });
  expect(all.map(({ totalAmount }) => totalAmount).sort()).toEqual([-1_200n, 1_200n]);
  expect(all.find(({ kind }) => kind === 'TICKETS')?.status).toBe('CREDITED');
});

test('numbers of the platform have no gaps either, whoever sells to whom at once', async () => {
  const people = books.people.slice(0, 4);
  const payments = await Promise.all(people.flatMap((seller) => [pay(seller), pay(seller, 0), pay(seller)]));
  await Promise.all([...payments, ...payments].map(issue));
  await Promise.all(payments.map((paymentId) => refund(paymentId, 300n, 40n)));
  await Promise.all([...payments, ...payments].map(credit));
  for (const kind of ['CREDIT_NOTE', undefined] as const) {
    const issued = await find({ issuerId: null, kind: kind ?? { not: 'CREDIT_NOTE' } });
    expect(issued.map(({ number }) => number)).toEqual(Array.from({ length: issued.length }, (_, place) => place + 1));
  }
  const ours = await find({ issuerId: null, paymentId: { in: payments } });
  expect(ours).toHaveLength(24);
});
