import { z } from 'zod';
import { EventHostRole } from '../../../generated/prisma/enums.ts';
import { operation } from '../../../kernel/contract.ts';
import { Id, Time } from '../../../kernel/wire.ts';
import { EventPerson } from '../shapes/contract.ts';

/** Team members of one event, invitations included. */
export const MAX_TEAM = 100;

/** Places in a team that can be given; the OWNER is who made the event. */
export const TeamPlace = z.enum(['CO_HOST', 'MANAGER', 'SUPERVISOR', 'DOOR_STAFF']);

export const TeamMember = EventPerson.extend({
  role: z.enum(EventHostRole),
  invitedAt: Time,
  /** Null while an invitation is open. */
  acceptedAt: Time.nullable(),
  /** Hundredths of a percent of the earnings; shown of co-hosts only, to the owner and to themselves. */
  shareBasisPoints: z.int().optional(),
}).meta({ id: 'TeamMember' });

const ofEvent = z.object({ eventId: Id });
const ofMember = ofEvent.extend({ userId: Id });
const member = { access: 'user', durability: 'committed', output: TeamMember } as const;
const rates = [{ limit: 60, windowSeconds: 60, by: 'actor' }] as const;

export const invite = operation({
  ...member,
  name: 'host.invite',
  summary:
    'Ask somebody to join the team. CO_HOST and MANAGER run the event, SUPERVISOR sees attendees at the door, DOOR_STAFF scans.',
  feature: 'HOSTING',
  rates,
  input: ofMember.extend({ role: TeamPlace }),
  errors: ['CONFLICT'],
  http: 'POST /v1/events/{eventId}/hosts',
});

export const accept = operation({
  ...member,
  name: 'host.accept',
  summary: 'Take the place in the team the caller was invited to.',
  rates,
  input: ofEvent,
  errors: ['CONFLICT'],
  http: 'POST /v1/events/{eventId}/hosts/accept',
});

export const setRole = operation({
  ...member,
  name: 'host.setRole',
  summary: 'Give a team member below the caller another place below the caller.',
  rates,
  input: ofMember.extend({ role: TeamPlace }),
  errors: ['CONFLICT'],
  http: 'PATCH /v1/events/{eventId}/hosts/{userId}',
});

/** All of an event's earnings, in hundredths of a percent. */
export const ALL_BASIS_POINTS = 10_000;

export const setShare = operation({
  ...member,
  name: 'host.setShare',
  summary:
    'Give a co-host a share of the earnings, or with 0 none: the owner alone may. It counts once they have accepted, for what is sold from then on. CONFLICT for other places, and when all shares together would pass 10,000.',
  rates,
  input: ofMember.extend({ shareBasisPoints: z.int().min(0).max(ALL_BASIS_POINTS) }),
  errors: ['CONFLICT'],
  http: 'PUT /v1/events/{eventId}/hosts/{userId}/share',
});

export const remove = operation({
  name: 'host.remove',
  summary: 'Take somebody out of the team, or leave it, or turn an invitation down.',
  access: 'user',
  durability: 'committed',
  rates,
  input: ofMember,
  output: z.object({ userId: Id }),
  errors: ['CONFLICT'],
  http: 'DELETE /v1/events/{eventId}/hosts/{userId}',
});

export const list = operation({
  name: 'host.list',
  summary: 'Who runs the event: all of the team for its members, host and co-hosts for everybody else.',
  access: 'public',
  durability: 'read',
  scopes: ['EVENTS_READ'],
  rates: [{ limit: 600, windowSeconds: 60, by: 'address' }],
  input: ofEvent,
  output: z.object({ items: z.array(TeamMember) }),
  errors: [],
  http: 'GET /v1/events/{eventId}/hosts',
});
