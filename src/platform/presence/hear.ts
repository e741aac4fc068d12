import type { Redis } from 'ioredis';
import type { Log } from '../log.ts';
import { ALL_PARTITIONS, channelOf } from './keys.ts';

export interface Hearing {
  onChanged: (userIds: string[], atMs: number) => void;
  onDecideAgain: (names: string[], canWait: boolean) => void;
  /** Something may have been missed: this node has just begun to hear, or begins again. */
  onDoubt: () => void;
  log: Pick<Log, 'warn'>;
}

/**
 * Hears what changes about anybody. A node hears of everybody: a change is a few bytes, and with some hundred people
 * watched it would have to hear every partition anyway.
 */
export const hearChannels = (subscriber: Redis, { onChanged, onDecideAgain, onDoubt, log }: Hearing): void => {
  subscriber.on('smessage', (_channel: string, message: string) => {
    const [kind, ...rest] = message.split('|');
    if (kind === 'd' || kind === 's') onDecideAgain(rest, kind === 's');
    else onChanged(rest.slice(1), Number(rest[0]));
  });
  const subscribe = async (): Promise<void> => {
    for (const partition of ALL_PARTITIONS) await subscriber.ssubscribe(channelOf(partition));
    onDoubt();
  };
  const begin = (): void =>
    void subscribe().catch((err: unknown) => log.warn({ err }, 'changes of presence cannot be heard yet'));
  subscriber.on('ready', begin);
  if (subscriber.status === 'ready') begin();
};
