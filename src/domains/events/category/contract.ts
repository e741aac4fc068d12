import { z } from 'zod';
import { operation } from '../../../kernel/contract.ts';
import { line, text } from '../../../kernel/texts.ts';
import { Id } from '../../../kernel/wire.ts';
import { Slug } from '../shapes/contract.ts';

export const Category = z
  .object({
    id: Id,
    name: z.string(),
    slug: z.string(),
    description: z.string().nullable(),
    icon: z.string().nullable(),
    /** `#rrggbb`. */
    color: z.string().nullable(),
    parentId: Id.nullable(),
    /** Slugs from the root, joined by `/`. */
    path: z.string(),
    /** 0 at the root. */
    depth: z.int(),
    sortOrder: z.int(),
    isActive: z.boolean(),
  })
  .meta({ id: 'Category' });

const Color = z.string().regex(/^#[0-9a-f]{6}$/, 'must be #rrggbb in lower case');
const SortOrder = z.int().min(0).max(1_000_000);
const described = {
  description: text(2_000).nullable().optional(),
  icon: line(100).nullable().optional(),
  color: Color.nullable().optional(),
  sortOrder: SortOrder.optional(),
};
const rates = [{ limit: 120, windowSeconds: 60, by: 'actor' }] as const;

export const list = operation({
  name: 'category.list',
  summary: 'The whole tree of categories in use: parents before their children, siblings in order.',
  access: 'public',
  durability: 'read',
  scopes: ['EVENTS_READ'],
  rates: [{ limit: 600, windowSeconds: 60, by: 'address' }],
  input: z.object({}),
  output: z.object({ items: z.array(Category) }),
  errors: [],
  http: 'GET /v1/categories',
});

export const create = operation({
  name: 'category.create',
  summary: 'Add a category, at the root or below another.',
  access: 'staff',
  durability: 'committed',
  rates,
  input: z.object({ name: line(100), slug: Slug, parentId: Id.nullable().optional(), ...described }),
  output: Category,
  errors: ['CONFLICT'],
  http: 'POST /v1/categories',
});

export const edit = operation({
  name: 'category.edit',
  summary: 'Change a category; what is absent stays. One that is not active takes no further events.',
  access: 'staff',
  durability: 'committed',
  rates,
  input: z.object({
    categoryId: Id,
    name: line(100).optional(),
    slug: Slug.optional(),
    isActive: z.boolean().optional(),
    ...described,
  }),
  output: Category,
  errors: ['CONFLICT'],
  http: 'PATCH /v1/categories/{categoryId}',
});

export const move = operation({
  name: 'category.move',
  summary: 'Put a category with all that is below it under another, or at the root.',
  access: 'staff',
  durability: 'committed',
  rates,
  input: z.object({ categoryId: Id, parentId: Id.nullable() }),
  output: Category,
  errors: ['CONFLICT'],
  http: 'POST /v1/categories/{categoryId}/move',
});
