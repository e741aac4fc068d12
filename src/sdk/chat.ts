import { type ChatEnvironment, ChatFollower, type ChatState, type Following } from './chat-follower.ts';
import type { Message } from './contract.ts';
import type { Draft } from './outbox.ts';
import type { Sending } from './sendings.ts';

/** One chat, as an application uses it. */
export interface Chat {
  /**
   * Hands a message to the outbox; it is shown as an echo until its own entry arrives. `mediaIds` are pictures that
   * `client.media.upload` gave, for the purpose MESSAGE; the body may be empty beside them. @throws RallyError OUTBOX_FULL
   */
  send: (body: string, more?: Omit<Draft, 'body'>) => Sending;
  /** Keeps the chat's state, from its history and every entry since, and tells each change. */
  follow: (onChange: (state: ChatState) => void) => Following;
  edit: (message: Pick<Message, 'seq'>, body: string) => Promise<void>;
  delete: (message: Pick<Message, 'seq'>) => Promise<void>;
  /** Moves the own read pointer forward. */
  read: (seq: number) => Promise<void>;
  /** Tells the others; nothing happens while there is no connection. */
  type: () => Promise<void>;
}

export const createChat = (environment: ChatEnvironment, chatId: string): Chat => {
  const { call, outbox } = environment;
  return {
    send: (body, more = {}) => outbox.add(chatId, { body, ...more }),
    follow: (onChange) => {
      const follower = new ChatFollower(environment, chatId, onChange);
      follower.start();
      return follower;
    },
    edit: async ({ seq }, body) => void (await call('chat.edit', { chatId, seq, body })),
    delete: async ({ seq }) => void (await call('chat.delete', { chatId, seq })),
    read: async (seq) => void (await call('chat.read', { chatId, seq })),
    type: () =>
      call('chat.type', { chatId }).then(
        () => undefined,
        () => undefined,
      ),
  };
};
