import { describe, expect, test } from 'vitest';
import { contractsIn } from '../../../src/http/documents/contracts.ts';
import { openApi } from '../../../src/http/documents/openapi.ts';
import { topics } from '../../../src/sdk/contract.ts';
import * as seat from './contracts.ts';
import { danglingReferences } from './references.ts';

type Document = ReturnType<typeof JSON.parse>;

const print = (modules: object[]): Document =>
  // As a reader gets it: without what JSON leaves out.
  JSON.parse(JSON.stringify(openApi(contractsIn(modules as Record<string, unknown>[]).operations, '1.2.3')));

describe('one operation', () => {
  const { paths, components } = print([seat]);
  const take = paths['/v1/halls/{hallId}/seats'].post;
  const list = paths['/v1/halls/{hallId}/seats'].get;

  test('says what its answer promises and how often it may be called', () => {
    expect(take).toMatchObject({ operationId: 'seat.take', 'x-durability': 'committed', 'x-access': 'user' });
    expect(take['x-rates']).toHaveLength(2);
    expect(take.description).toContain('At most 5 calls in 60 s for each signed-in user.');
    expect(take.description).toContain('At most 9 calls in 10 s for each value of `hallId`.');
  });

  test('has its path fields in the path and the others in the body', () => {
    expect(take.parameters[0]).toMatchObject({ name: 'hallId', in: 'path', required: true });
    const body = take.requestBody.content['application/json'].schema;
    expect(Object.keys(body.properties)).toEqual(['seat', 'note']);
    expect(body.required).toEqual(['seat']);
    expect(take.requestBody.required).toBe(true);
  });

  test('has its other fields in the query when it is safe', () => {
    expect(list.parameters).toMatchObject([
      { name: 'hallId', in: 'path', required: true },
      { name: 'limit', in: 'query', required: false },
    ]);
    expect(list.requestBody).toBeUndefined();
  });

  test('takes no body when nothing is left for it', () => {
    expect(paths['/v1/halls/{hallId}/seats'].delete.requestBody).toBeUndefined();
  });

  test('takes an idempotency key exactly when it is unsafe', () => {
    const key = { $ref: '#/components/parameters/IdempotencyKey' };
    expect(take.parameters).toContainEqual(key);
    expect(list.parameters).not.toContainEqual(key);
  });

  test('asks for a token exactly when it is not public', () => {
    expect(take.security).toEqual([{ accessToken: [] }]);
    expect(list.security).toEqual([]);
  });

  test('names each error with the status it has', () => {
    expect(take.responses['409'].$ref).toBe('#/components/responses/CONFLICT');
    expect(take.responses['503'].$ref).toContain('COMMIT_TIMEOUT');
    expect(list.responses['409']).toBeUndefined();
    expect(list.responses['503'].$ref).not.toContain('COMMIT_TIMEOUT');
    const { schema } = components.responses.CONFLICT.content['application/problem+json'];
    expect(schema.allOf[1].properties.code.enum).toEqual(['CONFLICT']);
  });

  test('prints a field with a default as optional in what is sent, as present in what is answered', () => {
    const sent = take.requestBody.content['application/json'].schema.properties.seat.$ref;
    const answered = take.responses['200'].content['application/json'].schema.properties.seat.$ref;
    const schemaAt = (reference: string) => components.schemas[reference.split('/').at(-1) ?? ''];
    expect(schemaAt(sent).required).toEqual(['row']);
    expect(schemaAt(answered).required).toEqual(['row', 'label']);
  });
});

test('an operation without an HTTP line is not in the document', () => {
  expect(JSON.stringify(print([seat]))).not.toContain('seat.wave');
});

test('the same contracts in another order give the same document', () => {
  const { take, list, leave } = seat;
  expect(print([{ take, list, leave }])).toEqual(print([{ leave }, { take }, { list }]));
});

describe('the whole interface', () => {
  const document = print(Object.values(topics));
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path as object)) as Document[];

  test('holds every operation that has an HTTP line, once', () => {
    const routed = contractsIn(Object.values(topics)).operations.filter(({ http, file }) => http ?? file);
    expect(operations.map(({ operationId }) => operationId).sort()).toEqual(routed.map(({ name }) => name).sort());
    expect(operations.length).toBeGreaterThan(15);
  });

  test('says that a file is sent as it is', () => {
    const { put } = document.paths['/v1/media/{mediaId}/content'];
    expect(Object.keys(put.requestBody.content)).toContain('image/jpeg');
    expect(put.parameters.map(({ name }: Document) => name)).toEqual(['mediaId']);
  });

  test('has no reference that leads nowhere', () => {
    expect(danglingReferences(document)).toEqual([]);
  });

  test('declares each field of each path, as required', () => {
    for (const [path, methods] of Object.entries<Document>(document.paths)) {
      const fields = [...path.matchAll(/{(\w+)}/g)].map(([, field]) => field);
      for (const { parameters } of Object.values<Document>(methods)) {
        const inPath = parameters.filter((parameter: Document) => parameter.in === 'path');
        expect(inPath.map(({ name }: Document) => name).sort()).toEqual(fields.toSorted());
        expect(inPath.every(({ required }: Document) => required)).toBe(true);
      }
    }
  });
});
