import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { contractsIn } from '../../src/http/documents/contracts.ts';
import { topicOf } from '../../src/http/documents/meanings.ts';
import type { OperationContract } from '../../src/kernel/contract.ts';
import { newId } from '../../src/platform/ids.ts';
import { topics } from '../../src/sdk/contract.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { freshDatabase, freshRedis } from '../support/databases.ts';
import { ask, connect, type Person, register } from '../support/people.ts';
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
  stop: () => Promise<void>;
}

export const openWorld = async (): Promise<World> => {
  const key = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const signingKey = JSON.stringify({ ...key, kid: 'conformance' });
  const [databaseUrl, redisUrl] = await Promise.all([freshDatabase(), freshRedis()]);
  const environment = {
    LOG_LEVEL: 'error',
    SIGNING_KEY: signingKey,
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
  };
  const cluster = await startCluster({ databaseUrl, redisUrl, nodes: 1, workers: 1, environment });
  const url = cluster.nodes[0]?.url ?? '';
  const [ann, bob, stranger] = await Promise.all([register(url), register(url), register(url)]);
  const chatId = await talk(url, ann, [bob]);
  const foreignChatId = await talk(url, stranger, [bob]);
  return { url, cluster, signingKey, ann, bob, stranger, chatId, foreignChatId, stop: cluster.stop };
};

/** The same server with what a call may use up made anew: a chat, and for what concerns sessions another Ann. */
export const renew = async (world: World, contract: OperationContract): Promise<World> => {
  const ann = topicOf(contract) === 'session' ? await register(world.url) : world.ann;
  return { ...world, ann, chatId: await talk(world.url, ann, [world.bob]) };
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
const meaningful = ({ bob, chatId, ann }: World): Record<string, () => unknown> => {
  const room = `chat:${chatId}`;
  return {
    bio: () => 'Likes walking.',
    chatId: () => chatId,
    clientId: newId,
    email: () => `${newId()}@example.org`,
    emoji: () => '🔥',
    memberIds: () => [bob.id],
    password: () => ann.password,
    refreshToken: () => ann.refreshToken,
    room: () => room,
    rooms: () => [{ room, epoch: 'an-older-one', seq: 1 }],
    seq: () => 1,
    token: () => ann.token,
    userId: () => bob.id,
    userIds: () => [bob.id],
    username: () => `u${newId().replaceAll('-', '').slice(-20)}`,
  };
};

/** An input the operation takes: its required fields, and those of the optional ones that are asked for. */
export const goodInput = (world: World, contract: OperationContract, also: string[] = []): Record<string, unknown> => {
  const { properties = {}, required = [] } = inputSchema(contract);
  const known = meaningful(world);
  const names = Object.keys(properties).filter((name) => required.includes(name) || also.includes(name));
  return Object.fromEntries(names.map((name) => [name, known[name]?.() ?? exampleOf(properties[name] ?? {})]));
};
