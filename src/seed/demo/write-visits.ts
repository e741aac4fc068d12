import type { Transaction } from '../../platform/db/client.ts';
import { seedId } from '../ids.ts';
import { badgeId, pointRuleId } from '../reference/ids.ts';
import { POINT_RULES } from '../reference/rewards.ts';
import { DEMO_EVENTS, type DemoEvent } from './events.ts';
import type { Person } from './guests.ts';
import { REVIEWS } from './reviews.ts';
import { admissionId, endOf, eventId, type Scene, startOf } from './write-events.ts';

/** What visits earn. */
export const BADGE_KEYS = ['first-steps', 'first-hosting', 'first-word'];
export const RULE_KEYS = ['check-in', 'event-hosted'];

const MINUTE_MS = 60_000;

/** Who came to what, in the order in which they came. */
interface Visit {
  event: DemoEvent;
  person: Person;
  at: Date;
}

const listId = (slug: string): string => seedId(`door ${slug}`);
const scanId = ({ event, person }: Visit): string => seedId(`scan ${event.slug} ${person}`);
/** As scanners stamp it: milliseconds, then a counter. */
const clockOf = ({ at }: Visit): bigint => BigInt(at.getTime()) << 16n;

export const visitsOf = (now: Date): Visit[] =>
  DEMO_EVENTS.filter(({ startsInHours }) => startsInHours < 0).flatMap((event) =>
    event.booked
      .filter((person) => !event.absent?.includes(person))
      .map((person, place) => ({ event, person, at: new Date(startOf(event, now).getTime() + place * 2 * MINUTE_MS) })),
  );

/** Scans at the doors, and what they earned: reviews, points, badges. */
export const writeVisits = async (tx: Transaction, scene: Scene): Promise<void> => {
  const visits = visitsOf(scene.now);
  const doors = DEMO_EVENTS.map(({ slug }) => slug);
  await tx.checkInList.createMany({
    data: doors.map((slug) => ({ id: listId(slug), eventId: eventId(slug), name: 'Main door', isDefault: true })),
  });
  await tx.eventCheckIn.createMany({ data: visits.map((visit) => scanRow(visit, scene)) });
  // The rows were made by the scans; every one of these was the first of its ticket.
  await tx.checkInOutcome.updateMany({
    where: { checkInId: { in: visits.map(scanId) } },
    data: { outcome: 'ADMITTED', foldedAt: scene.now },
  });
  await tx.admissionState.createMany({ data: visits.map((visit) => stateRow(visit, scene)) });
  await tx.attendance.createMany({
    data: visits.map((visit) => ({
      ...{ userId: scene.ids[visit.person], eventId: eventId(visit.event.slug) },
      ...{ scanId: scanId(visit), admittedAt: visit.at },
    })),
  });
  await writeReviews(tx, visits, scene);
  await tx.userPoint.createMany({ data: [...visits.map((visit) => visitPoints(visit, scene)), ...hostPoints(scene)] });
  await tx.userBadge.createMany({ data: badgeRows(visits, scene) });
};

const scanRow = (visit: Visit, { ids }: Scene) => {
  const { slug, host } = visit.event;
  return {
    ...{
      id: scanId(visit),
      eventId: eventId(slug),
      listId: listId(slug),
      participantId: admissionId(slug, visit.person),
    },
    ...{
      staffId: ids[host],
      hybridClock: clockOf(visit),
      gate: 'Main door',
      scannedAt: visit.at,
      receivedAt: visit.at,
    },
  };
};

const stateRow = (visit: Visit, { now }: Scene) => ({
  ...{ listId: listId(visit.event.slug), participantId: admissionId(visit.event.slug, visit.person) },
  ...{ eventId: eventId(visit.event.slug), hybridClock: clockOf(visit) },
  ...{ entries: 1, firstCheckInId: scanId(visit), isInside: endOf(visit.event, now) > now },
});

const writeReviews = async (tx: Transaction, visits: Visit[], { ids, now }: Scene): Promise<void> => {
  const rows = REVIEWS.flatMap(({ slug, by, rating, title, body, reply }) => {
    const visit = visits.find(({ event, person }) => event.slug === slug && person === by);
    if (!visit) throw new Error(`${by} was not at ${slug}`);
    const at = new Date(Math.min(endOf(visit.event, now).getTime() + 60 * MINUTE_MS, now.getTime()));
    const common = {
      authorId: ids[by],
      eventId: eventId(slug),
      hostId: ids[visit.event.host],
      checkInId: scanId(visit),
      createdAt: at,
    };
    const reviewed = { ...common, rating, id: seedId(`review ${slug} ${by}`), title, body };
    const answered = reply === undefined ? {} : { hostReply: reply, hostRepliedAt: at };
    return [
      { ...reviewed, ...answered, subject: 'EVENT' as const },
      { ...common, rating, id: seedId(`host review ${slug} ${by}`), subject: 'HOST' as const },
    ];
  });
  await tx.review.createMany({ data: rows });
  const helped = REVIEWS.flatMap(({ slug, by, helped = [] }) =>
    helped.map((person) => ({
      reviewId: seedId(`review ${slug} ${by}`),
      userId: ids[person],
      kind: 'HELPFUL' as const,
    })),
  );
  await tx.reviewVote.createMany({ data: helped });
};

const pointsOf = (key: string): number => POINT_RULES.find((rule) => rule.key === key)?.points ?? 1;
/** Everybody of the demo world counts days in UTC. */
const dayOf = (at: Date): Date => new Date(at.toISOString().slice(0, 10));

const visitPoints = (visit: Visit, { ids }: Scene) => ({
  ...{
    id: seedId(`points ${visit.event.slug} ${visit.person}`),
    userId: ids[visit.person],
    ruleId: pointRuleId('check-in'),
  },
  ...{ source: 'CHECK_IN' as const, sourceId: scanId(visit), amount: pointsOf('check-in') },
  ...{ dayKey: dayOf(visit.at), eventTime: visit.at, createdAt: visit.at },
});

const hostPoints = ({ ids, now }: Scene) =>
  DEMO_EVENTS.filter(({ status }) => status === 'COMPLETED').map((event) => ({
    ...{ id: seedId(`points ${event.slug}`), userId: ids[event.host], ruleId: pointRuleId('event-hosted') },
    ...{ source: 'EVENT_HOSTED' as const, sourceId: eventId(event.slug), amount: pointsOf('event-hosted') },
    ...{ dayKey: dayOf(endOf(event, now)), eventTime: endOf(event, now), createdAt: endOf(event, now) },
  }));

/** The badge of a first visit, of a first event hosted, and of a first review. */
const badgeRows = (visits: Visit[], { ids, now }: Scene) => {
  const visitors = visits.map(({ person, event, at }) => ({ person, event, at, key: 'first-steps' }));
  const completed = DEMO_EVENTS.filter(({ status }) => status === 'COMPLETED');
  const hosts = completed.map((event) => ({ person: event.host, event, at: endOf(event, now), key: 'first-hosting' }));
  const writers = REVIEWS.flatMap(({ slug, by }) => {
    const event = completed.find((each) => each.slug === slug);
    return event ? [{ person: by, event, at: endOf(event, now), key: 'first-word' }] : [];
  });
  const first = new Map<string, { userId: string; badgeId: string; eventId: string; earnedAt: Date }>();
  for (const { person, event, at, key } of [...visitors, ...hosts, ...writers]) {
    const row = { userId: ids[person], badgeId: badgeId(key), eventId: eventId(event.slug), earnedAt: at };
    const known = first.get(`${person} ${key}`);
    if (!known || at < known.earnedAt) first.set(`${person} ${key}`, row);
  }
  return [...first.values()];
};
