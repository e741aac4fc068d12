import type { Removal } from '../../platform/removal.ts';
import { removeMadeEvents } from './event/remove-made.steps.ts';

/** See `event/remove-made.ts`: removes the events that test accounts host, and what they booked at those of others. */
export const removeEventsOf: Removal = (removing) => removeMadeEvents(removing);
