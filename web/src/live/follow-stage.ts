import { signal } from '@preact/signals';
import type { Output, StageState } from '../../../src/sdk/index.ts';
import { RallyError } from '../../../src/sdk/index.ts';
import { client } from '../client.ts';
import { pageTitle } from '../state/title.ts';

export type Poll = StageState['polls'][number];
export type Question = StageState['questions'][number];

/** An event's stage as its pages share it. */
export type StageModel = ReturnType<typeof followStage>;

/** The longest that setTimeout counts, in milliseconds. */
const LONGEST_MS = 2 ** 31 - 1;

/** Follows the stage of an event, its title, and what became of one's own questions. */
export const followStage = (eventId: string) => {
  const stage = client.live(eventId);
  const state = signal<StageState | null>(null);
  const title = signal('');
  /** The stage may not be watched any more. */
  const isGone = signal(false);
  const own = signal<Output<'question.list'>['items']>([]);
  let unmuting: ReturnType<typeof setTimeout> | undefined;

  const following = stage.follow(
    (next) => {
      if (next.mine.mutedUntil !== state.value?.mine.mutedUntil) lookWhenUnmuted(next.mine.mutedUntil);
      state.value = next;
    },
    () => {
      isGone.value = true;
    },
  );
  const lookWhenUnmuted = (until: string | null): void => {
    clearTimeout(unmuting);
    if (until === null) return;
    const inMs = new Date(until).getTime() - Date.now();
    unmuting = setTimeout(following.refresh, Math.min(LONGEST_MS, Math.max(0, inMs) + 500));
  };
  const loadOwn = async (): Promise<void> => {
    // Should it fail, the next connection or question tries again.
    const page = await client.call('question.list', { eventId, order: 'own', limit: 20 }).catch(() => null);
    if (page) own.value = page.items;
  };
  const loadTitle = async (): Promise<void> => {
    const event = await client.call('event.get', { eventId }).catch(() => null);
    if (event) pageTitle.value = event.title;
    title.value = event?.title ?? title.value;
  };
  const room = client.watch(`event:${eventId}`, {
    onEntries: (entries) => {
      const isOwn = (id: string): boolean => own.value.some((question) => question.id === id);
      if (entries.some((entry) => isOwn(questionOf(entry.data)))) void loadOwn();
    },
    onGap: () => void loadOwn(),
  });
  const stopStatus = client.onStatus(({ phase }) => {
    if (phase !== 'online') return;
    // Ticks of applause that were missed are in no log.
    following.refresh();
    void loadOwn();
    if (title.value === '') void loadTitle();
  });
  void loadOwn();
  void loadTitle();
  const stop = (): void => {
    clearTimeout(unmuting);
    following.stop();
    room.stop();
    stopStatus();
  };
  return { eventId, stage, state, title, isGone, own, loadOwn, refresh: following.refresh, stop };
};

/** The question that an entry of the room is about, or ''. */
const questionOf = (data: unknown): string => {
  const { questionId, question } = Object(data) as { questionId?: string; question?: { id: string } };
  return questionId ?? question?.id ?? '';
};

/** Does something on the stage; when the stage has changed meanwhile, it is shown as it is now. @throws RallyError */
export const actOn = async ({ refresh }: Pick<StageModel, 'refresh'>, work: () => Promise<unknown>): Promise<void> => {
  try {
    await work();
  } finally {
    refresh();
  }
};

/** Whether something thrown says that somebody else was faster. */
export const isConflict = (thrown: unknown): boolean => thrown instanceof RallyError && thrown.code === 'CONFLICT';
