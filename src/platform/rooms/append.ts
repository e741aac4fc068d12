import { createChains } from '../../kernel/chains.ts';
import { type AppError, invalidField } from '../../kernel/errors.ts';
import { loadScript } from '../redis/script.ts';
import { encodeBody } from './entries.ts';
import { SEEN_GENERATION_MS } from './keys.ts';
import type { Appended, Draft, Named, RoomLog } from './log.ts';

const APPEND = loadScript(new URL('./append.lua', import.meta.url));

/** append.lua's own. */
const MAY_BE_FORGOTTEN = 2;
const NAMES_NONE = 3;
const NAMES_A_FORGOTTEN_ONE = 4;
/** Tells append.lua that no entry has the id. */
const WHATEVER_IS_REMEMBERED = 'any';

const namesNone = ({ field }: Named): AppError => invalidField(field, 'names no message of this room');

const appendArguments = (draft: Draft): (string | number)[] => {
  const hidden = draft.hidden === undefined ? '' : JSON.stringify(draft.hidden);
  const affects = [...(draft.affects ?? []), ...(draft.evicts ?? [])].join(',');
  const evicts = draft.evicts?.join(',') ?? '';
  return [draft.id, encodeBody(draft), draft.counted ? 1 : 0, hidden, affects, evicts];
};

/** Ids younger than this are known to the log, or were never used. */
const SURELY_KNOWN_MS = SEEN_GENERATION_MS / 4;

const mayNeedLookingUp = ({ names, repeats }: Draft): boolean => {
  if (names) return true;
  if (!repeats) return false;
  // Where this machine's clock is wrong, more than had to waits for one another.
  return repeats.madeAtMs === null || Math.abs(Date.now() - repeats.madeAtMs) > SURELY_KNOWN_MS;
};

/**
 * Makes `append`. Whoever writes one after the other is heard in that order, also when an earlier one has to be looked up:
 * what may have to be is appended before anything more of its writer is begun.
 */
export const createAppend = (run: RoomLog['run']): RoomLog['append'] => {
  const chains = createChains();

  const appendNow = async (room: string, draft: Draft): Promise<Appended> => {
    const { repeats, names } = draft;
    const memory = repeats ? (repeats.madeAtMs ?? '') : WHATEVER_IS_REMEMBERED;
    const args = [...appendArguments(draft), names?.seq ?? 0, memory];
    const reply = await run(room, APPEND, { keys: [], args });
    if (reply[0] === MAY_BE_FORGOTTEN) return findOrAppend(room, draft, reply[1] === 1);
    return reply[0] === NAMES_A_FORGOTTEN_ONE ? appendIfStored(room, draft) : readReply(reply, draft);
  };

  /** A repeat that was appended meanwhile is remembered, and found. */
  const findOrAppend = async (room: string, draft: Draft, isWaiting: boolean): Promise<Appended> => {
    const { repeats, ...found } = draft;
    const first = await repeats?.find(isWaiting);
    return first ? { ...first, atMs: 0, ordinal: 0, duplicate: true } : appendNow(room, found);
  };

  const appendIfStored = async (room: string, draft: Draft): Promise<Appended> => {
    const { names, repeats, ...named } = draft;
    if (names && !(await names.isStored())) throw namesNone(names);
    return appendNow(room, named);
  };

  const readReply = (reply: unknown[], { names }: Draft): Appended => {
    // Safe: the shape is append.lua's.
    const [code, seq, epoch, atMs, ordinal] = reply as [number, number, string, number, number];
    if (code === NAMES_NONE && names) throw namesNone(names);
    return { seq, epoch, atMs, ordinal, duplicate: code === 1 };
  };

  return async (room, draft) => {
    const writer = `${room} ${draft.by}`;
    if (mayNeedLookingUp(draft)) return chains.follow(writer, () => appendNow(room, draft));
    await chains.end(writer);
    return appendNow(room, draft);
  };
};
