/** The room of a chat. */
export const roomOf = (chatId: string): string => `chat:${chatId}`;
