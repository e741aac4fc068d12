import { signal } from '@preact/signals';
import { type Output, RallyError } from '../../../src/sdk/index.ts';
import { client } from '../client.ts';
import { storage } from '../storage.ts';

/** A ticket with all that a door asks for. */
export type Ticket = Output<'ticket.list'>['items'][number];

/** Own tickets of events to come, the next first; undefined before anything is known of them. */
export const tickets = signal<readonly Ticket[] | undefined>(undefined);

/** Why the last attempt to ask for them failed; what is shown is what was kept. */
export const ticketsError = signal<RallyError | null>(null);

/** They lie where the session lies, and go with it. */
const PREFIX = 'rally:tickets:';

/** Pages that are kept at most: 200 tickets. */
const MAX_PAGES = 4;

/** Shows what this device has kept for who is signed in, without network. */
const recall = async (userId: string): Promise<void> => {
  const kept = await storage.get(PREFIX + userId);
  // Safe: only `loadTickets` writes there.
  if (kept !== null && tickets.value === undefined) tickets.value = JSON.parse(kept) as Ticket[];
};

const askForAll = async (): Promise<Ticket[]> => {
  const all: Ticket[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer: Output<'ticket.list'> = await client.call('ticket.list', cursor === null ? {} : { cursor });
    all.push(...answer.items);
    cursor = answer.nextCursor;
    if (cursor === null) break;
  }
  return all;
};

/** Shows the kept tickets at once and asks the server for them, to keep what it says. */
export const loadTickets = async (): Promise<void> => {
  const userId = client.userId();
  if (userId === null) return;
  await recall(userId);
  try {
    const found = await askForAll();
    if (client.userId() !== userId) return;
    tickets.value = found;
    ticketsError.value = null;
    await storage.set(PREFIX + userId, JSON.stringify(found));
  } catch (thrown) {
    if (!(thrown instanceof RallyError)) throw thrown;
    if (client.userId() === userId) ticketsError.value = thrown;
  }
};

/** Marks a ticket as let in, the moment the door says so. */
export const noteEntered = (admissionId: string): void => {
  tickets.value = tickets.value?.map((ticket) => (ticket.id === admissionId ? { ...ticket, isEntered: true } : ticket));
};

/** Forgets everybody's tickets on this device. */
export const forgetTickets = async (): Promise<void> => {
  tickets.value = undefined;
  ticketsError.value = null;
  for (const key of await storage.keys(PREFIX)) await storage.remove(key);
};
