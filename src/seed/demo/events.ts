import type { EventMode, EventStatus, EventType } from '../../generated/prisma/enums.ts';
import type { Line } from '../story.ts';
import { COMING_EVENTS } from './coming-events.ts';
import type { Person } from './guests.ts';
import { PAST_EVENTS } from './past-events.ts';
import type { PLACES } from './places.ts';

export interface DemoTicket {
  name: string;
  capacity?: number;
  /** Minor units of BDT; free when absent. */
  price?: bigint;
}

export interface DemoEvent {
  slug: string;
  title: string;
  summary: string;
  description: string;
  host: Person;
  type: EventType;
  category: string;
  status: EventStatus;
  mode?: EventMode;
  /** From the moment of seeding to the beginning; negative is past. */
  startsInHours: number;
  lengthHours: number;
  place: keyof typeof PLACES;
  tickets: [DemoTicket, ...DemoTicket[]];
  /** Who has a ticket of the first kind, which is free wherever somebody has one. */
  booked: Person[];
  /** Of those, who did not come; of events that began. */
  absent?: Person[];
  /** Who waits for a seat of a full event. */
  waiting?: Person[];
  tags: string[];
  chat?: Line<Person>[];
}

export const DEMO_EVENTS: DemoEvent[] = [...PAST_EVENTS, ...COMING_EVENTS];
