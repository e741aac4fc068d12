/** Whether a place in an event's team brings one in its chat: who runs the event looks after what is said about it. */
export const moderates = ({ role }: { role: string }): boolean => role === 'CO_HOST' || role === 'MANAGER';
