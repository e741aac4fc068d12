import { z } from 'zod';
import { TicketCategory } from '../../../generated/prisma/enums.ts';
import { operation } from '../../../kernel/contract.ts';
import { Locale } from '../../../kernel/texts.ts';
import { Id, page, pageInput } from '../../../kernel/wire.ts';
import { Matched, Words } from '../../../platform/db/search/contract.ts';

/** A question and its answer in one language. */
export const FaqEntry = z
  .object({
    id: Id,
    slug: z.string(),
    /** BCP 47 tag. */
    locale: z.string(),
    category: z.enum(TicketCategory),
    question: z.string(),
    answer: z.string(),
  })
  .meta({ id: 'FaqEntry' });

export const search = operation({
  name: 'faq.search',
  summary:
    'Answered questions by words, the question counting more than the answer; without words, all in their order.',
  access: 'public',
  durability: 'read',
  rates: [{ limit: 240, windowSeconds: 60, by: 'address' }],
  input: z.object({
    words: Words.optional(),
    locale: Locale.default('en'),
    category: z.enum(TicketCategory).optional(),
    ...pageInput({ most: 50, usual: 20 }),
  }),
  output: page(FaqEntry).extend({ matched: Matched }),
  errors: [],
  http: 'GET /v1/faqs',
});
