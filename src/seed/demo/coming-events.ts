import type { DemoEvent } from './events.ts';

const DAY = 24;

/** What will be, or would have been. */
export const COMING_EVENTS: DemoEvent[] = [
  {
    ...{
      slug: 'launch-night',
      title: 'Launch night',
      host: 'margaret',
      type: 'SOCIAL_MEETUP',
      category: 'open-source',
    },
    ...{
      status: 'PUBLISHED',
      startsInHours: 4 * DAY,
      lengthHours: 4,
      place: 'hub',
      tickets: [{ name: 'Seat', capacity: 60 }],
    },
    summary: 'Short talks, long conversations, and two scanners that must agree.',
    description:
      'Doors open at seven. Linus talks about how a patch travels, Grace about nanoseconds; the rest of the evening is yours.',
    booked: ['ada', 'grace', 'linus', 'nadia', 'mei', 'tanvir', 'omar'],
    tags: ['open source', 'talks'],
  },
  {
    ...{
      slug: 'board-games-and-tea',
      title: 'Board games and tea',
      host: 'mei',
      type: 'GAMING',
      category: 'board-games',
    },
    ...{
      status: 'PUBLISHED',
      startsInHours: 2 * DAY,
      lengthHours: 4,
      place: 'hub',
      tickets: [{ name: 'Player', capacity: 6 }],
    },
    summary: 'Six chairs, one table, four hundred games.',
    description: 'We vote on the first game and then lose track of time. Beginners get the good biscuits.',
    booked: ['ada', 'ayesha', 'farhan', 'lucia', 'nadia', 'omar'],
    waiting: ['grace', 'tanvir'],
    tags: ['games', 'tea'],
  },
  {
    ...{
      slug: 'swamp-forest-by-boat',
      title: 'Ratargul by boat',
      host: 'zainab',
      type: 'OUTDOOR_ADVENTURE',
      category: 'nature-walks',
    },
    ...{ status: 'PUBLISHED', startsInHours: 11 * DAY, lengthHours: 7, place: 'hills', booked: [] },
    summary: 'A morning among trees that stand in the water.',
    description:
      'Two boats, ten people, tea on the way back. Bring something against the sun and nothing against the silence.',
    tickets: [
      { name: 'Seat in the boat', capacity: 10, price: 120_000n },
      { name: 'With breakfast', capacity: 6, price: 165_000n },
    ],
    tags: ['nature', 'boats', 'photography'],
  },
  {
    ...{
      slug: 'supper-for-forty',
      title: 'Supper for forty',
      host: 'nadia',
      type: 'FOOD_DRINK',
      category: 'supper-clubs',
    },
    ...{ status: 'PUBLISHED', startsInHours: 17 * DAY, lengthHours: 4, place: 'lake', booked: [] },
    summary: 'Seven courses, one long table.',
    description:
      'Everything grew within fifty kilometres. Tell us what you do not eat and we will not mention it again.',
    tickets: [
      { name: 'Early bird', capacity: 15, price: 90_000n },
      { name: 'Place at the table', capacity: 25, price: 125_000n },
    ],
    tags: ['food', 'slow'],
  },
  {
    ...{
      slug: 'modular-synth-evening',
      title: 'Modular evening',
      host: 'jonas',
      type: 'MUSIC_CONCERT',
      category: 'djs-and-dance',
    },
    ...{
      status: 'PUBLISHED',
      startsInHours: 24 * DAY,
      lengthHours: 5,
      place: 'berlin',
      tickets: [{ name: 'Entry', capacity: 80 }],
    },
    summary: 'Three tables of cables and whatever comes out of them.',
    description: 'Bring a module, borrow a case. There are ear plugs at the bar.',
    booked: ['lucia', 'tanvir'],
    tags: ['music', 'electronics'],
  },
  {
    ...{
      slug: 'ask-me-anything-about-kernels',
      title: 'Ask me anything about kernels',
      host: 'linus',
      type: 'TECH_INNOVATION',
      category: 'open-source',
    },
    ...{
      status: 'PUBLISHED',
      mode: 'ONLINE',
      startsInHours: 6 * DAY,
      lengthHours: 1,
      place: 'online',
      tickets: [{ name: 'Link' }],
    },
    summary: 'An hour of questions. Answers may contain opinions.',
    description: 'Send your questions before or ask them live. There will be no slides.',
    booked: ['ada', 'grace', 'margaret', 'jonas', 'mei'],
    tags: ['open source', 'online'],
  },
  {
    ...{
      slug: 'sunrise-ride',
      title: 'Sunrise ride to the port',
      host: 'rafiq',
      type: 'SPORTS_FITNESS',
      category: 'cycling',
    },
    ...{
      status: 'CANCELLED',
      startsInHours: 3 * DAY,
      lengthHours: 3,
      place: 'lake',
      tickets: [{ name: 'Rider', capacity: 20 }],
    },
    summary: 'Forty kilometres before breakfast.',
    description: 'Called off: the road along the river is closed for repairs. We will be back when it is.',
    booked: [],
    tags: ['cycling'],
  },
];
