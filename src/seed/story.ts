/** One thing that happened in a chat: something said, perhaps in reply, or a reaction. Targets count lines from 0. */
export type Line<By extends string = string> =
  | { by: By; says: string; replyTo?: number }
  | { by: By; reacts: string; to: number };

export interface StoryMessage {
  seq: number;
  ordinal: number;
  by: string;
  body: string;
  replyToSeq: number | null;
  sentAt: Date;
  /** The last entry that changed the message: its own, or the latest reaction to it. */
  appliedSeq: number;
  reactions: Record<string, number>;
}

export interface StoryReaction {
  seq: number;
  emoji: string;
  by: string;
  createdAt: Date;
}

/** A chat as the persister leaves it once every entry of its log is stored. */
export interface Story {
  messages: StoryMessage[];
  reactions: StoryReaction[];
  lastSeq: number;
  /** How far each person has read: as far as they wrote, which is what sending does. */
  readBy: Map<string, { seq: number; ordinal: number }>;
}

const MINUTE_MS = 60_000;

/**
 * Numbers the lines as the room's log would: each takes one sequence number, each message one ordinal.
 * @param endsAt when the last line was written; the others lie a minute apart before it
 */
export const tellStory = (lines: readonly Line[], endsAt: Date): Story => {
  const story: Story = { messages: [], reactions: [], lastSeq: lines.length, readBy: new Map() };
  for (const [index, line] of lines.entries()) {
    const at = new Date(endsAt.getTime() - (lines.length - 1 - index) * MINUTE_MS);
    if ('says' in line) addMessage(story, { ...line, seq: index + 1, at });
    else addReaction(story, { ...line, seq: index + 1, at });
  }
  return story;
};

const addMessage = (
  story: Story,
  line: { by: string; says: string; replyTo?: number; seq: number; at: Date },
): void => {
  const { by, says, replyTo, seq, at } = line;
  const ordinal = story.messages.length + 1;
  const replyToSeq = replyTo === undefined ? null : replyTo + 1;
  story.messages.push({ seq, ordinal, by, body: says, replyToSeq, sentAt: at, appliedSeq: seq, reactions: {} });
  story.readBy.set(by, { seq, ordinal });
};

const addReaction = (story: Story, line: { by: string; reacts: string; to: number; seq: number; at: Date }): void => {
  const { by, reacts: emoji, to, seq, at } = line;
  const message = story.messages.find((candidate) => candidate.seq === to + 1);
  if (!message) throw new Error(`line ${seq - 1} reacts to line ${to}, which is no message before it`);
  message.appliedSeq = seq;
  message.reactions[emoji] = (message.reactions[emoji] ?? 0) + 1;
  story.reactions.push({ seq: message.seq, emoji, by, createdAt: at });
};
