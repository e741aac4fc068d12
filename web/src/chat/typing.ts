import { signal } from '@preact/signals';
import { client } from '../client.ts';

/** Who is not named again within this time has stopped. */
const LASTS_MS = 6_000;
/** How often the others are told that this user goes on typing. */
const REPEAT_MS = 3_000;
/** Nobody is told so shortly after a message: a server may hold word of typing back this long. */
const QUIET_MS = 1_000;

/** Who is typing, by room. */
export const typing = signal<Readonly<Record<string, readonly string[]>>>({});
const timers = new Map<string, ReturnType<typeof setTimeout>>();

const set = (room: string, users: readonly string[]): void => {
  typing.value = { ...typing.value, [room]: users };
};

client.on('chat.typing', ({ room, users }) => {
  clearTimeout(timers.get(room));
  set(
    room,
    users.filter((userId) => userId !== client.userId()),
  );
  timers.set(
    room,
    setTimeout(() => set(room, []), LASTS_MS),
  );
});

/** What was awaited has been said. */
export const stopTyping = (room: string, userId: string): void => {
  const users = typing.value[room] ?? [];
  if (users.includes(userId))
    set(
      room,
      users.filter((each) => each !== userId),
    );
};

let toldAtMs = 0;
let quietUntilMs = 0;
let waiting: ReturnType<typeof setTimeout> | undefined;

const tellNow = (chatId: string): void => {
  waiting = undefined;
  toldAtMs = Date.now();
  void client.chat(chatId).type();
};

/** Tells the others, at most every few seconds, that this user is typing. */
export const tellTyping = (chatId: string): void => {
  const nowMs = Date.now();
  if (nowMs < quietUntilMs) waiting ??= setTimeout(() => tellNow(chatId), quietUntilMs - nowMs);
  else if (nowMs - toldAtMs >= REPEAT_MS) tellNow(chatId);
};

/** What was being typed has been sent, or given up. Word of it that is still on its way would come too late. */
export const endTyping = (): void => {
  clearTimeout(waiting);
  waiting = undefined;
  toldAtMs = 0;
  quietUntilMs = Date.now() + QUIET_MS;
};
