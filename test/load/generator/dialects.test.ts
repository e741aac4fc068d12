import { describe, expect, test } from 'vitest';
import { bareDialect } from '../../../load/generator/dialects/bare.ts';
import { rallyDialect } from '../../../load/generator/dialects/rally.ts';

describe('the bare server', () => {
  test('delivers one message a packet', () => {
    const packet = `42["message",{"room":"hall","clientId":"c","body":"0.1.2.hello"}]`;
    expect(bareDialect.readDeliveries(packet)).toEqual({ room: 'hall', bodies: ['0.1.2.hello'] });
    expect(bareDialect.readDeliveries('42["other",{}]')).toBeUndefined();
  });

  test('refuses by anything but ok', () => {
    expect(bareDialect.readAnswer({ ok: true })).toEqual({});
    expect(bareDialect.readAnswer(undefined).refusal).toBeDefined();
  });
});

describe('Rally', () => {
  test('delivers the messages among the entries of a frame', () => {
    const entries = [
      { seq: 4, signal: 'chat.memberJoined', at: 'x', data: { userId: 'u' } },
      { seq: 5, signal: 'chat.sent', at: 'x', by: 'u', data: { body: 'one' } },
      { seq: 6, signal: 'chat.sent', at: 'x', by: 'u', data: { body: 'two' } },
    ];
    const packet = `42["room.entries",${JSON.stringify({ room: 'chat:1', epoch: 'e', entries, durable: 4 })}]`;
    expect(rallyDialect.readDeliveries(packet)).toEqual({
      room: 'chat:1',
      bodies: ['one', 'two'],
      position: { epoch: 'e', seq: 6 },
    });
    expect(rallyDialect.readDeliveries('42["session.ready",{}]')).toBeUndefined();
  });

  test('answers with places and watermarks, or with its error', () => {
    expect(rallyDialect.readAnswer({ ok: true, data: { seq: 7, durable: 5 } })).toEqual({ seq: 7, durable: 5 });
    const error = { code: 'RATE_LIMITED', message: 'x', retryable: true, retryAfterMs: 200 };
    expect(rallyDialect.readAnswer({ ok: false, error })).toEqual({ refusal: 'RATE_LIMITED', retryAfterMs: 200 });
    expect(rallyDialect.readAnswer(undefined).refusal).toBe('NO_ANSWER');
  });

  test('is sent to by chat id', () => {
    const call = rallyDialect.send({ room: 'chat:abc', clientId: 'c', body: 'hello' });
    expect(call.name).toBe('chat.send');
    expect(JSON.parse(call.inputJson)).toEqual({ chatId: 'abc', clientId: 'c', body: 'hello' });
  });
});
