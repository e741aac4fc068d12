import { expect, test } from 'vitest';
import { z } from 'zod';
import { operation } from '../../src/kernel/contract.ts';
import { scopeOf } from '../../src/platform/idempotency-scope.ts';

const contract = operation({
  ...{ name: 'probe.renew', summary: 'Renews', access: 'public', durability: 'committed', rates: [], errors: [] },
  ...{ input: z.object({ secret: z.string().optional() }), output: z.object({}), repeatsBy: 'secret' },
});
const caller = (address: string, userId?: string) =>
  ({
    actor: userId === undefined ? null : { userId, sessionId: 's', role: 'USER' },
    origin: { carrier: 'http', address, agent: 'test' },
    requestId: 'r',
    now: new Date(),
  }) as const;
const scopes = (...of: Parameters<typeof scopeOf>[]): number => new Set(of.map((each) => scopeOf(...each))).size;

test('keys are apart by address without sign-in, an IPv6 network being one', () => {
  expect(scopes([contract, {}, caller('192.0.2.1')], [contract, {}, caller('192.0.2.2')])).toBe(2);
  expect(scopes([contract, {}, caller('2001:db8::1')], [contract, {}, caller('2001:db8::2')])).toBe(1);
});

test('keys are a user’s own, wherever they are', () => {
  expect(scopes([contract, {}, caller('192.0.2.1', 'ann')], [contract, {}, caller('192.0.2.2', 'ann')])).toBe(1);
  expect(scopes([contract, {}, caller('192.0.2.1', 'ann')], [contract, {}, caller('192.0.2.1', 'bob')])).toBe(2);
});

test('keys go with the secret where the contract names one, which stands nowhere in clear', () => {
  const [mine, other] = [{ secret: 'mine' }, { secret: 'other' }];
  expect(scopes([contract, mine, caller('192.0.2.1')], [contract, mine, caller('192.0.2.2', 'ann')])).toBe(1);
  expect(scopes([contract, mine, caller('192.0.2.1')], [contract, other, caller('192.0.2.1')])).toBe(2);
  expect(scopeOf(contract, mine, caller('192.0.2.1'))).not.toContain('mine');
});
