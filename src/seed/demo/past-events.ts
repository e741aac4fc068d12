import type { DemoEvent } from './events.ts';

const DAY = 24;

/** What has been, and what is going on. */
export const PAST_EVENTS: DemoEvent[] = [
  {
    ...{
      slug: 'moon-landing-retold',
      title: 'The Moon landing, retold',
      host: 'margaret',
      type: 'EDUCATION_WORKSHOP',
      category: 'talks-and-lectures',
    },
    ...{
      status: 'COMPLETED',
      startsInHours: -21 * DAY,
      lengthHours: 3,
      place: 'hub',
      tickets: [{ name: 'Seat', capacity: 40 }],
    },
    summary: 'What happens when 1202 appears on the display three minutes before touchdown.',
    description:
      'An evening about priority scheduling, restart protection, and why the most important alarm was the one that did not stop anything.',
    booked: ['ada', 'grace', 'linus', 'ayesha', 'tanvir', 'nadia', 'mei', 'omar', 'farhan'],
    absent: ['farhan'],
    tags: ['space', 'history', 'software'],
    chat: [
      { by: 'margaret', says: 'Welcome! Seats are free, front row has the better view of the simulator.' },
      { by: 'nadia', says: 'May I bring two students?' },
      { by: 'margaret', says: 'Please do, I have kept three chairs.', replyTo: 1 },
      { by: 'omar', reacts: '👏', to: 2 },
      { by: 'ada', says: 'Thank you for tonight. I will not look at my own alarms the same way.' },
    ],
  },
  {
    ...{
      slug: 'river-clean-up',
      title: 'Buriganga clean-up',
      host: 'omar',
      type: 'CHARITY_VOLUNTEER',
      category: 'volunteering',
    },
    ...{
      status: 'COMPLETED',
      startsInHours: -9 * DAY,
      lengthHours: 4,
      place: 'lake',
      tickets: [{ name: 'Volunteer' }],
    },
    summary: 'Gloves and bags are there. Bring shoes you do not love.',
    description:
      'Four hours, two boats, and as many bags as we can carry. Breakfast afterwards is on the neighbourhood.',
    booked: ['linus', 'ayesha', 'rafiq', 'zainab', 'lucia', 'nadia'],
    absent: ['zainab'],
    tags: ['volunteering', 'environment'],
  },
  {
    ...{
      slug: 'first-compiler-night',
      title: 'The first compiler, and how to doubt it',
      host: 'grace',
      type: 'TECH_INNOVATION',
      category: 'programming',
    },
    ...{
      status: 'COMPLETED',
      startsInHours: -4 * DAY,
      lengthHours: 2,
      place: 'hub',
      tickets: [{ name: 'Seat', capacity: 25 }],
    },
    summary: 'Everybody said that computers could only do arithmetic.',
    description: 'A-0 to today in ninety minutes, with time to argue. Nanoseconds are handed out at the door.',
    booked: ['ada', 'linus', 'margaret', 'mei', 'jonas', 'tanvir'],
    absent: ['jonas'],
    tags: ['compilers', 'history'],
  },
  {
    ...{
      slug: 'saturday-market-sessions',
      title: 'Market sessions by the water',
      host: 'ayesha',
      type: 'MUSIC_CONCERT',
      category: 'concerts',
    },
    ...{
      status: 'ONGOING',
      startsInHours: -1,
      lengthHours: 6,
      place: 'market',
      tickets: [{ name: 'Entry', capacity: 200 }],
    },
    summary: 'Four bands, eleven stalls, and the evening breeze.',
    description:
      'Come and go as you like: the first band plays at the beginning of each hour, and the dumplings last as long as they last.',
    booked: ['ada', 'tanvir', 'nadia', 'lucia', 'farhan', 'mei', 'grace'],
    absent: ['grace', 'mei'],
    tags: ['music', 'food', 'open air'],
    chat: [
      { by: 'ayesha', says: 'We are open! The stage is at the eastern steps.' },
      { by: 'tanvir', says: 'Sound check done, we start in ten minutes.' },
      { by: 'lucia', says: 'The queue at the dumplings is worth it.' },
      { by: 'farhan', reacts: '🔥', to: 2 },
      { by: 'ada', says: 'On my way, keep one for me?', replyTo: 2 },
    ],
  },
];
