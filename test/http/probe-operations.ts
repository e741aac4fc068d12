import { z } from 'zod';
import { operation } from '../../src/kernel/contract.ts';
import { AppError } from '../../src/kernel/errors.ts';
import { anyone, type Handler, handle, nothing } from '../../src/kernel/handler.ts';
import { commit } from '../../src/platform/db/commit.ts';

/** Operations that show what reached them. */

const search = operation({
  name: 'echo.search',
  summary: 'Gives its input back',
  access: 'public',
  durability: 'read',
  rates: [],
  input: z.object({
    roomId: z.string(),
    page: z.int().default(1),
    near: z.number().nullable().optional(),
    open: z.boolean().optional(),
    ids: z.array(z.int()).optional(),
    tags: z.array(z.string()).optional(),
    text: z.string().optional(),
    since: z.coerce.date().optional(),
  }),
  output: z.looseObject({}),
  errors: [],
  http: 'GET /v1/rooms/{roomId}/things/{page}',
});

const change = operation({
  name: 'echo.change',
  summary: 'Gives its input back',
  access: 'public',
  durability: 'read',
  rates: [],
  input: z.object({ roomId: z.string(), text: z.string().optional(), note: z.string().optional() }),
  output: z.looseObject({}),
  errors: [],
  http: 'PATCH /v1/rooms/{roomId}',
});

const whoami = operation({
  name: 'echo.whoami',
  summary: 'Says who asks',
  access: 'user',
  durability: 'read',
  rates: [],
  input: z.object({}),
  output: z.looseObject({}),
  errors: [],
  http: 'GET /v1/whoami',
});

const origin = operation({
  name: 'echo.origin',
  summary: 'Says where the call came from',
  access: 'public',
  durability: 'read',
  rates: [],
  input: z.object({}),
  output: z.looseObject({}),
  errors: [],
  http: 'GET /v1/rooms/origin',
});

const fail = operation({
  name: 'echo.fail',
  summary: 'Fails as told',
  access: 'public',
  durability: 'read',
  rates: [],
  input: z.object({ how: z.enum(['CONFLICT', 'SLOW_MODE', 'OVERLOADED', 'GONE', 'bug']) }),
  output: z.object({}),
  errors: ['CONFLICT', 'SLOW_MODE'],
  http: 'GET /v1/fail',
});

const append = operation({
  name: 'echo.append',
  summary: 'Counts',
  access: 'user',
  durability: 'accepted',
  rates: [{ limit: 20, windowSeconds: 60, by: 'actor' }],
  input: z.object({ text: z.string() }),
  output: z.object({ n: z.number() }),
  errors: [],
  http: 'POST /v1/appended',
});

const store = operation({
  name: 'echo.store',
  summary: 'Commits nothing but the call itself',
  access: 'user',
  durability: 'committed',
  rates: [],
  input: z.object({ text: z.string() }),
  output: z.object({ text: z.string() }),
  errors: [],
  http: 'POST /v1/stored',
});

const onSocketsOnly = operation({
  name: 'echo.live',
  summary: 'Has no route',
  access: 'public',
  durability: 'ephemeral',
  rates: [],
  input: z.object({}),
  output: z.object({}),
  errors: [],
});

const failing = (how: string): never => {
  if (how === 'bug') throw new Error('a bug with a secret');
  const slow = how === 'SLOW_MODE';
  throw new AppError(how as 'CONFLICT', 'as told', slow ? { retryAfterMs: 1_200 } : {});
};

export const probeOperations = (): Handler[] => {
  let n = 0;
  return [
    handle(search, { load: nothing, allow: anyone, run: (input) => input }),
    handle(change, { load: nothing, allow: anyone, run: (input) => input }),
    handle(whoami, { load: nothing, allow: anyone, run: (_input, _subject, { actor }) => ({ ...actor }) }),
    handle(origin, {
      load: nothing,
      allow: anyone,
      run: (_input, _subject, { origin: from, requestId }) => ({ ...from, requestId }),
    }),
    handle(fail, { load: nothing, allow: anyone, run: ({ how }) => failing(how) }),
    handle(append, {
      load: nothing,
      allow: anyone,
      run: () => {
        n += 1;
        return { n };
      },
    }),
    commit(store, { load: nothing, allow: anyone, run: ({ text }) => ({ text }) }),
    handle(onSocketsOnly, { load: nothing, allow: anyone, run: () => ({}) }),
  ];
};
