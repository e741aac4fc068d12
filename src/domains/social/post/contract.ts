import { z } from 'zod';
import { PostKind } from '../../../generated/prisma/enums.ts';
import { operation } from '../../../kernel/contract.ts';
import { Id, page, pageInput, Time } from '../../../kernel/wire.ts';
import { Matched, Words } from '../../../platform/db/search/contract.ts';
import { Person } from '../shapes/contract.ts';

/** A post as lists show it. */
export const PostCard = z
  .object({
    id: Id,
    author: Person,
    eventId: Id.nullable(),
    kind: z.enum(PostKind),
    body: z.string(),
    tags: z.array(z.string()),
    likeCount: z.int(),
    commentCount: z.int(),
    createdAt: Time,
    editedAt: Time.nullable(),
  })
  .meta({ id: 'PostCard' });

export const search = operation({
  name: 'post.search',
  summary:
    'Public posts by words; tags count more than text. Nothing by people who blocked the caller or whom the caller blocked. Relevance ranks the matches in windows of 1,000, the newest first.',
  access: 'user',
  durability: 'read',
  rates: [{ limit: 240, windowSeconds: 60, by: 'actor' }],
  input: z.object({
    words: Words,
    sort: z.enum(['relevance', 'newest']).default('relevance'),
    ...pageInput({ most: 50, usual: 20 }),
  }),
  output: page(PostCard).extend({ matched: Matched }),
  errors: [],
  http: 'GET /v1/search/posts',
});
