/** The room of an event. */
export const roomOf = (eventId: string): string => `event:${eventId}`;
