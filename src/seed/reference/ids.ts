import { seedId } from '../ids.ts';

/** Ids of reference rows, for rows that refer to them. */
export const categoryId = (slug: string): string => seedId(`category ${slug}`);
export const badgeId = (key: string): string => seedId(`badge ${key}`);
export const pointRuleId = (key: string): string => seedId(`point rule ${key}`);
export const policyId = (name: string): string => seedId(`policy ${name}`);
