import type { Mutation } from '../mutation.ts';

const UNASKED = 'test/domains/notifications/unasked.test.ts';
const ACQUAINTANCE = 'src/domains/identity/acquaintance/acquaintance.reads.ts';
const NOTHING = 'a stranger’s tickets bring nothing';
const NOBODY = 'what others do makes nobody an acquaintance';

/** What strangers can have somebody told: nothing, until that person has had to do with them. */
export const news: readonly Mutation[] = [
  {
    id: 'strangers-bring-news',
    breaks: 'Nobody is told anything of a ticket that a stranger gave them.',
    file: 'src/domains/notifications/intent/unasked.reads.ts',
    from: "if (isUnasked && broughtBy.reaches === 'NOTHING') return [];",
    to: '',
    tests: [UNASKED],
    named: NOTHING,
  },
  {
    id: 'strangers-invite-by-mail',
    breaks: 'A stranger’s invitation stays in the inbox.',
    file: 'src/domains/notifications/intent/unasked.reads.ts',
    from: 'isInboxOnly: isUnasked }',
    to: 'isInboxOnly: false }',
    tests: [UNASKED],
    named: NOBODY,
  },
  {
    id: 'strangers-tickets-bring-the-events-news',
    breaks: 'Whom a stranger gave a ticket is told no news of its event.',
    file: 'src/domains/notifications/fan-out/fan-out.job.ts',
    from: "audience === 'EVENT_PARTICIPANTS' ? ticketBringers",
    to: "audience === 'EVENT_SAVERS' ? ticketBringers",
    tests: [UNASKED],
    named: NOTHING,
  },
  {
    id: 'unread-chats-make-acquaintances',
    breaks: 'A chat that a stranger opened makes them known only once it is read.',
    file: ACQUAINTANCE,
    from: 'own.last_read_seq > 0',
    to: 'own.last_read_seq >= 0',
    tests: [UNASKED],
    named: NOBODY,
  },
  {
    id: 'groups-make-acquaintances',
    breaks: 'Who puts a person into a group is not known to them by that.',
    file: ACQUAINTANCE,
    from: 'chats.created_by = pair.user_id',
    to: 'chats.created_by = pair.bringer_id',
    tests: [UNASKED],
    named: NOBODY,
  },
  {
    id: 'followers-are-acquaintances',
    breaks: 'Who follows a person is not known to them by that.',
    file: ACQUAINTANCE,
    from: 'follower_id = pair.user_id AND followee_id = pair.bringer_id',
    to: 'followee_id = pair.user_id AND follower_id = pair.bringer_id',
    tests: [UNASKED],
    named: NOBODY,
  },
  {
    id: 'asking-makes-friends',
    breaks: 'Who asks a person to be friends is not known to them before they agree.',
    file: ACQUAINTANCE,
    from: "status = 'ACCEPTED' AND requester_id = pair.bringer_id",
    to: 'requester_id = pair.bringer_id',
    tests: [UNASKED],
    named: NOBODY,
  },
];
