import { expect, test } from 'vitest';
import { z } from 'zod';
import { operation } from '../../src/kernel/contract.ts';
import { AppError } from '../../src/kernel/errors.ts';
import { execute, type Runtime, runTogether } from '../../src/kernel/execute.ts';
import { type Call, type Group, type Handler, handle, handleTogether } from '../../src/kernel/handler.ts';

/** Serves without limits and without workers, and passes bugs on. */
const runtime: Runtime = {
  limit: () => undefined,
  commit: () => Promise.reject(new Error('there are no workers here')),
  once: async (_contract, _input, _call, run) => ({ data: await run(), replayed: false }),
  explain: () => null,
  observe: (_contract, _call, { bug }) => {
    if (bug) throw bug;
  },
};

const callBy = (role: string | null): Call => ({
  actor: role === null ? null : { userId: `the ${role}`, sessionId: 'session', role },
  origin: { carrier: 'http', address: '203.0.113.1', agent: 'test' },
  requestId: 'request',
  now: new Date(0),
});

const STAFF = ['SUPER_ADMIN', 'ADMIN', 'MODERATOR', 'SUPPORT'];
const shape = {
  name: 'thing.read',
  summary: 'Reads',
  durability: 'read',
  rates: [],
  errors: [],
  input: z.object({ name: z.string() }),
  output: z.object({ shown: z.string() }),
} as const;
const answer = { shown: 'all may see this', hidden: 'nobody may' };

const codeOf = async (handler: Handler, role: string | null, input: object = { name: 'mine' }): Promise<string> => {
  const outcome = await execute(runtime, handler, input, callBy(role));
  return outcome.ok ? 'OK' : outcome.error.code;
};

test('an operation is for everybody, for who is signed in or for staff, as its contract says', async () => {
  const roles = [null, 'USER', 'ORGANIZER', 'somebody', ...STAFF];
  const may = { public: roles, user: roles.filter((role) => role !== null), staff: [...STAFF] };
  for (const access of ['public', 'user', 'staff'] as const) {
    let loads = 0;
    const handler = handle(operation({ ...shape, access }), {
      load: () => {
        loads += 1;
        return true;
      },
      allow: () => true,
      run: () => answer,
    });
    for (const role of roles) {
      const refused = role === null ? 'UNAUTHENTICATED' : 'FORBIDDEN';
      expect(await codeOf(handler, role), `${access} by ${role}`).toBe(
        may[access].includes(role as never) ? 'OK' : refused,
      );
      // Before the input is looked at: who may not call learns nothing of what is asked for.
      expect(await codeOf(handler, role, {})).toBe(may[access].includes(role as never) ? 'INVALID_INPUT' : refused);
    }
    expect(loads).toBe(may[access].length);
  }
});

test('what is not found, or not the caller’s, is refused before it runs, and hidden fields never leave', async () => {
  const ran: string[] = [];
  const handler = handle(operation({ ...shape, access: 'user' }), {
    load: ({ name }) => (name === 'gone' ? null : name),
    sees: (_actor, subject) => subject !== 'secret',
    allow: (actor, subject) => actor.role === 'ADMIN' || subject === 'mine',
    run: (_input, subject, { actor }) => {
      ran.push(`${subject} by ${actor.userId}`);
      return answer;
    },
  });
  expect(await codeOf(handler, 'USER', { name: 'gone' })).toBe('NOT_FOUND');
  expect(await codeOf(handler, 'ADMIN', { name: 'secret' })).toBe('NOT_FOUND');
  expect(await codeOf(handler, 'USER', { name: 'theirs' })).toBe('FORBIDDEN');
  expect(ran).toEqual([]);
  expect(await execute(runtime, handler, { name: 'theirs' }, callBy('ADMIN'))).toEqual({
    ok: true,
    data: { shown: answer.shown },
  });
  expect(ran).toEqual(['theirs by the ADMIN']);
});

test('calls that are decided together are refused each by itself, and hidden fields never leave', async () => {
  const ran: string[] = [];
  const contract = operation({
    ...{ ...shape, name: 'thing.take', access: 'user', durability: 'committed', groupBy: 'name' },
    errors: ['CONFLICT'],
  });
  const handler = handleTogether(contract, {
    load: async (calls) => calls.map(({ input: { name } }) => (name === 'gone' ? null : name)),
    sees: (_actor, subject) => subject !== 'secret',
    allow: (_actor, subject) => subject !== 'theirs',
    run: async (calls) =>
      calls.map(({ subject }) => {
        ran.push(subject);
        return subject === 'taken' ? new AppError('CONFLICT', 'It is taken.') : answer;
      }),
  });
  const call = callBy('USER') as Call<NonNullable<Call['actor']>>;
  const names = ['mine', 'theirs', 'gone', 'secret', 'taken', 'mine too'];
  const calls = names.map((name) => ({ input: { name }, call, audit: () => undefined }));
  // Safe: these steps ask nothing of the transaction.
  const answers = await runTogether(handler, calls, {} as Group<unknown>);
  expect(answers.map((each) => (each instanceof AppError ? each.code : each.data))).toEqual([
    ...[{ shown: answer.shown }, 'FORBIDDEN', 'NOT_FOUND', 'NOT_FOUND', 'CONFLICT', { shown: answer.shown }],
  ]);
  expect(ran).toEqual(['mine', 'taken', 'mine too']);
});
