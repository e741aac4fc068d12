import { describe, expect, test } from 'vitest';
import { asyncApi } from '../../../src/http/documents/asyncapi.ts';
import { contractsIn } from '../../../src/http/documents/contracts.ts';
import { topics } from '../../../src/sdk/contract.ts';
import * as seat from './contracts.ts';
import { danglingReferences } from './references.ts';

type Document = ReturnType<typeof JSON.parse>;

const print = (modules: object[]): Document =>
  JSON.parse(JSON.stringify(asyncApi(contractsIn(modules as Record<string, unknown>[]), '1.2.3')));

describe('an operation', () => {
  const { operations, channels, components } = print([seat]);

  test('is received, and replied to on the same name', () => {
    expect(operations['seat.take']).toMatchObject({
      action: 'receive',
      channel: { $ref: '#/channels/seat.take' },
      messages: [{ $ref: '#/channels/seat.take/messages/seat.take' }],
      reply: { messages: [{ $ref: '#/channels/seat.take/messages/seat.take.answer' }] },
      'x-durability': 'committed',
    });
    expect(channels['seat.take'].address).toBe('seat.take');
  });

  test('is there without an HTTP line too', () => {
    expect(operations['seat.wave'].action).toBe('receive');
  });

  test('answers its output or one of its errors', () => {
    const [done, refused] = components.messages['seat.take.answer'].payload.oneOf;
    expect(done.properties.ok.const).toBe(true);
    expect(Object.keys(done.properties.data.properties)).toEqual(['seat', 'at']);
    expect(refused.properties.ok.const).toBe(false);
    expect(refused.properties.error.allOf[1].properties.code.enum).toContain('COMMIT_TIMEOUT');
  });
});

describe('a signal', () => {
  const { operations, channels, components } = print([seat]);

  test('of a room is sent on the room’s channel, as an entry of its log', () => {
    expect(operations['seat.taken']).toMatchObject({ action: 'send', channel: { $ref: '#/channels/hall' } });
    expect(channels.hall).toMatchObject({ address: 'hall:{hallId}', parameters: { hallId: expect.anything() } });
    expect(components.messages['seat.taken'].payload.required).toEqual(['seq', 'signal', 'at', 'data']);
  });

  test('without a room is sent under its own name, as it is', () => {
    expect(operations['seat.waved'].channel).toEqual({ $ref: '#/channels/seat.waved' });
    expect(Object.keys(components.messages['seat.waved'].payload.properties)).toEqual(['room']);
  });
});

describe('the whole interface', () => {
  const contracts = contractsIn(Object.values(topics));
  const document = print(Object.values(topics));

  test('holds every operation, signal and room', () => {
    const names = [...contracts.operations, ...contracts.signals].map(({ name }) => name);
    expect(Object.keys(document.operations).sort()).toEqual(names.sort());
    const addresses = Object.values<Document>(document.channels).map(({ address }) => address);
    expect(addresses).toEqual(expect.arrayContaining(contracts.rooms.map(({ name }) => name)));
  });

  test('has no reference that leads nowhere', () => {
    expect(danglingReferences(document)).toEqual([]);
  });
});
