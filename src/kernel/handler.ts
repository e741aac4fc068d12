import type { Actor, Origin } from './actor.ts';
import type { FactContract, InputOf, OperationContract, OutputOf, PayloadOf } from './contract.ts';

type ActorOf<C extends OperationContract> = C['access'] extends 'public' ? Actor | null : Actor;

/** What every call carries besides its input. */
export interface Call<A = Actor | null> {
  actor: A;
  origin: Origin;
  requestId: string;
  /** The moment the call was taken; handlers use it instead of asking the clock again. */
  now: Date;
  idempotencyKey?: string;
}

/** What a committed operation gets besides: its one transaction, and a way to tell other domains. */
export interface Commit<Tx> {
  tx: Tx;
  /** Writes the fact into the transaction's outbox; subscribers hear it at least once after the commit. */
  record: <F extends FactContract>(fact: F, payload: PayloadOf<F>) => Promise<void>;
  /** Names what was changed, for the audit row that is written in the same transaction. */
  audit: (entry: AuditEntry) => void;
}

export interface AuditEntry {
  targetType: string;
  targetId: string;
  before?: unknown;
  after?: unknown;
}

export type ContextOf<C extends OperationContract, Tx> = Call<ActorOf<C>> &
  (C['durability'] extends 'committed' ? Commit<Tx> : unknown);

/** What every operation must answer. */
export interface Steps<C extends OperationContract, S, Tx = never> {
  /** Finds the thing acted on; null answers NOT_FOUND, also for what the actor may not know to exist. */
  load: (input: InputOf<C>, context: ContextOf<C, Tx>) => S | null | Promise<S | null>;
  /** Decides, from what was loaded, whether the actor may; false answers FORBIDDEN. Pure. */
  allow: (actor: ActorOf<C>, subject: S, input: InputOf<C>) => boolean;
  run: (input: InputOf<C>, subject: S, context: ContextOf<C, Tx>) => OutputOf<C> | Promise<OutputOf<C>>;
}

/** An operation with the code that serves it, as the registry holds it. */
export interface Handler {
  contract: OperationContract;
  // The registry holds handlers of every contract side by side; `handle` has checked each against its own.
  steps: Steps<OperationContract, unknown, unknown>;
}

/** Joins a contract and its steps. A handler without `allow` does not compile. */
export const handle = <C extends OperationContract, S, Tx = never>(contract: C, steps: Steps<C, S, Tx>): Handler => ({
  contract,
  // Safe: `execute` parses the input by this very contract before it calls the steps.
  steps: steps as unknown as Handler['steps'],
});

/** For operations without anything to look up. */
export const nothing = (): true => true;

/** For operations that anyone who passed `access` may call. */
export const anyone = (): boolean => true;
