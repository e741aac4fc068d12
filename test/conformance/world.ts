import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { decodeJwt, importJWK, SignJWT } from 'jose';
import type { Socket } from 'socket.io-client';
import webPush from 'web-push';
import { contractsIn } from '../../src/http/documents/contracts.ts';
import { topicOf } from '../../src/http/documents/meanings.ts';
import type { OperationContract } from '../../src/kernel/contract.ts';
import { newId } from '../../src/platform/ids.ts';
import { topics } from '../../src/sdk/contract.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { freshDatabase, freshRedis } from '../support/databases.ts';
import { ask, connect, type Person, register } from '../support/people.ts';
import { acquire, announcePicture, browserSubscription, type Holdings, UPLOAD } from './holdings.ts';
import { exampleOf, inputSchema } from './input-schema.ts';

/** Every operation there is; a new one is walked over from the day it is listed. */
export const { operations } = contractsIn(Object.values(topics));

/** One node, one worker, a few people who have talked. */
export interface World {
  url: string;
  cluster: Cluster;
  /** The key the server signs with, so that a test can sign what the server never would. */
  signingKey: string;
  ann: Person;
  bob: Person;
  stranger: Person;
  /** Ann and Bob talk here; it has one message. */
  chatId: string;
  /** Bob and the stranger talk here; Ann knows nothing of it. */
  foreignChatId: string;
  /** Ann signed in as staff; what such operations touch is made as needed. */
  admin: { token: string };
  /** What Ann runs: an event on sale with all that belongs to it. */
  gathering: Gathering;
  /** The same of the stranger, for nobody else to see. */
  foreignGathering: Gathering;
  /** What else the stranger has, about an event that everybody may see. */
  foreignHoldings: Holdings;
  /** A picture of Ann's whose bytes have not come. */
  mediaId: string;
  stop: () => Promise<void>;
}

/** What good inputs name, of whatever world. */
export interface Things extends Pick<World, 'chatId' | 'gathering' | 'mediaId'> {
  ann: Pick<Person, 'token' | 'password' | 'refreshToken' | 'verificationId'>;
  bob: Pick<Person, 'id'>;
}

/** An event and what hangs on it. */
export interface Gathering {
  eventId: string;
  ticketTypeIds: string[];
  updateId: string;
  seriesId: string;
  /** Open on its stage, with one of its options. */
  pollId: string;
  choices: string[];
  /** Asked by somebody else than the host. */
  questionId: string;
}

export const openWorld = async (): Promise<World> => {
  const key = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const signingKey = JSON.stringify({ ...key, kid: 'conformance' });
  const [databaseUrl, redisUrl] = await Promise.all([freshDatabase(), freshRedis()]);
  const environment = {
    LOG_LEVEL: 'error',
    SIGNING_KEY: signingKey,
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    VAPID_PRIVATE_KEY: webPush.generateVAPIDKeys().privateKey,
  };
  const cluster = await startCluster({ databaseUrl, redisUrl, nodes: 1, workers: 1, environment });
  const url = cluster.nodes[0]?.url ?? '';
  const [ann, bob, stranger] = await Promise.all([register(url), register(url), register(url)]);
  const chatId = await talk(url, ann, [bob]);
  const foreignChatId = await talk(url, stranger, [bob]);
  const admin = { token: await staffToken(ann.token, signingKey) };
  const [gathering, foreignGathering] = await Promise.all([
    gather(url, { host: ann, guest: bob }, 'PUBLIC'),
    gather(url, { host: stranger, guest: stranger }, 'PRIVATE'),
  ]);
  const foreignHoldings = await acquire({ url, databaseUrl }, stranger, await sell(url, stranger));
  const people = { ann, bob, stranger, admin };
  const mediaId = await announce(url, ann);
  const things = { mediaId, chatId, foreignChatId, gathering, foreignGathering, foreignHoldings };
  return { url, cluster, signingKey, ...people, ...things, stop: cluster.stop };
};

/** What the server would give a member of staff. */
const staffToken = async (token: string, signingKey: string): Promise<string> => {
  const { sub = '', sid } = decodeJwt(token);
  return new SignJWT({ sid, role: 'SUPER_ADMIN' })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'conformance', typ: 'at+jwt' })
    .setIssuer('rally')
    .setAudience('rally:access')
    .setSubject(sub)
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(await importJWK(JSON.parse(signingKey), 'EdDSA'));
};

/** Whose token a good call of the operation carries. */
export const callerOf = ({ ann, admin }: World, { access }: OperationContract): { token: string } =>
  access === 'staff' ? admin : ann;

const DATES = { startDate: '2099-02-03T18:00:00.000Z', endDate: '2099-02-03T21:00:00.000Z' };

/** An event on sale, told of once, with its stage open, and a series. */
const gather = async (
  url: string,
  { host, guest }: { host: Person; guest: Person },
  visibility: string,
): Promise<Gathering> => {
  const socket = connect(url, host);
  const { eventId, ticketTypeIds } = await openEvent(socket, visibility);
  const news = { eventId, title: 'News', body: 'Doors open at six.' };
  const { id: updateId } = await ask<{ id: string }>(socket, 'eventUpdate.publish', news);
  const rule = { title: 'Meetup', description: 'We meet.', ...DATES, recurrenceRule: 'FREQ=DAILY' };
  const { id: seriesId } = await ask<{ id: string }>(socket, 'eventSeries.create', rule);
  const stage = await openStage(socket, eventId);
  socket.disconnect();
  const audience = connect(url, guest);
  const { id: questionId } = await ask<{ id: string }>(audience, 'question.ask', { eventId, body: 'When?' });
  audience.disconnect();
  return { eventId, updateId, seriesId, ticketTypeIds, questionId, ...stage };
};

/** Opens the stage of an event, and a poll on it. */
const openStage = async (socket: Socket, eventId: string) => {
  await ask(socket, 'live.open', { eventId });
  const input = { eventId, kind: 'SINGLE', prompt: 'Which?', options: ['Red', 'Blue'] };
  const poll = await ask<{ id: string; options: { id: string }[] }>(socket, 'poll.create', input);
  await ask(socket, 'poll.open', { eventId, pollId: poll.id });
  return { pollId: poll.id, choices: poll.options.slice(0, 1).map(({ id }) => id) };
};

const openEvent = async (socket: Socket, visibility: string) => {
  const input = { title: 'Meetup', description: 'We meet.', ...DATES, visibility, status: 'PUBLISHED' };
  const event = await ask<{ id: string; ticketTypes: { id: string }[] }>(socket, 'event.create', input);
  return { eventId: event.id, ticketTypeIds: event.ticketTypes.map(({ id }) => id) };
};

const names = (contract: OperationContract, ...fields: string[]): boolean => {
  const { properties = {} } = inputSchema(contract);
  return fields.some((field) => properties[field] !== undefined);
};

/** What is told about an event stays with the event it was told of. */
const usesUpEvent = (contract: OperationContract): boolean =>
  contract.durability === 'committed' && topicOf(contract) !== 'eventUpdate' && names(contract, 'eventId');

/** An event for all to see. */
const sell = async (url: string, host: Person) => {
  const socket = connect(url, host);
  const event = await openEvent(socket, 'PUBLIC');
  socket.disconnect();
  return event;
};

/** What a person may ask for a few times only, or not after it was done. */
const USES_UP_PERSON: ReadonlySet<string> = new Set(['session', 'verification', 'block', 'question']);

/** The same server with what a call may use up made anew: a chat, and for what concerns a person another Ann. */
export const renew = async (world: World, contract: OperationContract): Promise<World> => {
  // What is only read is not used up.
  if (contract.durability === 'read') return world;
  const ann = USES_UP_PERSON.has(topicOf(contract)) ? await register(world.url) : world.ann;
  const gathering = usesUpEvent(contract)
    ? { ...world.gathering, ...(await sell(world.url, world.ann)) }
    : world.gathering;
  const mediaId = names(contract, 'mediaId') ? await announce(world.url, ann) : world.mediaId;
  const isTalk = names(contract, 'chatId', 'room', 'rooms');
  const chatId = isTalk ? await talk(world.url, ann, [world.bob]) : world.chatId;
  return { ...world, ann, gathering, mediaId, chatId };
};

const announce = async (url: string, owner: Person): Promise<string> => {
  const socket = connect(url, owner);
  const mediaId = await announcePicture(socket);
  socket.disconnect();
  return mediaId;
};

/** A group in which something was said. */
const talk = async (url: string, owner: Person, others: Person[]): Promise<string> => {
  const socket = connect(url, owner);
  const memberIds = others.map(({ id }) => id);
  const { id: chatId } = await ask<{ id: string }>(socket, 'chat.open', { kind: 'GROUP', memberIds, title: 'Talk' });
  await ask(socket, 'chat.send', { chatId, clientId: newId(), body: 'Hello!' });
  socket.disconnect();
  return chatId;
};

/** Fields whose value must fit the world; every other field gets whatever its schema takes. */
const meaningful = ({ bob, chatId, ann, gathering, mediaId }: Things): Record<string, () => unknown> => {
  const room = `chat:${chatId}`;
  return {
    billing: () => ({
      ...{ legalName: 'Ann Ltd', addressLines: ['1 High Street'], postalCode: null, city: 'Dhaka', country: 'BD' },
      taxNumber: '000123456-0101',
    }),
    bio: () => 'Likes walking.',
    chatId: () => chatId,
    clientId: newId,
    content: () => UPLOAD.toString('base64'),
    country: () => 'BD',
    currency: () => 'BDT',
    // Of the accounts money can be sent to; others have their own shape.
    details: () => ({ kind: 'BKASH', phone: '+8801712345678' }),
    email: () => `${newId()}@example.org`,
    emoji: () => '🔥',
    endDate: () => DATES.endDate,
    eventId: () => gathering.eventId,
    key: () => `k-${newId().slice(-12)}`,
    mediaId: () => mediaId,
    memberIds: () => [bob.id],
    password: () => ann.password,
    pollId: () => gathering.pollId,
    price: () => ({ amountMinor: 1_000, currency: 'BDT' }),
    questionId: () => gathering.questionId,
    recurrenceRule: () => 'FREQ=WEEKLY',
    ref: () => `sbx_${newId().replaceAll('-', '')}`,
    refreshToken: () => ann.refreshToken,
    room: () => room,
    rooms: () => [{ room, epoch: 'an-older-one', seq: 1 }],
    seq: () => 1,
    seriesId: () => gathering.seriesId,
    slug: () => `s-${newId().slice(-12)}`,
    startDate: () => DATES.startDate,
    subscription: browserSubscription,
    ticketTypeId: () => gathering.ticketTypeIds[0],
    ticketTypeIds: () => gathering.ticketTypeIds,
    token: () => ann.token,
    transferRef: () => `sbxt_${newId()}:1`,
    updateId: () => gathering.updateId,
    userId: () => bob.id,
    userIds: () => [bob.id],
    username: () => `u${newId().replaceAll('-', '').slice(-20)}`,
  };
};

/** What the token of an invitation or a link looks like; it opens nothing. */
const TOKEN = 'a'.repeat(43);

/** Of operations that take one of several sets of fields, or fields that mean something else elsewhere: what they take. */
const ONE_OF = ({ ann, bob, gathering }: Things): Record<string, Record<string, unknown>> => ({
  'poll.vote': { choices: gathering.choices },
  'profile.find': { userIds: [bob.id] },
  'verification.confirm': { verificationId: ann.verificationId, code: '000000' },
  'scanner.enroll': { token: TOKEN, publicKey: TOKEN, signature: 'a'.repeat(86) },
  // A block would take away what the two have in common.
  'block.add': { userId: bob.id, kind: 'MUTE' },
  'chat.previewLink': { token: TOKEN },
  'chat.requestJoin': { token: TOKEN },
});

/** An input the operation takes: its required fields, and those of the optional ones that are asked for. */
export const goodInput = (world: Things, contract: OperationContract, also: string[] = []): Record<string, unknown> => {
  const { properties = {}, required = [] } = inputSchema(contract);
  const known = meaningful(world);
  const names = Object.keys(properties).filter((name) => required.includes(name) || also.includes(name));
  const chosen = names.map((name) => [name, known[name]?.() ?? exampleOf(properties[name] ?? {})]);
  return { ...Object.fromEntries(chosen), ...ONE_OF(world)[contract.name] };
};
