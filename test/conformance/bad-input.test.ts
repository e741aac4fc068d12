import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isSafe, routeOf } from '../../src/http/documents/route.ts';
import type { OperationContract } from '../../src/kernel/contract.ts';
import type { Issue, WireError } from '../../src/kernel/errors.ts';
import { callHttp } from './call-http.ts';
import { inputSchema } from './input-schema.ts';
import { openLastingSocket, type RawSocket } from './raw-socket.ts';
import { callerOf, goodInput, openWorld, operations, type World } from './world.ts';
import { wrongTexts, wrongValues } from './wrong-values.ts';

let world: World;
let socket: RawSocket;
let staffSocket: RawSocket;
let pid: number | undefined;

beforeAll(async () => {
  world = await openWorld();
  socket = await openLastingSocket(world.url, { token: world.ann.token });
  staffSocket = await openLastingSocket(world.url, { token: world.admin.token });
  pid = world.cluster.nodes[0]?.pid();
});

afterAll(async () => {
  socket?.close();
  staffSocket?.close();
  await world?.stop();
});

/** Staff alone gets past the door of what is theirs. */
const socketFor = ({ access }: OperationContract): RawSocket => (access === 'staff' ? staffSocket : socket);

interface Wrong {
  field: string;
  input: Record<string, unknown>;
}

/** An otherwise good input for each way in which each field can be wrong, and without each field that must be there. */
const wrongInputs = (contract: OperationContract, values = wrongValues): Wrong[] => {
  const { properties = {}, required = [] } = inputSchema(contract);
  const missing = required.map((field): Wrong => {
    const { [field]: _, ...input } = goodInput(world, contract);
    return { field, input };
  });
  const wrong = Object.entries(properties).flatMap(([field, schema]) =>
    values(schema).map((value): Wrong => ({ field, input: { ...goodInput(world, contract), [field]: value } })),
  );
  return [...missing, ...wrong];
};

/** Empty when the answer refuses the field by its name. */
const complaint = ({ field, input }: Wrong, error: Partial<WireError> | undefined): string => {
  const issues: Issue[] = error?.issues ?? [];
  const isNamed = issues.some(
    ({ path, message }) => (path === field || path.startsWith(`${field}.`)) && message !== '',
  );
  if (error?.code === 'INVALID_INPUT' && isNamed) return '';
  return `${field}=${JSON.stringify(input[field])?.slice(0, 60)} was answered ${JSON.stringify(error)}`;
};

const complaints = async (wrongs: Wrong[], ask: (input: object) => Promise<Partial<WireError> | undefined>) => {
  const found: string[] = [];
  for (const wrong of wrongs) found.push(complaint(wrong, await ask(wrong.input)));
  return found.filter((each) => each !== '');
};

const named = operations.map((contract) => [contract.name, contract] as const);
const routed = named.filter(([, contract]) => contract.http);

describe('wrong input is refused with the name of the field', () => {
  test.each(named)('%s over Socket.IO', async (name, contract) => {
    const ask = async (input: object) => {
      const answer = await socketFor(contract).call(name, input);
      return answer.ok ? undefined : answer.error;
    };
    expect(await complaints(wrongInputs(contract), ask)).toEqual([]);
  });

  test.each(routed)('%s over HTTP', async (_name, contract) => {
    const route = routeOf(contract);
    const inUrl = (field: string): boolean => route?.pathFields.includes(field) === true || (!!route && isSafe(route));
    const inBody = wrongInputs(contract).filter(({ field, input }) => !inUrl(field) && input[field] !== undefined);
    // In a path and in a query everything is text, and an empty path segment would be another path.
    const inText = wrongInputs(contract, wrongTexts).filter(({ field, input }) => inUrl(field) && input[field]);
    const ask = async (input: object) => {
      const answer = await callHttp(contract, {
        url: world.url,
        input: { ...input },
        token: callerOf(world, contract).token,
      });
      return answer.status === 400 ? (answer.body as Partial<WireError>) : { message: `status ${answer.status}` };
    };
    expect(await complaints([...inBody, ...inText], ask)).toEqual([]);
  });
});

describe('whatever is sent', () => {
  const taking = named.filter(([, contract]) => Object.keys(inputSchema(contract).properties ?? {}).length > 0);

  test.each(taking)('%s answers once, and never as if it were our fault', async (name, contract) => {
    const values = fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }), fc.dictionary(fc.string(), fc.jsonValue()));
    await fc.assert(
      fc.asyncProperty(values, async (value) => {
        const answer = await socketFor(contract).call(name, value);
        expect(answer.ok ? 'OK' : answer.error.code).not.toBe('INTERNAL');
      }),
      { numRuns: 25 },
    );
  });

  test.each(taking)('%s stands texts that databases stumble over', async (name, contract) => {
    const { properties = {} } = inputSchema(contract);
    const texts = Object.keys(properties).filter((field) => properties[field]?.type === 'string');
    for (const field of texts) {
      for (const text of ['\u0000', '\uD800', "'; DROP TABLE users; --", '%00', '\u202Eabc', '__proto__']) {
        const answer = await socketFor(contract).call(name, { ...goodInput(world, contract), [field]: text });
        expect(answer.ok ? 'OK' : answer.error.code, `${field} ${JSON.stringify(text)}`).not.toBe('INTERNAL');
      }
    }
  });
});

test('no call was answered twice, and the server is the same process as before', () => {
  expect(socket.answeredTwice()).toEqual([]);
  expect(socket.isOpen()).toBe(true);
  expect(world.cluster.nodes[0]?.pid()).toBe(pid);
});
