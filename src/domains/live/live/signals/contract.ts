import { z } from 'zod';
import { signal } from '../../../../kernel/contract.ts';
import { Id, Time } from '../../../../kernel/wire.ts';
import { doorRoom } from '../../../events/door/contract.ts';
import { eventRoom } from '../../../events/event/contract.ts';
import { LiveSession, Pinned, Tally } from '../../shapes/contract.ts';

const room = eventRoom;

export const opened = signal({
  name: 'live.opened',
  summary: 'The stage is open, or goes on after a pause.',
  room,
  data: LiveSession,
});

export const paused = signal({ name: 'live.paused', summary: 'The stage rests for a while.', room, data: LiveSession });

export const closed = signal({
  name: 'live.closed',
  summary: 'The stage is over; what was said stays to be read.',
  room,
  data: LiveSession,
});

export const configured = signal({
  name: 'live.configured',
  summary: 'The team changed how the stage is run.',
  room,
  data: LiveSession,
});

export const pinned = signal({
  name: 'live.pinned',
  summary: 'Another announcement stays on top, or none.',
  room,
  data: z.object({ eventId: Id, pinned: Pinned.nullable() }),
});

export const changed = signal({
  name: 'live.changed',
  summary: 'Who may take part changed. It names nobody, and whom it concerns is told by what they are answered.',
  room,
  data: z.object({ eventId: Id }),
});

export const muted = signal({
  name: 'live.muted',
  summary: 'To the team: somebody was muted, sent out, or may take part again (`until` null).',
  room: doorRoom,
  data: z.object({
    eventId: Id,
    userId: Id,
    until: Time.nullable(),
    isRemoved: z.boolean(),
    byId: Id,
    reason: z.string(),
  }),
});

export const ticked = signal({
  name: 'live.ticked',
  summary: 'Applause since the tick before, of the whole evening, and how many watch; twice a second at most.',
  data: z.object({ room: z.string(), viewers: z.int(), reactions: Tally, total: z.int() }),
});
