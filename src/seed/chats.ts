import type { Who } from './people.ts';
import type { Line } from './story.ts';

export interface DemoChat {
  /** Absent for a chat of two. */
  title?: string;
  /** The first one opened it. */
  members: Who[];
  lines: Line<Who>[];
}

export const DEMO_CHATS: DemoChat[] = [
  {
    title: 'Launch night',
    members: ['margaret', 'ada', 'grace', 'linus'],
    lines: [
      { by: 'margaret', says: 'Doors open at seven on Friday. Who can help with check-in?' },
      { by: 'ada', says: 'Me! I would like to see two scanners disagree and still end up with the same list.' },
      { by: 'grace', says: 'I am bringing nanoseconds for everyone, 30 cm each.' },
      { by: 'linus', reacts: '🎉', to: 2 },
      { by: 'ada', reacts: '🎉', to: 2 },
      { by: 'linus', says: 'I can talk about how a patch travels. Ten minutes, no slides.', replyTo: 0 },
      { by: 'margaret', says: 'Ten minutes it is. I have prepared for twelve, just in case.', replyTo: 5 },
      { by: 'grace', reacts: '🔥', to: 6 },
      { by: 'ada', says: 'Then we have a programme. See you all on Friday 🎈' },
    ],
  },
  {
    members: ['ada', 'grace'],
    lines: [
      { by: 'ada', says: 'Did you find the bug that stopped the machine?' },
      { by: 'grace', says: 'A moth, in relay 70. I taped it into the log book.' },
      { by: 'ada', reacts: '😂', to: 1 },
      { by: 'ada', says: 'The best kind: one you can hold up.' },
      { by: 'grace', says: 'Are you coming early on Friday? I could use a hand with the badges.' },
    ],
  },
];
