import type pg from 'pg';
import { CATEGORIES } from './places.ts';

/** Adds those of the categories that the database lacks. Parents stand before their children. */
export const addCategories = async (client: pg.Client): Promise<void> => {
  for (const [slug, name, parent] of CATEGORIES) {
    await client.query(
      `INSERT INTO event_categories (id, slug, name, parent_id)
       SELECT gen_random_uuid(), $1, $2, (SELECT id FROM event_categories WHERE slug = $3)
       WHERE NOT EXISTS (SELECT FROM event_categories WHERE slug = $1)`,
      [slug, name, parent],
    );
  }
};
