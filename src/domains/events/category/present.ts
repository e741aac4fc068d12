import type { CategoryRow } from './category.reads.ts';

/** A category on the wire. */
export const showCategory = (row: CategoryRow) => ({
  id: row.id,
  name: row.name,
  slug: row.slug,
  description: row.description,
  icon: row.icon,
  color: row.color,
  parentId: row.parentId,
  path: row.path,
  depth: row.depth,
  sortOrder: row.sortOrder,
  isActive: row.isActive,
});
