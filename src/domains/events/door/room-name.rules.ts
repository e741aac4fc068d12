/** The room of an event's doors. */
export const doorRoomOf = (eventId: string): string => `door:${eventId}`;
