import type { Catalogue } from '../translate.ts';

export const host: Catalogue = {};
