import type { Actor, Origin } from './actor.ts';
import type { FactContract, InputOf, OperationContract, OutputOf, PayloadOf } from './contract.ts';
import { AppError } from './errors.ts';

type ActorOf<C extends OperationContract> = C['access'] extends 'public' ? Actor | null : Actor;

/** What every call carries besides its input. */
export interface Call<A = Actor | null> {
  actor: A;
  origin: Origin;
  requestId: string;
  /** The moment the call was taken; handlers use it instead of asking the clock again. */
  now: Date;
  idempotencyKey?: string;
  /** The answer of the operation's `prepare`. The kernel puts it here; no carrier can. */
  prepared?: unknown;
}

/** What a committed operation gets besides: its one transaction, and a way to tell other domains. */
export interface Commit<Tx> {
  tx: Tx;
  /** Writes the fact into the transaction's outbox; subscribers hear it at least once after the commit. */
  record: <F extends FactContract>(fact: F, payload: PayloadOf<F>) => Promise<void>;
  /** Names what was changed, for the audit row that is written in the same transaction. */
  audit: (entry: AuditEntry) => void;
  /**
   * Runs once the transaction has committed, in this process and best effort: for caches, which may miss it. What must
   * happen is a fact.
   */
  afterCommit: (run: () => Promise<void>) => void;
}

export interface AuditEntry {
  targetType: string;
  targetId: string;
  /** Whose data `before` and `after` hold, and whose erasure takes them along; the actor when absent. */
  subjectId?: string;
  before?: unknown;
  after?: unknown;
}

export type ContextOf<C extends OperationContract, Tx> = Call<ActorOf<C>> &
  (C['durability'] extends 'committed' ? Commit<Tx> : unknown);

/** What every operation must answer. */
export interface Steps<C extends OperationContract, S, Tx = never, P = unknown> {
  /**
   * For committed operations with slow work that needs no transaction, such as hashing a password: runs on the node, after
   * the rates and before a worker is asked, so that no transaction and no place in the queue waits for it. It may read and
   * writes no row; its answer, an object that JSON can carry, travels sealed with the call to `run`. A repeat prepares
   * again, so it must not refuse what the first call has done.
   */
  prepare?: (input: InputOf<C>, call: Call<ActorOf<C>>) => Promise<P>;
  /** Finds the thing acted on; null answers NOT_FOUND. */
  load: (input: InputOf<C>, context: ContextOf<C, Tx>) => S | null | Promise<S | null>;
  /**
   * Decides, from what was loaded, whether the actor may know that it exists; false answers NOT_FOUND, as if it did not.
   * Absent where everybody may. Pure.
   */
  sees?: (actor: ActorOf<C>, subject: S, input: InputOf<C>) => boolean;
  /** Decides, from what was loaded, whether the actor may; false answers FORBIDDEN. Pure. */
  allow: (actor: ActorOf<C>, subject: S, input: InputOf<C>) => boolean;
  run: (
    input: InputOf<C>,
    subject: S,
    context: ContextOf<C, Tx> & { prepared: P },
  ) => OutputOf<C> | Promise<OutputOf<C>>;
}

/** One of several calls that are decided in one transaction. */
export interface GroupedCall<C extends OperationContract> {
  input: InputOf<C>;
  call: Call<ActorOf<C>>;
  /** As `Commit.audit`, for this call alone. */
  audit: (entry: AuditEntry) => void;
}

/** A call that stands in line on its node. */
export interface EarlyCall {
  /** As the contract's schema gave it. */
  input: unknown;
  call: Call;
}

/** What the calls of a group share. */
export type Group<Tx> = Pick<Commit<Tx>, 'tx' | 'record' | 'afterCommit'>;

/** The steps of an operation whose calls are decided together. Each array answers the calls in their order. */
export interface GroupSteps<C extends OperationContract, S, Tx = never> {
  load: (calls: readonly GroupedCall<C>[], group: Group<Tx>) => Promise<(S | null)[]>;
  sees?: (actor: ActorOf<C>, subject: S, input: InputOf<C>) => boolean;
  allow: (actor: ActorOf<C>, subject: S, input: InputOf<C>) => boolean;
  /** An error in a call's place refuses that call alone; what is thrown rolls all of them back, and each is run by itself. */
  run: (calls: readonly (GroupedCall<C> & { subject: S })[], group: Group<Tx>) => Promise<(OutputOf<C> | AppError)[]>;
}

/** An operation with the code that serves it, as the registry holds it. */
export interface Handler {
  contract: OperationContract;
  // The registry holds handlers of every contract side by side; `handle` has checked each against its own.
  steps: Steps<OperationContract, unknown, unknown>;
  /** For contracts with `groupBy`. */
  together?: GroupSteps<OperationContract, unknown, unknown>;
  /**
   * For contracts with `groupBy`: refuses on the node, before a worker is asked, what is known to be in vain; it decides
   * nothing else.
   * @returns in each call's place the error it is refused with, one that the contract declares; null lets it through
   * @throws when it cannot say: then all are let through
   */
  early?: (calls: readonly EarlyCall[]) => Promise<(AppError | null)[]>;
}

/** Joins a contract and its steps. A handler without `allow` does not compile. */
export const handle = <C extends OperationContract, S, Tx = never, P = unknown>(
  contract: C,
  steps: Steps<C, S, Tx, P>,
): Handler => ({
  contract,
  // Safe: `execute` parses the input by this very contract before it calls the steps.
  steps: steps as unknown as Handler['steps'],
});

/** Joins a contract with `groupBy` and its steps; a call that comes alone is a group of one. */
export const handleTogether = <C extends OperationContract & { groupBy: string }, S, Tx = never>(
  contract: C,
  together: GroupSteps<C, S, Tx>,
): Handler => ({
  contract,
  // Safe: `execute` parses every input by this very contract before it calls the steps.
  steps: aloneOf(together) as unknown as Handler['steps'],
  together: together as unknown as NonNullable<Handler['together']>,
});

const aloneOf = <C extends OperationContract, S, Tx>(together: GroupSteps<C, S, Tx>): Steps<C, S, Tx> => {
  type Context = Call<ActorOf<C>> & Commit<Tx>;
  return {
    load: async (input, context) => {
      // Safe: only committed operations are grouped, so the context holds the transaction.
      const { audit, ...group } = context as Context;
      const [subject] = await together.load([{ input, call: group, audit }], group);
      return subject ?? null;
    },
    ...(together.sees ? { sees: together.sees } : {}),
    allow: together.allow,
    run: async (input, subject, context) => {
      const { audit, ...group } = context as Context;
      const [answer] = await together.run([{ input, call: group, audit, subject }], group);
      if (answer === undefined) throw new Error('the group was given one call and answered none');
      if (answer instanceof AppError) throw answer;
      return answer;
    },
  };
};

/** For operations without anything to look up. */
export const nothing = (): true => true;

/** For operations that anyone who passed `access` may call. */
export const anyone = (): boolean => true;
