import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { BAD_TOKENS, forge } from './bad-tokens.ts';
import { briefly, REFUSALS, sendBadBodies, takingBodies } from './bodies.ts';
import { callHttp } from './call-http.ts';
import { type InProcess, openInProcess, REACHED } from './in-process.ts';
import { inputSchema } from './input-schema.ts';
import { goodInput, operations } from './world.ts';
import { complaints, errorIn, problemIn, wrongInputs, wrongInputsOverHttp } from './wrong-inputs.ts';

/** No address: the routes are asked in this process. */
const URL = 'http://in.process';

let inProcess: InProcess;
beforeAll(async () => {
  inProcess = await openInProcess();
});

const named = operations.map((contract) => [contract.name, contract] as const);
const routed = named.filter(([, contract]) => contract.http);
const tokenFor = (access: string): string => (access === 'staff' ? inProcess.tokens.staff : inProcess.tokens.user);

describe('what is shown here of every operation is what both carriers do', () => {
  const countsIn = (folder: string, pattern: RegExp): Record<string, number> =>
    Object.fromEntries(
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith('.ts') && !path.includes('vendor'))
        .map((path) => [path, readFileSync(join(folder, path), 'utf8').match(pattern)?.length ?? 0] as const)
        .filter(([, count]) => count > 0),
    );

  test('a socket hears calls in one place, which hands every one to the kernel', () => {
    expect(countsIn('src/realtime', /\.onAny\(/g)).toEqual({ 'expose.ts': 1 });
    expect(countsIn('src/realtime', /\bexecute\(/g)).toEqual({ 'expose.ts': 1 });
    const own = Object.keys(countsIn('src/realtime', /socket\.on\('(?!disconnect')/g));
    expect(own).toEqual([]);
  });

  test('every route of an operation is made in one place, but for those whose bodies are no JSON', () => {
    expect(countsIn('src/http', /\bcreateRoute\(/g)).toEqual({ 'expose.ts': 1 });
    expect(countsIn('src/http', /\bexecute\(/g)).toEqual({ 'expose.ts': 1, 'expose-raw.ts': 4, 'pages/ask.ts': 1 });
  });

  test('a good call passes here', async () => {
    const passed: string[] = [];
    for (const [name, contract] of named) {
      const answer = await inProcess.call(contract, goodInput(inProcess.things, contract));
      if (errorIn(answer)?.message === REACHED) passed.push(name);
    }
    expect(passed).toEqual(named.map(([name]) => name));
  });

  test.each(routed)('a good request of %s passes here', async (_name, contract) => {
    const { things, fetch } = inProcess;
    const input = goodInput(things, contract);
    const { body } = await callHttp(contract, { url: URL, input, token: tokenFor(contract.access), fetch });
    expect(body?.detail).toBe(REACHED);
  });
});

describe('wrong input is refused with the name of the field', () => {
  test.each(named)('%s over Socket.IO', async (_name, contract) => {
    const ask = async (input: object) => errorIn(await inProcess.call(contract, input));
    expect(await complaints(wrongInputs(inProcess.things, contract), ask)).toEqual([]);
  });

  test.each(routed)('%s over HTTP', async (_name, contract) => {
    const { things, fetch } = inProcess;
    const token = tokenFor(contract.access);
    const ask = async (input: Record<string, unknown>) =>
      problemIn(await callHttp(contract, { url: URL, input, token, fetch }));
    expect(await complaints(wrongInputsOverHttp(things, contract), ask)).toEqual([]);
  });
});

describe('whatever is sent', () => {
  const taking = named.filter(([, contract]) => Object.keys(inputSchema(contract).properties ?? {}).length > 0);

  test.each(taking)('to %s is never answered as if it were our fault', async (_name, contract) => {
    const values = fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }), fc.dictionary(fc.string(), fc.jsonValue()));
    await fc.assert(
      fc.asyncProperty(values, async (value) => {
        expect(errorIn(await inProcess.call(contract, value))?.code).not.toBe('INTERNAL');
      }),
      { numRuns: 25 },
    );
  });
});

describe.each(BAD_TOKENS)('%s', (_what, make, code) => {
  test('is refused by every operation over HTTP that is not public', async () => {
    const { things, fetch, signingKey, tokens } = inProcess;
    const token = await make({ token: tokens.user, signingKey });
    for (const [name, contract] of routed.filter(([, { access }]) => access !== 'public')) {
      const headers = token === '' ? {} : { authorization: `Bearer ${token}` };
      const answer = await callHttp(contract, { url: URL, input: goodInput(things, contract), headers, fetch });
      expect(answer, name).toMatchObject({ status: 401, body: { code, status: 401, retryable: false } });
      expect(answer.headers.get('content-type'), name).toContain('application/problem+json');
    }
  });
});

test('a token made here like the server’s own is taken, so that the others are refused for what was changed', async () => {
  const { things, fetch, signingKey, tokens } = inProcess;
  const token = await forge({ token: tokens.user, signingKey });
  const forPeople = routed.filter(([, { access, fresh }]) => access === 'user' && !fresh);
  for (const [name, contract] of forPeople) {
    const { body } = await callHttp(contract, { url: URL, input: goodInput(things, contract), token, fetch });
    expect(body?.detail, name).toBe(REACHED);
  }
});

describe('bodies over HTTP', () => {
  test.each(takingBodies(operations).map((taking) => [taking.contract.name, taking] as const))(
    '%s refuses more than 64 KB, what is not JSON, and JSON that is no object',
    async (_name, taking) => {
      const { things, fetch } = inProcess;
      const server = { url: URL, token: tokenFor(taking.contract.access), things, fetch };
      expect(briefly(await sendBadBodies(server, taking))).toEqual(REFUSALS);
    },
  );
});
