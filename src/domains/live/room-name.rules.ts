/** The room of an event, in which its stage is told. */
export const roomOf = (eventId: string): string => `event:${eventId}`;

/** Names under which nodes remember things of an event's stage beside what they remember of people. */
export const STAGE = 'stage';
export const pollName = (pollId: string): string => `poll:${pollId}`;
