import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OperationContract } from '../../src/kernel/contract.ts';
import { type EventAnswer, type EventWorld, newEvent, openEventWorld } from '../domains/events/support/event-world.ts';
import { exampleOf, inputSchema } from './input-schema.ts';
import { operations } from './world.ts';
import { edgeValues } from './wrong-values.ts';

let world: EventWorld;
let ids: Record<string, unknown>;

beforeAll(async () => {
  world = await openEventWorld();
  const [host = '', other = ''] = world.people;
  const event = await world.ask<EventAnswer>(host, 'event.create', newEvent());
  await world.ask(host, 'event.publish', { eventId: event.id });
  const chat = await world.ask<{ id: string }>(host, 'chat.open', { kind: 'GROUP', title: 'A', memberIds: [other] });
  const account = await world.database.ledgerAccount.create({
    data: { kind: 'ATTENDEE_WALLET', ownerId: host, currencyCode: 'BDT', normalSide: 'CREDIT' },
  });
  const ticketTypeId = event.ticketTypes[0]?.id;
  const items = [{ ticketTypeId, quantity: 1 }];
  ids = { eventId: event.id, chatId: chat.id, ticketTypeId, accountId: account.id, items };
});
afterAll(() => world?.close());

/** An input that gets as far as an example can, with one field at an edge. */
const edgeInputs = (contract: OperationContract) => {
  const schema = inputSchema(contract);
  const fields = Object.entries(schema.properties ?? {});
  const known = Object.fromEntries(fields.flatMap(([name]) => (ids[name] === undefined ? [] : [[name, ids[name]]])));
  const example = { ...(exampleOf(schema) as object), ...known };
  return fields.flatMap(([name, each]) =>
    edgeValues(name, each).map((value) => ({ name, value, input: { ...example, [name]: value } })),
  );
};

const served = operations
  .filter(({ name }) => !/^(room|session)\./.test(name))
  .map((each) => [each.name, each] as const);

test.each(served)('%s never answers an edge as if it were our fault', async (name, contract) => {
  const [host = ''] = world.people;
  const by = contract.access === 'staff' ? { userId: host, role: 'SUPER_ADMIN' } : host;
  const ours: string[] = [];
  for (const { name: field, value, input } of edgeInputs(contract)) {
    const code = await world.call(by, name, input).then(
      (answer) => (answer.ok ? 'OK' : answer.error.code),
      (error: unknown) => String(error),
    );
    if (code === 'INTERNAL' || code.includes(' ')) ours.push(`${field}=${JSON.stringify(value)}: ${code}`);
  }
  expect(ours).toEqual([]);
});
