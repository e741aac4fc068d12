import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  canCancelBooking,
  canListBookings,
  canPayBooking,
  canSeeBooking,
  canSeeOwedRefunds,
  canSeeWholeBooking,
  ownsTicket,
} from '../../../src/domains/events/booking/policy.ts';
import { EDGES, type EdgeName, mayAdvance } from '../../../src/domains/events/event/lifecycle.rules.ts';
import {
  canEnd,
  canManage,
  canModerate,
  canScan,
  canSee,
  canSeeAttendees,
  canSeeEvent,
  canSeeOnlineUrl,
  canSeeStock,
  canSell,
  canTakeMoney,
  type Guarded,
  STRANGER,
  type Standing,
  type TeamRole,
} from '../../../src/domains/events/event/policy.ts';
import { canSeeOccurrence, isOwnSeries } from '../../../src/domains/events/event-series/policy.ts';
import { audiencesOf } from '../../../src/domains/events/event-update/policy.ts';
import { canSeeShare, canShare } from '../../../src/domains/events/host/policy.ts';
import {
  canListFunding,
  canListPromos,
  canManagePromo,
  canSeeEventOfPromo,
} from '../../../src/domains/events/promo-code/policy.ts';
import { canDisposeOf } from '../../../src/domains/events/ticket/policy.ts';
import { maySell } from '../../../src/domains/events/ticket-type/policy.ts';
import {
  canListWaitlist,
  canManageWaitlist,
  canSeeEntry,
  isOwnEntry,
} from '../../../src/domains/events/waitlist/policy.ts';

const by = (role: string, userId = 'me') => ({ userId, sessionId: 's', role });
const me = by('USER');
const ROLES: readonly (TeamRole | null)[] = ['OWNER', 'CO_HOST', 'MANAGER', 'SUPERVISOR', 'DOOR_STAFF', null];

const PEOPLE = {
  stranger: {},
  follower: { followsHost: true },
  booker: { holdsTicket: true },
  attendee: { holdsTicket: true, isAdmitted: true },
  waiting: { isWaiting: true },
  invited: { isInvited: true },
  door: { role: 'DOOR_STAFF' },
  staff: { isStaff: true },
} as const satisfies Record<string, Partial<Standing>>;
type Person = keyof typeof PEOPLE;
const people = Object.keys(PEOPLE) as Person[];
const standingOf = (person: Person): Standing => ({ ...STRANGER, ...PEOPLE[person] });
const inRole = (role: TeamRole | null): Standing => ({ ...STRANGER, role });
/** Those for whom a decision is yes. */
const who = (may: (standing: Standing) => boolean): Person[] => people.filter((person) => may(standingOf(person)));
const rolesThat = (may: (standing: Standing) => boolean) => ROLES.filter((role) => may(inRole(role)));

const open: Guarded = { status: 'PUBLISHED', visibility: 'PUBLIC', hiddenAt: null };
const INSIDE: Person[] = ['invited', 'door', 'staff'];

describe('an event', () => {
  test.each<[string, Partial<Guarded>, Person[]]>([
    ['for everybody', {}, people],
    ['for who has its address', { visibility: 'UNLISTED' }, people],
    ['for followers', { visibility: 'FOLLOWERS' }, ['follower', 'booker', 'attendee', 'waiting', ...INSIDE]],
    ['for ticket holders', { visibility: 'TICKET_HOLDERS' }, ['booker', 'attendee', 'waiting', ...INSIDE]],
    ['for nobody else', { visibility: 'PRIVATE' }, ['booker', 'attendee', 'waiting', ...INSIDE]],
    ['that is a draft', { status: 'DRAFT' }, INSIDE],
    ['that waits for its review', { status: 'PENDING_REVIEW' }, INSIDE],
    ['that moderation hides', { hiddenAt: new Date() }, INSIDE],
    ['that is over', { status: 'COMPLETED' }, people],
    ['that was cancelled', { status: 'CANCELLED' }, people],
  ])('%s is known to whom it is for', (_what, fields, expected) => {
    const event = { ...open, ...fields };
    expect(who((standing) => canSee(event, standing))).toEqual(expected);
    expect(who((standing) => canSeeEvent(me, { event, standing }))).toEqual(expected);
    expect(who((standing) => canSeeStock(me, { stock: { event }, standing }))).toEqual(expected);
    expect(who((standing) => canSeeEventOfPromo(me, { event, standing }))).toEqual(expected);
  });

  test('tells its address online to who was admitted and to its team', () => {
    expect(who(canSeeOnlineUrl)).toEqual(['attendee', 'door']);
  });

  test.each<[string, (standing: Standing) => boolean, (TeamRole | null)[]]>([
    ['is run', canManage, ['OWNER', 'CO_HOST', 'MANAGER']],
    ['is sold', canSell, ['OWNER', 'CO_HOST', 'MANAGER']],
    ['has its ticket types changed', (standing) => maySell(me, { standing }), ['OWNER', 'CO_HOST', 'MANAGER']],
    ['is paid for by hand', canTakeMoney, ['OWNER', 'MANAGER']],
    ['is guarded', canScan, ['OWNER', 'CO_HOST', 'MANAGER', 'SUPERVISOR', 'DOOR_STAFF']],
    ['shows its guests', canSeeAttendees, ['OWNER', 'CO_HOST', 'MANAGER', 'SUPERVISOR']],
    ['is ended', canEnd, ['OWNER', 'CO_HOST']],
    ['has its earnings shared out', ({ role }) => canShare(role), ['OWNER']],
  ])('%s by these roles of its team alone', (_what, may, roles) => {
    expect(rolesThat(may)).toEqual(roles);
  });

  test('is reviewed and stopped by staff that decides about other people’s events', () => {
    const roles = ['SUPER_ADMIN', 'ADMIN', 'MODERATOR', 'SUPPORT', 'HOST', 'USER'];
    expect(roles.filter((role) => canModerate({ role }))).toEqual(['SUPER_ADMIN', 'ADMIN', 'MODERATOR']);
  });

  test('takes each edge of its life by whom the table names', () => {
    for (const edge of Object.keys(EDGES) as EdgeName[]) {
      const movers: readonly string[] = EDGES[edge].by;
      const may = mayAdvance(edge);
      expect(may(me, { standing: inRole('MANAGER') }), edge).toBe(movers.includes('team'));
      expect(may(me, { standing: inRole('CO_HOST') }), edge).toBe(movers.includes('team') || movers.includes('owners'));
      expect(may(by('MODERATOR'), { standing: STRANGER }), edge).toBe(movers.includes('staff'));
      expect(may(by('SUPPORT'), { standing: STRANGER }), edge).toBe(false);
    }
  });

  test('tells each audience what is meant for it', () => {
    expect(audiencesOf(standingOf('stranger'))).toEqual(['PUBLIC']);
    expect(audiencesOf(standingOf('attendee'))).toEqual(['PUBLIC', 'PARTICIPANTS']);
    expect(audiencesOf(standingOf('waiting'))).toEqual(['PUBLIC', 'WAITLIST']);
    expect(audiencesOf(standingOf('door'))).toEqual(['PUBLIC', 'PARTICIPANTS', 'WAITLIST', 'STAFF']);
  });

  test('shows its owner all shares of the earnings, others their own', () => {
    expect(canSeeShare({ userId: 'me', role: 'OWNER' }, 'them')).toBe(true);
    expect(canSeeShare({ userId: 'me', role: 'CO_HOST' }, 'them')).toBe(false);
    expect(canSeeShare({ userId: 'me', role: 'CO_HOST' }, 'me')).toBe(true);
  });
});

describe('a series', () => {
  test('is its host’s, with the events of it that they may know of', () => {
    expect([isOwnSeries(me, { hostId: 'me' }), isOwnSeries(me, { hostId: 'them' })]).toEqual([true, false]);
    const occurrence = {
      event: { ...open, status: 'DRAFT' as const },
      standing: inRole('OWNER'),
      series: { hostId: 'me' },
    };
    expect(canSeeOccurrence(me, occurrence)).toBe(true);
    expect(canSeeOccurrence(me, { ...occurrence, standing: STRANGER })).toBe(false);
    expect(canSeeOccurrence(me, { ...occurrence, series: { hostId: 'them' } })).toBe(false);
  });
});

describe('a booking', () => {
  const STATUS = ['RESERVED', 'ISSUED', 'CANCELLED'] as const;
  const of = (userId: string, holder: string | null = null, status: (typeof STATUS)[number] = 'ISSUED') => ({
    booking: { userId, status: 'CONFIRMED' as const, admissions: [{ userId: holder, status }] },
    standing: STRANGER,
  });

  test('is known to who made it, who holds a ticket of it, and who sees the guests', () => {
    expect(canSeeBooking(me, of('me'))).toBe(true);
    expect(canSeeBooking(me, of('them'))).toBe(false);
    expect(STATUS.map((status) => canSeeBooking(me, of('them', 'me', status)))).toEqual([true, true, false]);
    expect(canSeeWholeBooking(me, of('them', 'me'))).toBe(false);
    const roles = rolesThat((standing) => canSeeBooking(me, { ...of('them'), standing }));
    expect(roles).toEqual(['OWNER', 'CO_HOST', 'MANAGER', 'SUPERVISOR']);
  });

  test('is paid by who made it', () => {
    expect([canPayBooking(me, of('me')), canPayBooking(me, { ...of('them'), standing: inRole('OWNER') })]).toEqual([
      true,
      false,
    ]);
  });

  test('is cancelled by who made it and the team, and by a guest once it is confirmed', () => {
    expect(canCancelBooking(me, of('me'))).toBe(true);
    expect(canCancelBooking(me, of('them', 'me'))).toBe(true);
    const { booking, standing } = of('them', 'me', 'RESERVED');
    expect(canCancelBooking(me, { booking: { ...booking, status: 'HELD' }, standing })).toBe(false);
    const roles = rolesThat((each) => canCancelBooking(me, { ...of('them'), standing: each }));
    expect(roles).toEqual(['OWNER', 'CO_HOST', 'MANAGER']);
  });

  test('is listed by who made it, an event’s by who sees the guests, what is owed by the team', () => {
    expect(canListBookings(me, { standing: null })).toBe(true);
    const listing = rolesThat((standing) => canListBookings(me, { standing }));
    expect(listing).toEqual(['OWNER', 'CO_HOST', 'MANAGER', 'SUPERVISOR']);
    expect(rolesThat((standing) => canSeeOwedRefunds(me, { standing }))).toEqual(ROLES.slice(0, -1));
  });

  test('has tickets that are their holder’s, and the booker’s while they have no holder with an account', () => {
    const ticket = (userId: string | null) => ({ userId, transferredFromId: null }) as Parameters<typeof ownsTicket>[2];
    expect(ownsTicket(me, { userId: 'them' }, ticket('me'))).toBe(true);
    expect(ownsTicket(me, { userId: 'me' }, ticket('them'))).toBe(false);
    expect(ownsTicket(me, { userId: 'me' }, ticket(null))).toBe(true);
    type Held = Parameters<typeof canDisposeOf>[1];
    const held = { booking: { userId: 'me' }, admission: ticket('them') } as unknown as Held;
    expect(canDisposeOf(me, held)).toBe(false);
    expect(canDisposeOf(by('USER', 'them'), held)).toBe(true);
  });
});

describe('a place in the line', () => {
  const of = (userId: string, role: TeamRole | null) => ({ entry: { userId }, standing: { role } });

  test('is its owner’s, and seen and ordered by who sells', () => {
    expect([isOwnEntry(me, of('me', null)), isOwnEntry(me, of('them', 'OWNER'))]).toEqual([true, false]);
    expect(canSeeEntry(me, of('me', null))).toBe(true);
    for (const may of [canSeeEntry, canManageWaitlist]) {
      expect(ROLES.filter((role) => may(me, of('them', role)))).toEqual(['OWNER', 'CO_HOST', 'MANAGER']);
    }
    expect(canListWaitlist(me, { standing: null })).toBe(true);
    expect(rolesThat((standing) => canListWaitlist(me, { standing }))).toEqual(['OWNER', 'CO_HOST', 'MANAGER']);
  });
});

describe('a code', () => {
  const of = (createdById: string, funding: 'HOST' | 'PLATFORM', standing: Standing | null) => ({
    promo: { createdById, funding },
    standing,
  });

  test('of all of somebody’s events is theirs, of one event its team’s, of the platform its administrators’', () => {
    expect(canManagePromo(me, of('me', 'HOST', null))).toBe(true);
    expect(canManagePromo(me, of('them', 'HOST', null))).toBe(false);
    expect(canManagePromo(me, of('me', 'HOST', STRANGER))).toBe(false);
    const roles = rolesThat((standing) => canManagePromo(me, of('them', 'HOST', standing)));
    expect(roles).toEqual(['OWNER', 'CO_HOST', 'MANAGER']);
    expect(canManagePromo(me, of('me', 'PLATFORM', null))).toBe(false);
    expect(canManagePromo(by('ADMIN'), of('them', 'PLATFORM', null))).toBe(true);
  });

  test('is listed by the same people', () => {
    expect(canListPromos(me, { standing: null })).toBe(true);
    expect(rolesThat((standing) => canListPromos(me, { standing }))).toEqual(['OWNER', 'CO_HOST', 'MANAGER']);
    expect(canSeeEventOfPromo(me, { event: null, standing: null })).toBe(true);
    const may = (role: string, funding: 'HOST' | 'PLATFORM') => canListFunding(by(role), null, { funding });
    expect([may('USER', 'HOST'), may('MODERATOR', 'PLATFORM'), may('ADMIN', 'PLATFORM')]).toEqual([true, false, true]);
  });
});

describe('what is only found', () => {
  /** Finds a thing for anybody: who may know of it is the operation's to say. */
  const FINDS =
    /\b(findSubject|holdSubject|findUpdateSubject|lookAtBooking|holdBooking|holdTicket|holdEntry|holdPromo|holdSeries|holdMember|holdType)\(/;
  const sources = readdirSync('src/domains/events', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => [path, readFileSync(join('src/domains/events', path), 'utf8')] as const);
  const finding = sources.filter(([, source]) => /^ {4}load: /m.test(source) && FINDS.test(source));

  test('is shown by no operation that does not say who may know of it', () => {
    expect(finding.length).toBeGreaterThan(40);
    expect(finding.filter(([, source]) => !/^ {4}sees: /m.test(source)).map(([path]) => path)).toEqual([]);
  });
});
