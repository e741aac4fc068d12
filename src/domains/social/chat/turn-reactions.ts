import { AppError } from '../../../kernel/errors.ts';
import { createBatcher, type Submit } from '../../../platform/batcher.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import { currentMessages } from './current-message.ts';
import type { MessageView } from './overlay.rules.ts';
import type { MessageTurns, ReactionStore, Reactors, Turn, TurnedMessage } from './reaction.store.ts';

/** A click a person is used to see at once; a crowd's clicks become four entries a second for each message. */
const BATCHES = { tickMs: 250, maxPerRoom: 1_000, maxWaiting: 10_000 };
/** Redis may lose what was loaded before it is used, when the room begins another epoch: then it is loaded again. */
const MAX_ATTEMPTS = 3;

interface Deps {
  database: Pick<Database, '$queryRaw'>;
  rooms: Pick<RoomLog, 'undurable'>;
  reactions: ReactionStore;
}

type Totals = Record<string, number>;

/** Everybody's reactions on this node, gathered by chat. Resolves with the message's totals once the log has the change. */
export const gatherTurns = (deps: Deps): Submit<Turn, Totals> =>
  createBatcher({ ...BATCHES, flush: (chatId, turns: Turn[]) => turnAll(deps, chatId, turns) });

const turnAll = async (deps: Deps, chatId: string, turns: Turn[]): Promise<(Totals | AppError)[]> => {
  const bySeq = groupBySeq(turns);
  const loads = new Map<number, Reactors | AppError>();
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const messages = [...bySeq].flatMap(([seq, ofMessage]) => withLoad(seq, ofMessage, loads.get(seq)));
    const reply = messages.length === 0 ? [] : await deps.reactions.turn(chatId, messages);
    if (!('missing' in reply)) {
      const outcomes = new Map(messages.flatMap((message, index) => outcomesOf(message, reply[index])));
      return turns.map((turn) => outcomes.get(turn) ?? refusal(loads.get(turn.seq)));
    }
    const views = await currentMessages(deps, chatId, reply.missing);
    for (const seq of reply.missing) loads.set(seq, reactorsOf(views.get(seq)));
  }
  throw unloadable();
};

const groupBySeq = (turns: Turn[]): Map<number, Turn[]> => {
  const bySeq = new Map<number, Turn[]>();
  for (const turn of turns) {
    const known = bySeq.get(turn.seq);
    if (known) known.push(turn);
    else bySeq.set(turn.seq, [turn]);
  }
  return bySeq;
};

const withLoad = (seq: number, turns: Turn[], load: Reactors | AppError | undefined): MessageTurns[] =>
  load instanceof AppError ? [] : [{ seq, turns, load }];

const outcomesOf = ({ turns }: MessageTurns, result: TurnedMessage | undefined): [Turn, Totals | AppError][] =>
  turns.map((turn, nth) => [turn, !result || result.refused[nth] ? tooMany() : result.reactions]);

const refusal = (load: Reactors | AppError | undefined): AppError => (load instanceof AppError ? load : unloadable());

const reactorsOf = (view: MessageView | undefined): Reactors | AppError => {
  if (!view) return new AppError('NOT_FOUND', 'There is no such message.');
  if (view.message.deletedAtMs !== null) return new AppError('GONE', 'The message was deleted.');
  const reactors: Reactors = {};
  for (const key of view.reactors) {
    const [emoji = '', userId = ''] = key.split(' ');
    reactors[emoji] = [...(reactors[emoji] ?? []), userId];
  }
  return reactors;
};

const tooMany = () => new AppError('CONFLICT', 'The message has as many different emoji as it takes.');
const unloadable = () => new AppError('OVERLOADED', 'The reactions could not be loaded.', { retryAfterMs: 250 });
