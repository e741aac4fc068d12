import type { Transaction } from '../../platform/db/client.ts';
import { seedId } from '../ids.ts';
import { CATEGORIES } from '../reference/categories.ts';
import { badgeId, categoryId } from '../reference/ids.ts';
import { nameOf, type Person } from './guests.ts';
import { ASKED, FOLLOWS, FRIENDS, INTERESTS, POSTS, SAVED } from './posts.ts';
import { eventId, type Scene } from './write-events.ts';

const HOUR_MS = 60 * 60 * 1_000;
const WEEK_MS = 7 * 24 * HOUR_MS;

/** What people are to each other, what they like, and what they tell. */
export const writeTies = async (tx: Transaction, scene: Scene): Promise<void> => {
  const { ids, now } = scene;
  const earlier = new Date(now.getTime() - WEEK_MS);
  await tx.follow.createMany({
    data: FOLLOWS.map(([from, to]) => ({ followerId: ids[from], followeeId: ids[to], createdAt: earlier })),
  });
  const friends = FRIENDS.map(([a, b]) => ({
    ...pairRow(a, b, scene),
    status: 'ACCEPTED' as const,
    respondedAt: earlier,
  }));
  await tx.friendship.createMany({ data: [...friends, ...ASKED.map(([a, b]) => pairRow(a, b, scene))] });
  await tx.interest.createMany({
    data: INTERESTS.flatMap(([person, slugs]) => slugs.map((slug) => interestRow(person, slug, scene))),
  });
  await tx.savedEvent.createMany({
    data: SAVED.map(([person, slug]) => ({ userId: ids[person], eventId: eventId(slug), createdAt: earlier })),
  });
  await writePosts(tx, scene);
  await writeNews(tx, scene);
};

const pairRow = (a: Person, b: Person, { ids, now }: Scene) => ({
  ...{ id: seedId(`friends ${a} ${b}`), requesterId: ids[a], addresseeId: ids[b] },
  createdAt: new Date(now.getTime() - WEEK_MS - HOUR_MS),
});

const interestRow = (person: Person, slug: string, { ids }: Scene) => ({
  ...{ id: seedId(`interest ${person} ${slug}`), userId: ids[person], categoryId: categoryId(slug) },
  name: CATEGORIES.find((category) => category.slug === slug)?.name ?? slug,
});

const writePosts = async (tx: Transaction, { ids, now }: Scene): Promise<void> => {
  const posted = POSTS.map((post) => ({
    ...post,
    id: seedId(`post ${post.key}`),
    at: now.getTime() - post.hoursAgo * HOUR_MS,
  }));
  await tx.post.createMany({
    data: posted.map(({ id, by, body, tags = [], about, at }) => {
      return {
        id,
        authorId: ids[by],
        body,
        tags,
        eventId: about === undefined ? null : eventId(about),
        createdAt: new Date(at),
      };
    }),
  });
  await tx.postLike.createMany({
    data: posted.flatMap(({ id, likedBy, at }) =>
      likedBy.map((person, place) => ({
        postId: id,
        userId: ids[person],
        createdAt: new Date(at + (place + 1) * 60_000),
      })),
    ),
  });
  await tx.comment.createMany({
    data: posted.flatMap(({ id, key, comments = [], at }) =>
      comments.map(([by, body], place) => ({
        ...{ id: seedId(`comment ${key} ${place}`), postId: id, authorId: ids[by], body },
        createdAt: new Date(at + (place + 1) * 10 * 60_000),
      })),
    ),
  });
};

/** What the platform and hosts have told people. */
const writeNews = async (tx: Transaction, { ids, now }: Scene): Promise<void> => {
  const ago = (hours: number): Date => new Date(now.getTime() - hours * HOUR_MS);
  await tx.announcement.create({
    data: {
      ...{ id: seedId('announcement welcome'), authorId: ids.margaret, kind: 'INFO', title: 'Welcome to Rally' },
      body: 'This is a small world to look around in: events that were, are and will be, and people who talk about them.',
      startsAt: ago(24),
    },
  });
  await tx.eventUpdate.createMany({
    data: [
      {
        ...{
          id: seedId('update launch-night'),
          eventId: eventId('launch-night'),
          authorId: ids.margaret,
          publishedAt: ago(20),
        },
        ...{
          title: 'The programme stands',
          body: 'Linus opens, Grace follows, and then there is food. Bring somebody who does not know anyone yet.',
        },
      },
      {
        ...{
          id: seedId('update market'),
          eventId: eventId('saturday-market-sessions'),
          authorId: ids.ayesha,
          publishedAt: ago(3),
        },
        ...{ kind: 'REMINDER', title: 'Today!', body: 'Stage on the eastern steps, boats every ten minutes.' },
      },
    ],
  });
  await tx.notification.createMany({
    data: [
      {
        ...{
          id: seedId('notice friend'),
          userId: ids.ada,
          actorId: ids.linus,
          type: 'FRIEND_REQUEST',
          category: 'SOCIAL',
          createdAt: ago(5),
        },
        ...{ title: `${nameOf('linus')} wants to be friends`, message: 'Answer when you like.' },
      },
      {
        ...{
          id: seedId('notice update'),
          userId: ids.ada,
          actorId: ids.margaret,
          type: 'EVENT_UPDATED',
          category: 'EVENT',
          createdAt: ago(20),
        },
        ...{
          eventId: eventId('launch-night'),
          title: 'The programme stands',
          message: 'Launch night',
          readAt: ago(18),
          seenAt: ago(18),
        },
      },
      {
        ...{
          id: seedId('notice badge'),
          userId: ids.ada,
          type: 'BADGE_EARNED',
          category: 'GAMIFICATION',
          createdAt: ago(21 * 24),
        },
        ...{
          title: 'First steps',
          message: 'Went to a first event',
          data: { badgeId: badgeId('first-steps') },
          readAt: ago(20 * 24),
        },
      },
      {
        ...{
          id: seedId('notice review'),
          userId: ids.margaret,
          actorId: ids.ada,
          type: 'REVIEW_RECEIVED',
          category: 'REVIEW',
          createdAt: ago(20 * 24),
        },
        ...{
          eventId: eventId('moon-landing-retold'),
          title: 'A review of your event',
          message: 'An alarm worth waiting for',
        },
      },
    ],
  });
};
