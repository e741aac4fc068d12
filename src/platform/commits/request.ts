import type { OperationContract } from '../../kernel/contract.ts';
import type { Call } from '../../kernel/handler.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { Sealing } from '../sealing.ts';
import { pack, unpack } from './portable.ts';

/** How long a caller is kept waiting. */
export const ANSWER_TIMEOUT_MS = 5_000;

/**
 * A call that is older never takes effect: a COMMIT_TIMEOUT without an idempotency key is settled after a minute. Workers
 * begin none that is older than the caller's patience, and look again once they hold its claim: they may have stood still.
 */
export const ABANDON_AFTER_MS = 60_000;

/** A call on its way to a worker. */
export interface CommitRequest {
  /** Names the call; under it its answer is stored when the caller gave no idempotency key. */
  id: string;
  operation: string;
  /** As the contract's schema gave it. */
  input: unknown;
  call: Call;
  /** The owner of the call's idempotency key, where that is not simply the signed-in user; absent from nodes of an earlier version. */
  scope?: string;
  /** When it was made, by the clock that nodes and workers share; absent from nodes of an earlier version. */
  atMs?: number;
}

/** What lies in the queue. Inputs hold passwords and tokens, so requests are sealed as a whole. */
export interface CommitJob {
  /** The node that waits. */
  nodeId: string;
  /** One call, or several of one operation that is decided in groups. */
  sealed: string[];
}

/** Calls of one operation that travel together at most. */
export const MAX_BUNDLE = 64;

/** What calls are decided together by: the operation and the value of its field; null when each is decided alone. */
export const subjectOf = ({ name, groupBy }: OperationContract, input: unknown): string | null =>
  // Safe: the input was parsed by the contract, whose schema is an object.
  groupBy === undefined ? null : `${name} ${String((input as Record<string, unknown>)[groupBy])}`;

/** @throws Error when the input holds what JSON cannot carry */
export const sealRequest = (sealing: Sealing, request: CommitRequest): string => sealing.seal(pack(request));

/** @throws Error when the text was sealed with another key or was changed: nobody can slip a call into the queue */
export const openRequest = (sealing: Sealing, sealed: string): CommitRequest =>
  // Safe: only `sealRequest` makes texts that open.
  unpack(sealing.open(sealed)) as CommitRequest;

/** Tells a repeat with another input from a true repeat; empty for calls without a key, which nobody repeats. */
export const requestHash = (sealing: Sealing, { input, call }: CommitRequest): string =>
  call.idempotencyKey === undefined ? '' : sealing.digest(canonicalJson(input));

/** Whether a stored hash is this request's, also from before a change of keys. */
export const isHashOf = (sealing: Sealing, hash: string, { input, call }: CommitRequest): boolean =>
  call.idempotencyKey === undefined ? hash === '' : sealing.isDigestOf(hash, canonicalJson(input));

/** The pub/sub channel on which a node hears the answers to its calls. */
export const replyChannel = (nodeId: string): string => `rally:replies:${nodeId}`;

/** An answer on its way back: the call's id, whether it is a repeat's, and the sealed answer. */
export interface CommitReply {
  id: string;
  replayed: boolean;
  sealed: string;
}

/** Answers to several calls in one message. */
export const writeReplies = (replies: readonly CommitReply[]): string =>
  replies.map(({ id, replayed, sealed }) => `${id} ${replayed ? 1 : 0} ${sealed}`).join('\n');

export const readReplies = (text: string): CommitReply[] =>
  text.split('\n').map((line) => {
    const [id = '', replayed = '', sealed = ''] = line.split(' ', 3);
    return { id, replayed: replayed === '1', sealed };
  });
