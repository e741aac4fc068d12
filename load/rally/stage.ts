import type { User } from './api.ts';
import { get, post } from './http.ts';

/** A stage that is open, with a poll that is open. */
export interface OpenStage {
  eventId: string;
  pollId: string;
  optionIds: string[];
}

/** Publishes an event, opens its stage, and asks its audience something. */
export async function openStage(url: string, host: User): Promise<OpenStage> {
  const atHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  const input = {
    title: 'Bench',
    description: 'A night',
    startDate: atHours(1),
    endDate: atHours(5),
    status: 'PUBLISHED',
  };
  const { id: eventId } = await post<{ id: string }>(`${url}/v1/events`, input, host);
  await post(`${url}/v1/events/${eventId}/live/open`, {}, host);
  const question = { kind: 'SINGLE', prompt: 'Which?', options: ['Red', 'Blue', 'Green'], reveal: 'ALWAYS' };
  const poll = await post<{ id: string; options: { id: string }[] }>(
    `${url}/v1/events/${eventId}/polls`,
    question,
    host,
  );
  await post(`${url}/v1/events/${eventId}/polls/${poll.id}/open`, {}, host);
  return { eventId, pollId: poll.id, optionIds: poll.options.map(({ id }) => id) };
}

/** Closes the poll. @returns how far its counts by option are from the number of its voters */
export async function closePoll(url: string, host: User, { eventId, pollId }: OpenStage): Promise<number> {
  await post(`${url}/v1/events/${eventId}/polls/${pollId}/close`, {}, host);
  const view = await get<{ voters: number; results: { votes: Record<string, number> } }>(
    `${url}/v1/events/${eventId}/polls/${pollId}/results`,
    host,
  );
  const votes = Object.values(view.results.votes).reduce((sum, count) => sum + count, 0);
  return Math.abs(votes - view.voters);
}
