import { signal } from '@preact/signals';
import type { Output } from '../../../../src/sdk/index.ts';
import { atMostEvery } from '../../at-most-every.ts';
import { client } from '../../client.ts';
import { fullName } from '../../format.ts';
import { followStage, isConflict } from '../../live/follow-stage.ts';

export type DeskPoll = Output<'poll.list'>['items'][number];
export type DeskQuestion = Output<'question.list'>['items'][number];
type Muted = Output<'live.mutes'>['items'][number];

/** The state that the parts of the host's desk share. */
export type DeskModel = ReturnType<typeof followDesk>;

type Order = 'pending' | 'top' | 'dismissed';

/** Entries that come together are one look at the server, which takes 120 a minute of each kind. */
const POLLS_APART_MS = 1_000;
const QUESTIONS_APART_MS = 1_500;
/** Of questions that wait for the team nothing is told: they are asked for. */
const ANYWAY_MS = 5_000;
const POLLS = 50;
const QUESTIONS = 100;
const MUTES = 100;

/** The page keeps the last state when the server cannot be asked: the next look comes anyway. */
const safely = (work: () => Promise<void>) => (): Promise<void> => work().catch(() => undefined);

/** Follows a stage with what only its team sees: drafts, tallies, questions that wait, who is muted. */
export const followDesk = (eventId: string) => {
  const model = followStage(eventId);
  const polls = signal<DeskPoll[]>([]);
  const questions = signal<Record<Order, DeskQuestion[]>>({
    ...{ pending: [], top: [], dismissed: [] },
  });
  const names = signal<Record<string, string>>({});
  const muted = signal<Muted[]>([]);

  const questionsBy = async (order: Order): Promise<DeskQuestion[]> =>
    (await client.call('question.list', { eventId, order, limit: QUESTIONS })).items;
  const loadPolls = safely(async () => {
    polls.value = (await client.call('poll.list', { eventId, limit: POLLS })).items;
  });
  const loadQuestions = safely(async () => {
    const [pending, top] = await Promise.all([questionsBy('pending'), questionsBy('top')]);
    questions.value = { ...questions.value, pending, top };
    await loadNames([...pending, ...top]);
  });
  const loadDismissed = safely(async () => {
    const dismissed = await questionsBy('dismissed');
    questions.value = { ...questions.value, dismissed };
    await loadNames(dismissed);
  });
  const loadNames = async (of: readonly { authorId: string | null }[]): Promise<void> => {
    const known = names.value;
    const unknown = [...new Set(of.flatMap(({ authorId }) => authorId ?? []))].filter((id) => known[id] === undefined);
    if (unknown.length === 0) return;
    const { items } = await client.call('profile.find', { userIds: unknown.slice(0, 100) });
    names.value = { ...names.value, ...Object.fromEntries(items.map((person) => [person.id, fullName(person)])) };
  };
  const loads = [
    { about: /^poll[.]/, ...atMostEvery(POLLS_APART_MS, loadPolls) },
    { about: /^question[.]/, ...atMostEvery(QUESTIONS_APART_MS, loadQuestions) },
    { about: /^question[.](removed|merged|shown)/, ...atMostEvery(QUESTIONS_APART_MS, loadDismissed) },
  ];
  const room = client.watch(`event:${eventId}`, {
    onEntries: (entries) => {
      for (const { about, soon } of loads) if (entries.some((entry) => about.test(entry.signal))) soon();
    },
    onGap: () => void loadAll(),
  });
  const loadMuted = safely(async () => {
    muted.value = (await client.call('live.mutes', { eventId, limit: MUTES })).items;
  });
  const doors = client.watch(`door:${eventId}`, {
    onEntries: (entries) => {
      if (entries.some(({ signal: name }) => name === 'live.muted')) void loadMuted();
    },
    onGap: () => void loadMuted(),
  });
  const loadAll = async (): Promise<void> => {
    await Promise.all([loadPolls(), loadQuestions(), loadDismissed(), loadMuted()]);
  };
  const anyway = setInterval(() => void loadQuestions(), ANYWAY_MS);
  void loadAll();

  /** Does something; where somebody else was faster, the newest state is shown before the error is. @throws RallyError */
  const act = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (thrown) {
      if (isConflict(thrown)) model.refresh();
      throw thrown;
    } finally {
      await loadAll();
    }
  };
  const stop = (): void => {
    clearInterval(anyway);
    for (const each of loads) each.stop();
    room.stop();
    doors.stop();
    model.stop();
  };
  return { ...model, polls, questions, names, muted, act, stop };
};

/** The name of a person as far as the desk knows it. */
export const nameOf = ({ names }: DeskModel, userId: string): string => names.value[userId] ?? 'Somebody';
