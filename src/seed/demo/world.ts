import type { Database, Transaction } from '../../platform/db/client.ts';
import { seedId } from '../ids.ts';
import { readOffered, writeOffered } from '../offered.ts';
import { badgeId, categoryId, pointRuleId, policyId } from '../reference/ids.ts';
import { insertChat } from '../write-chat.ts';
import { DEMO_EVENTS, type DemoEvent } from './events.ts';
import type { Person } from './guests.ts';
import { endOf, eventId, POLICY, type Scene, writeEvents } from './write-events.ts';
import { areGuestsFree, writeGuests } from './write-guests.ts';
import { writeTies } from './write-ties.ts';
import { BADGE_KEYS, RULE_KEYS, writeVisits } from './write-visits.ts';

/** Any number that no other program of ours locks. */
const LOCK_KEY = 72_657_003;
/** What it is called among the things that are offered once. */
const OFFER = 'demo:world';

/**
 * Writes events, visits, reviews and posts around the demo people, once, in one transaction. Needs them and the
 * reference data. Only free tickets are taken: paid ones wait for somebody to book them.
 * @returns whether it did; not when it did before, somebody else has a guest's name, or the reference data are not ours
 */
export const seedDemoEvents = (database: Database, now: Date): Promise<boolean> =>
  database.$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCK_KEY})`;
      const offered = await readOffered(tx);
      if (offered.has(OFFER) || !(await areGuestsFree(tx)) || !(await isGroundThere(tx))) return false;
      const scene: Scene = { ids: await writeGuests(tx, now), now };
      await writeEvents(tx, scene);
      await writeVisits(tx, scene);
      await writeTies(tx, scene);
      for (const event of DEMO_EVENTS.filter(({ chat }) => chat)) await insertChat(tx, chatOf(event, scene), scene.ids);
      await writeOffered(tx, offered.add(OFFER));
      return true;
    },
    { timeout: 30_000 },
  );

/** Whether the rows stand that the demo world leans on; operators may have made others under the same names. */
const isGroundThere = async (tx: Transaction): Promise<boolean> => {
  const categories = [...new Set(DEMO_EVENTS.map(({ category }) => categoryId(category)))];
  const badges = BADGE_KEYS.map(badgeId);
  const rules = RULE_KEYS.map(pointRuleId);
  const counts = [
    await tx.eventCategory.count({ where: { id: { in: categories } } }),
    await tx.badge.count({ where: { id: { in: badges } } }),
    await tx.pointRule.count({ where: { id: { in: rules } } }),
    await tx.cancellationPolicy.count({ where: { id: policyId(POLICY) } }),
  ];
  return counts.join() === [categories.length, badges.length, rules.length, 1].join();
};

/** The chat of an event: its host, and who has a ticket. */
const chatOf = (event: DemoEvent, { now }: Scene) => {
  const members: [Person, ...Person[]] = [event.host, ...event.booked];
  const endsAt = new Date(Math.min(endOf(event, now).getTime(), now.getTime()));
  return {
    id: seedId(`chat ${event.slug}`),
    title: event.title,
    eventId: eventId(event.slug),
    members,
    lines: event.chat ?? [],
    endsAt,
  };
};
