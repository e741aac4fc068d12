import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OperationContract } from '../../src/kernel/contract.ts';
import { ERRORS, type ErrorCode } from '../../src/kernel/errors.ts';
import type { Answer } from '../../src/kernel/execute.ts';
import { newId } from '../../src/platform/ids.ts';
import { callHttp } from './call-http.ts';
import { inputSchema, type Schema } from './input-schema.ts';
import { oneOfEachKind } from './kinds.ts';
import { openRawSocket, type RawSocket } from './raw-socket.ts';
import { type Gathering, goodInput, operations, type World } from './world.ts';

/** What stands in fields of an input that name things. */
type Ids = Record<string, string | string[]>;

/** Things of other people that an id may name. */
const foreignIn = (world: World): Ids => ({
  chatId: world.foreignChatId,
  sessionId: String(decodeJwt(world.stranger.token).sid),
  verificationId: world.stranger.verificationId,
  room: `chat:${world.foreignChatId}`,
  ...ofEvent(world.foreignGathering),
  ...world.foreignHoldings,
  ...ofPerson(world.stranger.id),
});
const ofEvent = ({ eventId, updateId, seriesId, ticketTypeIds: [ticketTypeId = ''] }: Gathering) => ({
  ...{ eventId, updateId, seriesId, ticketTypeId },
  assetId: newId(),
});
/** As whose something is asked for. */
const ofPerson = (id: string) => ({ userId: id, hostId: id, ownerId: id });
/** The same fields, with ids of nothing. */
const missingFor = (foreign: Ids): Ids => ({
  ...Object.fromEntries(
    Object.entries(foreign).map(([field, id]) => [field, Array.isArray(id) ? id.map(newId) : newId()]),
  ),
  room: `chat:${newId()}`,
});
/** People can be found by anyone; the others are made by the client or are places in its own lists. */
const OPEN = [
  ...['userIds', 'memberIds', 'clientId', 'mediaIds', 'cursor', 'upTo'],
  // Events that the caller does not run are passed over, whether there are such or not.
  'eventIds',
  // Everybody's catalogues; of what is chosen for an event the field is refused.
  ...['categoryId', 'parentId', 'cancellationPolicyId', 'taxRateId', 'planId'],
  // Within an event, which is guarded.
  ...['ticketTypeIds', 'listId', 'scanId', 'undoId'],
  ...['pollId', 'pollIds', 'questionId', 'intoId', 'choices'],
  // The same; and a device that there is not is answered as one whose signature is wrong.
  ...['scannerId', 'linkId'],
];
/** What is answered alike about everybody but oneself, and not as missing. */
const ANSWERS: Record<string, ErrorCode | 'OK'> = {
  // Whether there is such a person is no secret, and is not looked at.
  'payoutAccount.list': 'FORBIDDEN',
  'payout.list': 'FORBIDDEN',
  'payout.balances': 'FORBIDDEN',
  'ledger.accounts': 'FORBIDDEN',
  // Passes over what is not in one's own inbox.
  'notification.read': 'OK',
  // Answered as a wrong code.
  'verification.confirm': 'INVALID_INPUT',
  // There is no block of them.
  'block.remove': 'OK',
};

const fieldsWith = (schema: Schema, isWanted: (schema: Schema) => boolean): string[] =>
  Object.entries(schema.properties ?? {}).flatMap(([name, field]) => [
    ...(isWanted(field) || isWanted(field.items ?? {}) ? [name] : []),
    ...fieldsWith(field, isWanted),
    ...fieldsWith(field.items ?? {}, isWanted),
  ]);
const idsOf = (contract: OperationContract): string[] =>
  fieldsWith(inputSchema(contract), ({ format, pattern }) => format === 'uuid' || pattern?.includes('{36}') === true);

/** The good input with the given ids wherever the field stands. */
const inputWith = (world: World, contract: OperationContract, ids: Ids): Record<string, unknown> => {
  const place = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(place);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, ids[name] ?? place(each)]));
  };
  // Where such a field may be left out, it is given all the same.
  return place(goodInput(world, contract, Object.keys(ids))) as Record<string, unknown>;
};
const withoutIds = (answer: unknown, { room = '', ...ids }: Ids): unknown =>
  JSON.parse(
    [room, ...Object.values(ids)].flat().reduce((text, id) => text.replaceAll(id, 'ID'), JSON.stringify(answer)),
  );

// Nothing is foreign to staff. That there is such an account is no secret: anybody may be kept away.
const forPeople = operations.filter(({ access }) => access !== 'staff');
const guarded = forPeople.filter(
  (contract) => contract.name !== 'block.add' && idsOf(contract).some((name) => !OPEN.includes(name)),
);

/** Tests that ask, as somebody, for what other people have. */
export const testStrangers = (worldOf: () => World): void =>
  void describe('what belongs to others cannot be told from what does not exist', () => {
    let world: World;
    let socket: RawSocket;
    let foreign: Ids;
    let missing: Ids;

    beforeAll(async () => {
      world = worldOf();
      socket = await openRawSocket(world.url, { token: world.ann.token });
      foreign = foreignIn(world);
      missing = missingFor(foreign);
    });
    afterAll(() => socket?.close());

    test('every id in every input is known to be guarded or open', () => {
      const known = [...OPEN, ...Object.keys(foreign)];
      const names = forPeople.flatMap((contract) => idsOf(contract).map((id) => `${contract.name} ${id}`));
      expect(names.filter((name) => !known.includes(name.split(' ')[1] ?? ''))).toEqual([]);
      expect(guarded.length).toBeGreaterThan(10);
    });

    test.each(guarded.map((contract) => [contract.name, contract] as const))(
      '%s over Socket.IO',
      async (name, contract) => {
        const [other, none] = [foreign, missing];
        const aboutOther: Answer = await socket.call(name, inputWith(world, contract, other));
        const aboutNone: Answer = await socket.call(name, inputWith(world, contract, none));
        expect(withoutIds(aboutOther, other)).toEqual(withoutIds(aboutNone, none));
        if (!aboutOther.ok) expect(aboutOther.error.code).toBe(ANSWERS[name] ?? 'NOT_FOUND');
      },
    );

    test.each(
      oneOfEachKind(guarded)
        .filter(({ http }) => http)
        .map((contract) => [contract.name, contract] as const),
    )('%s over HTTP', async (name, contract) => {
      const [other, none] = [foreign, missing];
      const ask = (ids: Ids) =>
        callHttp(contract, { url: world.url, input: inputWith(world, contract, ids), token: world.ann.token });
      const [aboutOther, aboutNone] = [await ask(other), await ask(none)];
      const code = ANSWERS[name] ?? 'NOT_FOUND';
      expect(aboutOther).toMatchObject(
        code === 'OK' ? { status: 200 } : { status: ERRORS[code].status, body: { code } },
      );
      expect(withoutIds(aboutOther.body, other)).toEqual(withoutIds(aboutNone.body, none));
    });

    test.each([
      ...[
        'booking.get',
        'booking.refundQuote',
        'payment.get',
        'refund.get',
        'refund.list',
        'dispute.get',
        'dispute.list',
      ],
      ...['payout.get', 'payout.list', 'payout.balances', 'ledger.accounts', 'ledger.entries', 'invoice.get'],
      ...[
        'eventSeries.get',
        'eventUpdate.list',
        'chat.get',
        'promoCode.deactivate',
        'waitlist.leave',
        'notification.read',
      ],
    ])('%s is answered to whose it is, so that others are refused something that is there', async (name) => {
      const contract = operations.find((each) => each.name === name);
      if (!contract) throw new Error(`no operation ${name}`);
      const named = Object.fromEntries(Object.entries(foreign).filter(([field]) => idsOf(contract).includes(field)));
      const own = await openRawSocket(world.url, { token: world.stranger.token });
      expect(await own.call(name, inputWith(world, contract, named))).toMatchObject({ ok: true });
      own.close();
    });
  });
