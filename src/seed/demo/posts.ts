import type { Person } from './guests.ts';

interface DemoPost {
  key: string;
  by: Person;
  hoursAgo: number;
  body: string;
  tags?: string[];
  /** Slug of the event it is about. */
  about?: string;
  likedBy: Person[];
  comments?: [by: Person, says: string][];
}

export const POSTS: DemoPost[] = [
  {
    ...{
      key: 'thanks',
      by: 'margaret',
      hoursAgo: 19 * 24,
      about: 'moon-landing-retold',
      likedBy: ['ada', 'grace', 'nadia', 'omar', 'mei'],
    },
    body: 'Thank you all for last night. The recording of the simulator run, alarms included, goes up tomorrow.',
    comments: [
      ['nadia', 'My students are asking whether they can have the tables.'],
      ['margaret', 'Of course. Tell them to find the one mistake I left in.'],
    ],
  },
  {
    ...{
      key: 'bags',
      by: 'omar',
      hoursAgo: 8 * 24,
      about: 'river-clean-up',
      likedBy: ['lucia', 'rafiq', 'ayesha', 'zainab', 'linus'],
    },
    body: '61 bags, two bicycles and a birdcage. The river says thank you.',
    tags: ['volunteering'],
    comments: [['rafiq', 'I would like to meet the owner of the birdcage.']],
  },
  {
    ...{
      key: 'moth',
      by: 'grace',
      hoursAgo: 80,
      about: 'first-compiler-night',
      likedBy: ['ada', 'linus', 'margaret', 'mei'],
    },
    body: 'For those who asked: yes, the moth was real. No, you cannot have it.',
    tags: ['history'],
  },
  {
    ...{ key: 'seats', by: 'mei', hoursAgo: 30, about: 'board-games-and-tea', likedBy: ['farhan', 'lucia'] },
    body: 'Six seats, six players, one vote each. I am told that bribes of biscuits work.',
    comments: [['farhan', 'I have been baking since Tuesday.']],
  },
  {
    ...{
      key: 'stage',
      by: 'ayesha',
      hoursAgo: 2,
      about: 'saturday-market-sessions',
      likedBy: ['tanvir', 'nadia', 'lucia', 'ada'],
    },
    body: 'Stage is up, plants are out, dumplings are steaming. Until late!',
    tags: ['music', 'food'],
  },
  {
    ...{ key: 'sketch', by: 'lucia', hoursAgo: 14, likedBy: ['zainab', 'jonas'] },
    body: 'Looking for company to draw the old town on Friday morning. All levels, own pencils.',
    tags: ['drawing'],
  },
];

/** Who follows whom. */
export const FOLLOWS: [follower: Person, followee: Person][] = [
  ['ada', 'margaret'],
  ['ada', 'grace'],
  ['ada', 'ayesha'],
  ['grace', 'ada'],
  ['grace', 'margaret'],
  ['linus', 'grace'],
  ['margaret', 'ada'],
  ['margaret', 'nadia'],
  ['nadia', 'margaret'],
  ['nadia', 'omar'],
  ['mei', 'ada'],
  ['mei', 'lucia'],
  ['tanvir', 'ayesha'],
  ['lucia', 'ayesha'],
  ['farhan', 'mei'],
  ['rafiq', 'omar'],
  ['zainab', 'omar'],
  ['jonas', 'linus'],
];

export const FRIENDS: [Person, Person][] = [
  ['ada', 'grace'],
  ['ada', 'margaret'],
  ['nadia', 'ayesha'],
  ['tanvir', 'ayesha'],
  ['mei', 'lucia'],
  ['omar', 'rafiq'],
];

/** Asked, and not answered yet. */
export const ASKED: [Person, Person][] = [['linus', 'ada']];

/** Who likes what, by category. */
export const INTERESTS: [Person, string[]][] = [
  ['ada', ['programming', 'board-games', 'concerts']],
  ['grace', ['programming', 'talks-and-lectures']],
  ['linus', ['open-source', 'hiking']],
  ['margaret', ['open-source', 'talks-and-lectures', 'supper-clubs']],
];

/** On whose list which event is. */
export const SAVED: [Person, string][] = [
  ['ada', 'swamp-forest-by-boat'],
  ['ada', 'supper-for-forty'],
  ['grace', 'supper-for-forty'],
  ['linus', 'sunrise-ride'],
  ['margaret', 'modular-synth-evening'],
];
