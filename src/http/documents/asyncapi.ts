import { errorsOf, type OperationContract, type RoomContract, type SignalContract } from '../../kernel/contract.ts';
import type { Contracts } from './contracts.ts';
import { SOCKET_GUIDE } from './guides.ts';
import { createSchemaBook, type JsonObject, type SchemaBook } from './json-schema.ts';
import { extensionsOf, promisesOf, topicOf } from './meanings.ts';
import { REFUSAL } from './wire-schemas.ts';

/** The live interface as an AsyncAPI 3 document, in an order that depends on names alone. */
export const asyncApi = (contracts: Contracts, version: string): JsonObject => {
  const operations = byName(contracts.operations);
  const signals = byName(contracts.signals);
  const book = createSchemaBook('draft-7');
  const messages = Object.fromEntries([
    ...operations.flatMap((contract) => callMessages(contract, book)),
    ...signals.map((contract): Named => [contract.name, signalMessage(contract, book)]),
  ]);
  return {
    asyncapi: '3.0.0',
    info: { title: 'Rally', version, description: SOCKET_GUIDE, license: { name: 'MIT' } },
    defaultContentType: 'application/json',
    servers: SERVERS,
    channels: channelsOf({ operations, signals, rooms: byName(contracts.rooms) }),
    operations: Object.fromEntries([
      ...operations.map((contract): Named => [contract.name, receive(contract)]),
      ...signals.map((contract): Named => [contract.name, send(contract)]),
    ]),
    components: {
      messages,
      schemas: { ...book.schemas, Refusal: REFUSAL },
      securitySchemes: { accessToken: ACCESS_TOKEN },
    },
  };
};

type Named = [name: string, value: JsonObject];

const byName = <T extends { name: string }>(contracts: readonly T[]): T[] =>
  contracts.toSorted((a, b) => (a.name < b.name ? -1 : 1));

/** `chat:{chatId}` is printed as the channel `chat`. */
const kindOf = ({ name }: RoomContract): string => name.slice(0, name.indexOf(':'));

/** A room's signals share its channel; what does not belong to a room has a channel of its own name. */
const channelOf = ({ name, room }: SignalContract): string => (room ? kindOf(room) : name);
const answerOf = ({ name }: OperationContract): string => `${name}.answer`;

const messageIn = (channel: string, name: string): JsonObject => ({ $ref: `#/channels/${channel}/messages/${name}` });

const listMessages = (names: string[]): JsonObject =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/messages/${name}` }]));

const channelsOf = ({ operations, signals, rooms }: Contracts): JsonObject =>
  Object.fromEntries([
    ...operations.map((call): Named => [call.name, named(call.name, [call.name, answerOf(call)])]),
    ...signals.filter(({ room }) => !room).map(({ name }): Named => [name, named(name, [name])]),
    ...rooms.map((room): Named => [kindOf(room), roomChannel(room, signals)]),
  ]);

/** A Socket.IO message name. */
const named = (address: string, messages: string[]): JsonObject => ({ address, messages: listMessages(messages) });

const roomChannel = (room: RoomContract, signals: readonly SignalContract[]): JsonObject => {
  const parameter = room.name.slice(room.name.indexOf('{') + 1, -1);
  const carried = signals.filter((each) => each.room && kindOf(each.room) === kindOf(room));
  const how = 'Watch it by `room.watch`; its entries arrive inside `room.entries`, in the order of the log.';
  return {
    address: room.name,
    title: `The room ${room.name}`,
    description: `${room.summary}\n\n${how}`,
    parameters: { [parameter]: { description: 'A UUID' } },
    messages: listMessages(carried.map(({ name }) => name)),
  };
};

/** What the server receives: a call, and the answer it gives. */
const receive = (contract: OperationContract): JsonObject => ({
  action: 'receive',
  channel: { $ref: `#/channels/${contract.name}` },
  title: contract.name,
  summary: contract.summary,
  description: promisesOf(contract),
  tags: [{ name: topicOf(contract) }],
  messages: [messageIn(contract.name, contract.name)],
  reply: {
    channel: { $ref: `#/channels/${contract.name}` },
    messages: [messageIn(contract.name, answerOf(contract))],
  },
  ...extensionsOf(contract),
});

/** What the server sends unasked. */
const send = (contract: SignalContract): JsonObject => ({
  action: 'send',
  channel: { $ref: `#/channels/${channelOf(contract)}` },
  title: contract.name,
  summary: contract.summary,
  tags: [{ name: topicOf(contract) }],
  messages: [messageIn(channelOf(contract), contract.name)],
});

const callMessages = (contract: OperationContract, book: SchemaBook): Named[] => {
  const { name, summary, input, output } = contract;
  const data = book.print(output, 'output');
  const error = {
    allOf: [{ $ref: '#/components/schemas/Refusal' }, { properties: { code: { enum: errorsOf(contract) } } }],
  };
  const answer = { oneOf: [answered(true, { data }), answered(false, { error })] };
  return [
    [name, { name, title: name, summary, payload: book.print(input, 'input') }],
    [answerOf(contract), { name, title: `${name}, acknowledged`, payload: answer }],
  ];
};

const answered = (ok: boolean, content: JsonObject): JsonObject => ({
  type: 'object',
  required: ['ok', ...Object.keys(content)],
  properties: { ok: { const: ok }, ...content },
});

const signalMessage = ({ name, summary, data, room }: SignalContract, book: SchemaBook): JsonObject => {
  const payload = book.print(data, 'output');
  return { name, title: name, summary, payload: room ? entryOf(name, payload) : payload };
};

/** A room's signal travels as an entry of its log. */
const entryOf = (signal: string, data: JsonObject): JsonObject => ({
  type: 'object',
  required: ['seq', 'signal', 'at', 'data'],
  properties: {
    seq: { type: 'integer', minimum: 1 },
    signal: { const: signal },
    at: { type: 'string', format: 'date-time' },
    by: { type: 'string', format: 'uuid', description: 'The user who caused it; absent when the server did' },
    data,
  },
});

const ACCESS_TOKEN: JsonObject = {
  type: 'http',
  scheme: 'bearer',
  bearerFormat: 'JWT',
  description: 'Sent in the handshake as `auth.token`. Without it only public operations can be called, over HTTP.',
};

const SERVERS: JsonObject = {
  rally: {
    host: '{host}',
    pathname: '/socket.io/',
    protocol: 'wss',
    description: 'Socket.IO 4 (Engine.IO protocol 4), WebSocket transport.',
    variables: { host: { default: 'localhost:3000' } },
    security: [{ $ref: '#/components/securitySchemes/accessToken' }],
  },
};
