import { signal } from '@preact/signals';
import type { Output } from '../../../src/sdk/index.ts';
import { RallyError } from '../../../src/sdk/index.ts';
import { atMostEvery } from '../at-most-every.ts';
import { client } from '../client.ts';

export type Board = Output<'door.board'>;

/** Several scans at once are one look at the server. */
const APART_MS = 1_000;
/** Minutes go by without a scan, too. */
const ANYWAY_MS = 30_000;

/** Follows an event's doors: the server's own sums, fetched anew after each scan; the totals follow at once. */
export const followBoard = (eventId: string) => {
  const board = signal<Board | null>(null);
  const problem = signal<string | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;

  const load = async (): Promise<void> => {
    clearTimeout(timer);
    timer = setTimeout(load, ANYWAY_MS);
    try {
      board.value = await client.call('door.board', { eventId });
      problem.value = null;
    } catch (thrown) {
      if (!(thrown instanceof RallyError)) throw thrown;
      if (!thrown.retryable) clearTimeout(timer);
      problem.value = thrown.message;
    }
    if (isOver) clearTimeout(timer);
  };
  const { soon: loadSoon, stop: stopLoading } = atMostEvery(APART_MS, load);
  const room = client.watch(`door:${eventId}`, {
    onEntries: (entries) => {
      for (const entry of entries) {
        if (entry.signal === 'checkin.counted' && board.value) board.value = { ...board.value, ...entry.data };
      }
      loadSoon();
    },
    onGap: loadSoon,
    onClosed: ({ message }) => {
      problem.value = message;
    },
  });
  void load();
  const stop = (): void => {
    isOver = true;
    clearTimeout(timer);
    stopLoading();
    room.stop();
  };
  return { board, problem, stop };
};
