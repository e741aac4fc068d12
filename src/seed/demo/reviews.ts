import type { Person } from './guests.ts';

interface DemoReview {
  slug: string;
  /** Somebody who was there. */
  by: Person;
  rating: number;
  title: string;
  body: string;
  reply?: string;
  /** Whom it helped. */
  helped?: Person[];
}

export const REVIEWS: DemoReview[] = [
  {
    ...{ slug: 'moon-landing-retold', by: 'ada', rating: 5, title: 'An alarm worth waiting for' },
    body: 'I came for the rocket and stayed for the scheduler. The simulator at the end was the best part.',
    reply: 'You were the only one who asked about the restart tables. Come again!',
    helped: ['grace', 'mei'],
  },
  {
    ...{ slug: 'moon-landing-retold', by: 'nadia', rating: 5, title: 'My students want more' },
    body: 'Clear, funny and exact. Two sixteen-year-olds have been drawing priority queues since.',
    helped: ['ada'],
  },
  {
    ...{ slug: 'moon-landing-retold', by: 'tanvir', rating: 4, title: 'Great talk, warm room' },
    body: 'Loved it. A second fan would have helped.',
  },
  {
    ...{ slug: 'river-clean-up', by: 'lucia', rating: 5, title: '61 bags' },
    body: 'Well organised, gloves in every size, and the breakfast was a party.',
    helped: ['rafiq', 'ayesha'],
  },
  {
    ...{ slug: 'river-clean-up', by: 'linus', rating: 4, title: 'Good work' },
    body: 'It was wet. It was useful. Next time start an hour earlier, before the heat.',
    reply: 'We will: six o’clock it is.',
  },
  {
    ...{ slug: 'first-compiler-night', by: 'margaret', rating: 5, title: 'I have my nanosecond' },
    body: 'Ninety minutes that felt like ten. The argument afterwards was even better.',
    helped: ['ada', 'linus'],
  },
  {
    ...{ slug: 'first-compiler-night', by: 'mei', rating: 4, title: 'Bring a notebook' },
    body: 'Dense in the best way. I would have liked the slides.',
  },
];
