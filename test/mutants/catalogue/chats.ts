import type { Mutation } from '../mutation.ts';

const BLOCKS = 'test/domains/social/block.test.ts';
const GROUPS = 'test/domains/social/chat/group-settings.test.ts';
const MENTIONS = 'test/domains/social/chat/mentions.test.ts';
const JOINING = 'test/domains/social/chat/joining.test.ts';

/** Who is kept away from whom, and what a chat's team may do. */
export const chats: readonly Mutation[] = [
  {
    id: 'blocked-is-reached',
    breaks: 'While a block stands neither of the two brings the other into anything.',
    file: 'src/domains/identity/api.ts',
    from: 'return new Set([...open].filter((id) => !blocked.has(id)));',
    to: 'return blocked.size < 0 ? blocked : open;',
    tests: [BLOCKS],
    named: 'who is blocked, and who blocks, find the other as little as an account that is not there (B2)',
  },
  {
    id: 'block-leaves-the-chat',
    breaks: 'The direct chat of two goes from who blocks the other.',
    file: 'src/domains/social/chat/direct-chat.steps.ts',
    from: 'if (isOut) await endMembership(',
    to: 'if (isOut && chatId === room) await endMembership(',
    tests: [BLOCKS],
    named: 'the chat of the two goes from who blocks, on every node; the other writes on and is told nothing (B1)',
  },
  {
    id: 'silence-is-forgotten',
    breaks: 'Whoever is silenced cannot write.',
    file: 'src/domains/social/chat/silence.rules.ts',
    from: 'if (silencedUntil === null || silencedUntil <= now) return;',
    to: 'if (silencedUntil === null || silencedUntil > now) return;',
    tests: [GROUPS],
    named: 'who is silenced can read and not write, edit, react or type, on every node within a second',
  },
  {
    id: 'slow-mode-for-nobody',
    breaks: 'In slow mode members wait between two messages.',
    file: 'src/domains/social/chat/silence.rules.ts',
    from: "slowModeSeconds > 0 && role === 'MEMBER'",
    to: "slowModeSeconds > 86_400 && role === 'MEMBER'",
    tests: [GROUPS],
    named: 'of a hundred sends at once on two nodes one is taken',
  },
  {
    id: 'no-owner-is-left',
    breaks: 'A group has an owner as long as it has members.',
    file: 'src/domains/social/chat/set-role.ts',
    from: 'if (owners <= 1) throw',
    to: 'if (owners < 1) throw',
    tests: [GROUPS],
    named: 'a role counts on every node within a second, and an owner cannot be lost (Q3, Q5)',
  },
  {
    id: 'removed-comes-back-by-link',
    breaks: 'Whoever was removed from a group comes back by its team alone.',
    file: 'src/domains/social/chat/joining.rules.ts',
    from: "policy === 'LINK' && !standing.wasRemoved ? 'ENTER'",
    to: "policy === 'LINK' ? 'ENTER'",
    tests: [JOINING],
    named: 'who was removed has to ask, whoever left comes in again',
  },
  {
    id: 'edit-keeps-old-names',
    breaks: 'Unread mentions are what a recount of all messages gives.',
    file: 'src/domains/social/chat/persist.ts',
    from: '  await replaceMentions(tx, replayed.mentions);\n',
    to: '',
    tests: [MENTIONS],
    named: 'each is told once, however often it is stored; whoever an edit adds is told too',
  },
];
