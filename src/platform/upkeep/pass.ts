import type { Clock } from '../clock.ts';
import type { Database } from '../db/client.ts';
import { newId } from '../ids.ts';

/** Something large that is walked from its beginning to its end, over as many turns as it takes. */
export interface Pass<State> {
  /** Unique among passes; the name of its rows in `background_jobs`. */
  name: string;
  /** The next pass begins this long after the last one began, in milliseconds, or when that has ended. */
  everyMs: number;
  first: State;
  /** Does a little from `state` on. Must be harmless to repeat: a turn that is killed leaves no note of its last step. */
  step: (state: State) => Promise<PassStep<State>>;
}

export interface PassStep<State> {
  /** Where to go on; null at the end. */
  next: State | null;
  /** Rows looked at. */
  looked: number;
  /** What is worth telling the operator. */
  findings: unknown[];
}

interface PassParts {
  database: Database;
  clock: Clock;
}

/** Findings of a pass that its row holds at most; all are counted. */
const MAX_FINDINGS = 100;

/**
 * Goes on with the pass, or begins one when it is time.
 * @param forMs no step begins later than this after the first one
 * @returns whether there is nothing left to do now
 */
export const continuePass = async <State>(parts: PassParts, pass: Pass<State>, forMs: number): Promise<boolean> => {
  const { database } = parts;
  const open = (await findOpen<State>(database, pass.name)) ?? (await begin(parts, pass));
  if (!open) return true;
  const endsAtMs = performance.now() + forMs;
  let state: State | null = open.state;
  while (state !== null && performance.now() < endsAtMs) {
    const step: PassStep<State> = await pass.step(state).catch((error: unknown) => note(database, open.id, error));
    await save(database, open.id, step);
    state = step.next;
  }
  return state === null;
};

interface OpenPass<State> {
  id: string;
  state: State;
}

const findOpen = async <State>(database: Database, name: string): Promise<OpenPass<State> | null> => {
  const [row] = await database.$queryRaw<{ id: string; cursor: string }[]>`
    SELECT id, cursor FROM background_jobs WHERE dedupe_key = ${name} AND status IN ('QUEUED', 'RUNNING')`;
  // Safe: only this file writes cursors of passes, and a pass reads none but its own.
  return row ? { id: row.id, state: JSON.parse(row.cursor) as State } : null;
};

/** Of two workers that begin at once one makes the row; the other leaves the pass to it. */
const begin = async <State>({ database, clock }: PassParts, pass: Pass<State>): Promise<OpenPass<State> | null> => {
  const now = clock.now();
  const id = newId();
  const rows = await database.$executeRaw`
    INSERT INTO background_jobs (id, name, status, payload, cursor, dedupe_key, started_at, created_at, updated_at)
    SELECT ${id}::uuid, ${pass.name}, 'RUNNING', '{}', ${JSON.stringify(pass.first)}, ${pass.name}, ${now}, ${now}, ${now}
    WHERE NOT EXISTS (
      SELECT FROM background_jobs WHERE name = ${pass.name} AND created_at > ${new Date(now.getTime() - pass.everyMs)})
    ON CONFLICT DO NOTHING`;
  return rows === 1 ? { id, state: pass.first } : null;
};

const save = async <State>(database: Database, id: string, step: PassStep<State>): Promise<void> => {
  const { next, looked, findings } = step;
  await database.$executeRaw`
    UPDATE background_jobs SET
      cursor = coalesce(${next === null ? null : JSON.stringify(next)}, cursor),
      status = CASE WHEN ${next === null} THEN 'SUCCEEDED' ELSE status END,
      finished_at = CASE WHEN ${next === null} THEN now() END,
      progress_done = progress_done + ${looked},
      result = jsonb_build_object(
        'found', coalesce((result ->> 'found')::bigint, 0) + ${findings.length},
        'findings', CASE WHEN jsonb_array_length(coalesce(result -> 'findings', '[]')) >= ${MAX_FINDINGS}
          THEN result -> 'findings'
          ELSE coalesce(result -> 'findings', '[]') || ${JSON.stringify(findings.slice(0, MAX_FINDINGS))}::jsonb END),
      updated_at = now()
    WHERE id = ${id}::uuid AND status = 'RUNNING'`;
};

/** The pass stays where it was; the next turn tries again. */
const note = async (database: Database, id: string, error: unknown): Promise<never> => {
  await database.$executeRaw`
    UPDATE background_jobs SET attempts = attempts + 1, last_error = ${String(error).slice(0, 2_000)}, updated_at = now()
    WHERE id = ${id}::uuid`;
  throw error;
};
