import type { z } from 'zod';
import { COMMON_ERRORS, type ErrorCode } from './errors.ts';
import { strictInput } from './strict-input.ts';

/**
 * Who may call: anyone, a signed-in user, a signed-in user or an enrolled device, or a member of staff. What they may touch
 * is each handler's `allow`.
 */
export type Access = 'public' | 'user' | 'device' | 'staff';

/**
 * What the acknowledgement means.
 * - `read`: here is the answer.
 * - `ephemeral`: this node took it; it is never stored.
 * - `accepted`: the room's log, or for a file the object store, has it on disk; a worker writes the row.
 * - `committed`: a worker has committed it to PostgreSQL.
 */
export type Durability = 'read' | 'ephemeral' | 'accepted' | 'committed';

/** A part of the product that moderation can take away from a person, as in the `RestrictedFeature` enum. */
export type Feature =
  | 'CHAT'
  | 'POSTING'
  | 'COMMENTING'
  | 'HOSTING'
  | 'BOOKING'
  | 'REVIEWING'
  | 'MESSAGING_STRANGERS'
  | 'UPLOADING'
  | 'REPORTING';

/** A right that an API key can have, as in the `ApiKeyScope` enum. */
export type Scope =
  | 'EVENTS_READ'
  | 'EVENTS_WRITE'
  | 'BOOKINGS_READ'
  | 'BOOKINGS_WRITE'
  | 'CHECK_INS_WRITE'
  | 'PEOPLE_READ'
  | 'PAYMENTS_READ'
  | 'WEBHOOKS_WRITE';

/** How long a proof of who one is counts for operations that are `fresh`. */
export const FRESH_FOR_MS = 10 * 60_000;

/** At most `limit` calls in any `windowSeconds`, counted over all nodes. */
export interface Rate {
  limit: number;
  windowSeconds: number;
  /** What is counted: the signed-in user, the caller's network address, or the value of one input field. */
  by: 'actor' | 'address' | { field: string };
}

type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type HttpLine = `${HttpMethod} /v1/${string}`;

/** How an input that holds a file comes over HTTP: the body is the file, everything else stands in the path. */
export interface FileLine {
  http: HttpLine;
  /** The field of the input that is the file. */
  field: string;
  mimeTypes: readonly string[];
}

/** Something a client asks; one answer. Pure data: the SDK, both carriers and both documents are made from it. */
export interface OperationContract {
  /** Topic and verb, `chat.send`. It is also the address of the handler's file. */
  name: `${string}.${string}`;
  summary: string;
  access: Access;
  durability: Durability;
  /**
   * For committed operations on a hot thing: calls with the same value in this input field that arrive within a few
   * milliseconds are decided in one transaction. Nothing of what a caller sees changes but the rate.
   */
  groupBy?: string;
  /**
   * Calls of one socket with the same values in these fields take effect in the order they were made, whatever their names.
   * Absent: they are made side by side.
   */
  inOrderOf?: readonly string[];
  /**
   * An input field with a random secret of the caller's: repeats with the same idempotency key are theirs by it, also from
   * another network or after their access token ended.
   */
  repeatsBy?: string;
  rates: readonly Rate[];
  /**
   * Nothing that is kept may tell that a person called, such as who voted at a moment: its rates are counted on each node in
   * memory, no log line names the caller, and no answer is stored for a repeat.
   */
  leavesNoTrace?: true;
  /** The part of the product that this belongs to, where moderation can take that part away from a person. */
  feature?: Feature;
  /** An API key with one of these scopes may call it; absent where no key may. */
  scopes?: readonly Scope[];
  /** The person must have proved who they are within the last ten minutes, `FRESH_FOR_MS`. */
  fresh?: true;
  input: z.ZodType;
  output: z.ZodType;
  /** Codes beyond the common ones that this operation may answer with. */
  errors: readonly ErrorCode[];
  /** The HTTP line, `POST /v1/chats/{chatId}/messages`; absent for what only makes sense on a live socket. */
  http?: HttpLine;
  /** Instead of `http`, for an input that holds a file. */
  file?: FileLine;
}

/** Declares an operation. Its input refuses fields that the contract does not name. */
export const operation = <const C extends OperationContract>(contract: C): C => ({
  ...contract,
  input: strictInput(contract.input),
});

/** Every code that the operation may answer with, without repeats. */
export const errorsOf = ({ durability, errors, fresh }: OperationContract): ErrorCode[] => {
  const timeout: ErrorCode[] = durability === 'committed' ? ['COMMIT_TIMEOUT'] : [];
  const stale: ErrorCode[] = fresh ? ['REAUTHENTICATE'] : [];
  return [...new Set([...COMMON_ERRORS, ...errors, ...timeout, ...stale])];
};

/** Who is told: an ordered log with a name made from parameters, `chat:{chatId}`. */
export interface RoomContract {
  /** The kind is what stands before the colon; one parameter, a UUID, stands behind it. */
  name: `${string}:{${string}}`;
  summary: string;
}

export const room = <const C extends RoomContract>(contract: C): C => contract;

/** Something clients are told. With a room it is an entry of that room's log, else it goes to sockets directly. */
export interface SignalContract {
  /** Topic and past tense, `chat.sent`. */
  name: `${string}.${string}`;
  summary: string;
  data: z.ZodType;
  /** The room whose log carries it; absent for ephemeral signals. */
  room?: RoomContract;
}

export const signal = <const C extends SignalContract>(contract: C): C => contract;

/** Something that happened, told to other domains; written in the transaction of the change it reports. */
export interface FactContract {
  name: `${string}.${string}`;
  summary: string;
  payload: z.ZodType;
}

export const fact = <const C extends FactContract>(contract: C): C => contract;

/** Work for later: delivered at least once, so repeats must be harmless. */
export interface JobContract {
  name: `${string}.${string}`;
  summary: string;
  payload: z.ZodType;
  /** Runs by itself this often, in milliseconds, on one worker at a time. */
  everyMs?: number;
}

export const job = <const C extends JobContract>(contract: C): C => contract;

export type InputOf<C extends OperationContract> = z.output<C['input']>;
export type OutputOf<C extends OperationContract> = z.input<C['output']>;
export type DataOf<C extends SignalContract> = z.output<C['data']>;
export type PayloadOf<C extends FactContract | JobContract> = z.output<C['payload']>;
